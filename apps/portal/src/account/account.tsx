/** The account: what the person sees of it, and everything that can be done with it. */
import { Route, Switch } from 'wouter'
import { PATHS } from '../navigation.ts'
import { MissingPage } from '../pages/missing.tsx'
import { ProofProvider } from '../session/proof.tsx'
import { Queries } from '../session/queries.tsx'
import { useUser } from '../session/signed-in.tsx'
import { settings } from '../settings.ts'
import { Activity } from './activity.tsx'
import { Data } from './data.tsx'
import { Devices } from './devices.tsx'
import { Profile } from './profile.tsx'
import { Security } from './security.tsx'

/** The pages under `/account`. */
export const Account = () => (
  // another person's account begins with nothing of the one before
  <Queries owner={useUser().id}>
    <ProofProvider>
      <Switch>
        <Route path={PATHS.account} component={Profile} />
        <Route path={PATHS.security} component={Security} />
        {settings.sessions.stored && <Route path={PATHS.devices} component={Devices} />}
        <Route path={PATHS.activity} component={Activity} />
        <Route path={PATHS.data} component={Data} />
        <Route component={MissingPage} />
      </Switch>
    </ProofProvider>
  </Queries>
)
