/** The administration. It loads when staff opens it, with everything under this folder. */
import { isDoorwardClientError } from '@doorward/client'
import { useQuery } from '@tanstack/react-query'
import { Route, Switch } from 'wouter'
import { CardPage } from '../components/page.tsx'
import { Emblem, LoadFault, Loading } from '../components/states.tsx'
import { MissingPage } from '../pages/missing.tsx'
import { Queries } from '../session/queries.tsx'
import { useUser } from '../session/signed-in.tsx'
import './admin.css'
import { ProofProvider } from '../session/proof.tsx'
import { ADMIN_PATHS } from './admin-page.tsx'
import { admin } from './api.ts'
import { Audit } from './audit.tsx'
import { Keys } from './keys.tsx'
import { Mails } from './mails.tsx'
import { Overview } from './overview.tsx'
import { People } from './people.tsx'
import { Person } from './person.tsx'
import { useAdminTexts } from './texts.ts'

/** The pages under `/admin`. */
export const Admin = () => (
  <Queries owner={useUser().id}>
    <StaffOnly />
  </Queries>
)

/** The server decides who is staff; these pages only show what it answers. */
function StaffOnly() {
  const texts = useAdminTexts()
  const allowed = useQuery({ queryKey: ['admin', 'keys'], queryFn: () => admin.keys() })
  if (allowed.isPending) return <Loading />
  if (allowed.isError) {
    const { error } = allowed
    if (isDoorwardClientError(error) && error.status === 403) {
      return <CardPage title={texts.notStaff} lead={texts.notStaffLead} emblem={<Emblem icon="shield" />} />
    }
    if (isDoorwardClientError(error) && error.status === 404) return <MissingPage />
    return <LoadFault error={error} retry={() => void allowed.refetch()} />
  }
  return (
    <ProofProvider>
      <Switch>
        <Route path={ADMIN_PATHS.overview} component={Overview} />
        <Route path={ADMIN_PATHS.people} component={People} />
        <Route path={`${ADMIN_PATHS.people}/:id`}>{({ id }) => <Person key={id} id={Number(id)} />}</Route>
        <Route path={ADMIN_PATHS.mails} component={Mails} />
        <Route path={ADMIN_PATHS.audit} component={Audit} />
        <Route path={ADMIN_PATHS.keys} component={Keys} />
        <Route component={MissingPage} />
      </Switch>
    </ProofProvider>
  )
}
