/** The forms of the story that need no link: register, sign in, forgot the password. */
import type { Registration, User } from '@doorward/client'
import { useState } from 'react'
import type { NewPasswordProps } from './account-forms.tsx'
import { CheckMail } from './check-mail.tsx'
import { DEFAULT_FIELDS, EmailField, Field, PasswordField, type ProfileField } from './field.tsx'
import { Done, Form } from './form.tsx'
import { profileOf, refuseMismatch } from './profile.ts'
import { useClient, useLabels } from './provider.tsx'

/** What the registration takes. */
export interface RegisterFormProps extends NewPasswordProps {
  /** What is asked beside address and password. Default: names and role. */
  readonly fields?: readonly ProfileField[]
  /** What is sent without asking, as in `{ role: 'buyer' }`. */
  readonly values?: Readonly<Record<string, string | number | boolean>>
  readonly onDone?: (email: string) => void
}

/** Step 1. Afterwards it says where to look for the mail, and can have it sent again. */
export function RegisterForm({
  fields = DEFAULT_FIELDS,
  values,
  retype,
  describePassword,
  onDone,
}: RegisterFormProps) {
  const client = useClient()
  const labels = useLabels()
  const [registered, setRegistered] = useState<string | null>(null)
  const asked = fields.filter(({ name }) => values?.[name] === undefined)
  if (registered !== null) return <CheckMail email={registered} />
  return (
    <Form
      button={labels.register}
      act={async (entered) => {
        const { email = '', password = '' } = entered
        if (retype) refuseMismatch('re_password', password, entered.re_password)
        const person = { ...profileOf(entered, asked), ...values, email, password }
        await client.register(person as unknown as Registration)
        setRegistered(email)
        onDone?.(email)
      }}
    >
      {asked.map((field) => (
        <Field key={field.name} {...field} />
      ))}
      <EmailField />
      <PasswordField name="password" autoComplete="new-password" describe={describePassword} />
      {retype && <PasswordField name="re_password" autoComplete="new-password" />}
    </Form>
  )
}

/** Step 3. */
export function SignInForm({ onDone }: { readonly onDone?: (user: User) => void }) {
  const client = useClient()
  const labels = useLabels()
  const [user, setUser] = useState<User | null>(null)
  return (
    <Form
      button={labels.signIn}
      done={user && labels.signedIn(user)}
      act={async ({ email = '', password = '' }) => {
        const signedIn = await client.signIn({ email, password })
        setUser(signedIn)
        onDone?.(signedIn)
      }}
    >
      <EmailField />
      <PasswordField name="password" autoComplete="current-password" />
    </Form>
  )
}

/** Step 6. What it says does not tell whether the address has an account. */
export function ForgotPasswordForm({ onDone }: { readonly onDone?: (email: string) => void }) {
  const client = useClient()
  const labels = useLabels()
  const [asked, setAsked] = useState<string | null>(null)
  if (asked !== null) return <Done>{labels.resetMailed(asked)}</Done>
  return (
    <Form
      button={labels.forgotPassword}
      act={async ({ email = '' }) => {
        await client.requestPasswordReset(email)
        setAsked(email)
        onDone?.(email)
      }}
    >
      <EmailField />
    </Form>
  )
}
