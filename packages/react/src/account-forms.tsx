/** The forms of somebody who is signed in: profile, password, address, deletion. */
import { type ReactNode, useState } from 'react'
import {
  DEFAULT_FIELDS,
  EmailField,
  Field,
  HiddenUsername,
  PasswordField,
  type ProfileField,
} from './field.tsx'
import { Form } from './form.tsx'
import { profileOf, refuseMismatch } from './profile.ts'
import { useClient, useLabels } from './provider.tsx'
import { useUser } from './session.ts'

/** Changes the profile. */
export function ProfileForm({ fields = DEFAULT_FIELDS }: { readonly fields?: readonly ProfileField[] }) {
  const client = useClient()
  const labels = useLabels()
  const user = useUser()
  if (!user) return null
  const current = user as unknown as Readonly<Record<string, ProfileField['defaultValue']>>
  return (
    <Form
      button={labels.saveProfile}
      done={labels.profileSaved}
      act={async (values) => void (await client.updateMe(profileOf(values, fields)))}
    >
      {fields.map((field) => (
        <Field key={field.name} {...field} defaultValue={current[field.name] ?? null} />
      ))}
    </Form>
  )
}

/** What forms that set a password take. */
export interface NewPasswordProps {
  /** Whether the new password is asked for twice; showing it is the better help. Default false. */
  readonly retype?: boolean
  /** Shown below the new password while it is typed: how strong it is, for example. */
  readonly describePassword?: (password: string) => ReactNode
}

/** Changes the password. */
export function ChangePasswordForm({ retype = false, describePassword }: NewPasswordProps) {
  const client = useClient()
  const labels = useLabels()
  const user = useUser()
  const [changes, setChanges] = useState(0)
  return (
    <Form
      button={labels.changePassword}
      done={labels.passwordChanged}
      act={async ({ current_password = '', new_password = '', ...rest }) => {
        if (retype) refuseMismatch('re_new_password', new_password, rest.re_new_password)
        await client.changePassword({ current_password, new_password })
        setChanges(changes + 1)
      }}
    >
      {/* another key for each change: passwords that were used do not stay in the page */}
      <div key={changes} className="doorward-fields">
        <HiddenUsername email={user?.email ?? ''} />
        <PasswordField name="current_password" autoComplete="current-password" />
        <PasswordField name="new_password" autoComplete="new-password" describe={describePassword} />
        {retype && <PasswordField name="re_new_password" autoComplete="new-password" />}
      </div>
    </Form>
  )
}

/** Changes the address, at once or when the link mailed to the new one was used. */
export function ChangeEmailForm() {
  const client = useClient()
  const labels = useLabels()
  const [change, setChange] = useState({ count: 0, email: '', isDone: false })
  return (
    <Form
      button={labels.changeEmail}
      done={change.isDone ? labels.emailChanged(change.email) : labels.emailMailed(change.email)}
      act={async ({ new_email = '', current_password = '' }) => {
        await client.changeEmail({ new_email, current_password })
        // whether it counts at once is a setting of the server
        const isDone = client.getState().user?.email.toLowerCase() === new_email.toLowerCase()
        setChange({ count: change.count + 1, email: new_email, isDone })
      }}
    >
      <div key={change.count} className="doorward-fields">
        <EmailField name="new_email" />
        <PasswordField name="current_password" autoComplete="current-password" />
      </div>
    </Form>
  )
}

/** Deletes the account. */
export function DeleteAccountForm({ onDone }: { readonly onDone?: () => void }) {
  const client = useClient()
  const labels = useLabels()
  const user = useUser()
  return (
    <Form
      button={labels.deleteAccount}
      done={labels.accountDeleted}
      act={async ({ current_password = '' }) => {
        await client.deleteMe({ current_password })
        onDone?.()
      }}
    >
      <p>{labels.deleteHint}</p>
      <HiddenUsername email={user?.email ?? ''} />
      <PasswordField name="current_password" autoComplete="current-password" />
    </Form>
  )
}
