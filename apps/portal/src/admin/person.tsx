/** One account, and what staff can do with it. */
import type { Account } from '@doorward/client/admin'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Section } from '../account/account-page.tsx'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Notice } from '../components/notice.tsx'
import { FaultNotice, LoadFault, Loading } from '../components/states.tsx'
import { EmailField, SelectField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { ProfileField, profileOf } from '../forms/profile-fields.tsx'
import { LOCALES } from '../i18n/locale.ts'
import { useSaying } from '../i18n/spoken.ts'
import { useTexts } from '../i18n/texts.ts'
import { useProve } from '../session/proof.tsx'
import { useUser } from '../session/signed-in.tsx'
import { settings } from '../settings.ts'
import { useAccountChanges } from './account-changes.ts'
import { ADMIN_PATHS, AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { nameOf } from './people.tsx'
import { PersonActivity, PersonDevices } from './person-devices.tsx'
import { PersonState } from './person-state.tsx'
import { useAdminTexts } from './texts.ts'

/** The page. */
export function Person({ id }: { id: number }) {
  const texts = useAdminTexts()
  const person = useQuery({ queryKey: ['admin', 'person', id], queryFn: () => admin.user(id) })
  const [said, setSaid] = useSaying()
  const account = person.data
  return (
    <AdminPage
      title={account ? nameOf(account) || account.email : texts.sections.people}
      lead={<Link href={ADMIN_PATHS.people}>← {texts.back}</Link>}
    >
      {person.isPending && <Loading />}
      {person.isError && <LoadFault error={person.error} retry={() => void person.refetch()} />}
      {said !== '' && <Notice kind="good">{said}</Notice>}
      {account && (
        <div>
          <PersonState account={account} say={setSaid} />
          <Profile account={account} say={setSaid} />
          <Rights account={account} say={setSaid} />
          {settings.sessions.stored && <PersonDevices id={id} say={setSaid} />}
          <PersonActivity id={id} />
          <Removal account={account} />
        </div>
      )}
    </AdminPage>
  )
}

function Profile({ account, say }: { account: Account; say: (what: string) => void }) {
  const texts = useTexts()
  const { person } = useAdminTexts()
  const prove = useProve()
  const changed = useAccountChanges(account.id)
  const values = account as unknown as Readonly<Record<string, string | number | boolean | null>>
  const send = async ({ email = '', locale = '', ...rest }: Values): Promise<void> => {
    const profile = profileOf(settings.fields, rest)
    const changes = { ...profile, locale: locale || null, ...(email !== account.email && { email }) }
    const saved = await prove((proof) => admin.updateUser(account.id, { ...changes, ...proof }))
    if (!saved) return
    changed(saved)
    say(person.done.saved)
  }
  return (
    <Section title={person.profile}>
      <Form key={account.email} send={send}>
        <EmailField autoComplete="off" defaultValue={account.email} />
        {settings.fields.map((field) => (
          <ProfileField
            key={field.name}
            field={{ ...field, required: false }}
            value={values[field.name] ?? null}
          />
        ))}
        <SelectField
          name="locale"
          label={person.mailLanguage}
          optional
          choices={{ '': '–', ...LOCALES }}
          defaultValue={account.locale ?? ''}
        />
        <SubmitButton>{texts.common.save}</SubmitButton>
      </Form>
    </Section>
  )
}

function Rights({ account, say }: { account: Account; say: (what: string) => void }) {
  const { person } = useAdminTexts()
  const me = useUser()
  const prove = useProve()
  const changed = useAccountChanges(account.id)
  const give = useMutation({
    mutationFn: () =>
      prove((proof) => admin.updateUser(account.id, { is_staff: !account.is_staff, ...proof })),
    onSuccess: (saved) => {
      if (!saved) return
      changed(saved)
      say(person.done.rights)
    },
  })
  return (
    <Section title={person.rights} lead={account.id === me.id ? person.itsYou : person.rightsLead}>
      {give.isError && <FaultNotice error={give.error} />}
      {account.id !== me.id && (
        <div>
          <Button look="second" busy={give.isPending} onClick={() => give.mutate()}>
            {account.is_staff ? person.takeRights : person.giveRights}
          </Button>
        </div>
      )}
    </Section>
  )
}

function Removal({ account }: { account: Account }) {
  const { person } = useAdminTexts()
  const me = useUser()
  const [, go] = useLocation()
  const prove = useProve()
  const changed = useAccountChanges(account.id)
  const [isAsking, setIsAsking] = useState(false)
  if (account.id === me.id) return null
  const send = async (): Promise<void> => {
    const gone = await prove(async (proof) => {
      await admin.deleteUser(account.id, proof)
      return true
    })
    if (!gone) return
    changed()
    go(ADMIN_PATHS.people)
  }
  return (
    <Section title={person.deleteTitle} lead={person.deleteLead}>
      <div>
        <Button look="danger" onClick={() => setIsAsking(true)}>
          {person.deleteOpen}
        </Button>
      </div>
      {isAsking && (
        <Dialog
          title={person.deleteConfirm(account.email)}
          lead={person.deleteLead}
          close={() => setIsAsking(false)}
        >
          <Form send={send}>
            <SubmitButton look="danger">{person.deleteSubmit}</SubmitButton>
          </Form>
        </Dialog>
      )}
    </Section>
  )
}
