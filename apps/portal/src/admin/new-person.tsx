/** A new account: by an invitation, or with a password that staff choose. */
import type { Account } from '@doorward/client/admin'
import { Dialog } from '../components/dialog.tsx'
import { checkForm } from '../forms/checks.ts'
import { CheckField, EmailField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { NewPasswordField } from '../forms/password-field.tsx'
import { ProfileField, profileOf } from '../forms/profile-fields.tsx'
import { useTexts } from '../i18n/texts.ts'
import { useProve } from '../session/proof.tsx'
import { settings } from '../settings.ts'
import { admin } from './api.ts'
import { useAdminTexts } from './texts.ts'

/** The dialog. */
export function NewPerson({
  how,
  close,
  made,
}: {
  how: 'invite' | 'create'
  close: () => void
  made: (account: Account) => void
}) {
  const texts = useTexts()
  const { people } = useAdminTexts()
  const prove = useProve()
  const invites = how === 'invite'
  const send = async (values: Values): Promise<void> => {
    const given = {
      ...profileGiven(values),
      email: values.email ?? '',
      is_staff: values.is_staff === 'on',
    }
    const account = await prove((proof) =>
      invites
        ? admin.inviteUser({ ...given, ...proof })
        : admin.createUser({ ...given, password: values.password ?? '', ...proof }),
    )
    if (!account) return
    made(account)
    close()
  }
  return (
    <Dialog
      title={invites ? people.inviteTitle : people.createTitle}
      lead={invites ? people.inviteLead : people.createLead}
      close={close}
    >
      <Form
        send={send}
        check={checkForm(texts, { email: 'email', ...(!invites && { password: 'password' }) })}
      >
        <EmailField autoComplete="off" />
        {!invites && <NewPasswordField name="password" label={texts.fields.password} />}
        {settings.fields.map((field) => (
          <ProfileField key={field.name} field={{ ...field, required: false }} />
        ))}
        <StaffField />
        <SubmitButton>{invites ? people.inviteSubmit : people.createSubmit}</SubmitButton>
      </Form>
    </Dialog>
  )
}

/** What was filled in of the profile; what was left blank is not sent. */
const profileGiven = (values: Values) =>
  Object.fromEntries(
    Object.entries(profileOf(settings.fields, values)).filter(([, value]) => value !== '' && value !== null),
  )

function StaffField() {
  const { people } = useAdminTexts()
  return <CheckField name="is_staff" label={people.makeStaff} hint={people.makeStaffHint} />
}
