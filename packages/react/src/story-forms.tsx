/** The forms of the story: register, activate, sign in, forgot and reset the password. */
import { isDoorwardClientError, type LinkParts, type Registration, type User } from '@doorward/client'
import { type ReactNode, useState } from 'react'
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

/** What forms behind a mailed link take: its two parts, and what follows. */
export interface LinkFormProps extends LinkParts {
  /** Shown when it worked: a link to the sign-in, for example. */
  readonly next?: ReactNode
  readonly onDone?: () => void
}

/** Step 2: a button, for opening a link must not change anything. Who is active already is told so. */
export function ActivateForm({ uid, token, next, onDone }: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const [said, say] = useState<string | null>(null)
  if (said !== null) return <Outcome said={said} next={next} />
  return (
    <Form
      button={labels.activate}
      act={async () => {
        try {
          await client.activate({ uid, token })
          say(labels.activated)
        } catch (error) {
          if (!isDoorwardClientError(error) || error.code !== 'stale_token') throw error
          say(labels.errors.stale_token ?? error.message)
        }
        onDone?.()
      }}
    >
      <p>{labels.activateHint}</p>
    </Form>
  )
}

const Outcome = ({ said, next }: { readonly said: string; readonly next: ReactNode }) => (
  <Done>
    <p>{said}</p>
    {next}
  </Done>
)

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
  if (asked !== null) return <Outcome said={labels.resetMailed(asked)} next={null} />
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

/** Step 7. */
export function ResetPasswordForm(props: LinkFormProps & NewPasswordProps) {
  const { uid, token, retype, describePassword, next, onDone } = props
  const client = useClient()
  const labels = useLabels()
  const [isDone, setDone] = useState(false)
  if (isDone) return <Outcome said={labels.passwordReset} next={next} />
  return (
    <Form
      button={labels.resetPassword}
      act={async ({ new_password = '', re_new_password }) => {
        if (retype) refuseMismatch('re_new_password', new_password, re_new_password)
        await client.resetPassword({ uid, token, new_password })
        setDone(true)
        onDone?.()
      }}
    >
      <PasswordField name="new_password" autoComplete="new-password" describe={describePassword} />
      {retype && <PasswordField name="re_new_password" autoComplete="new-password" />}
    </Form>
  )
}

/** Sets a new address by the parts of a mailed link. */
export function ResetEmailForm({ uid, token, next, onDone }: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const [email, setEmail] = useState<string | null>(null)
  if (email !== null) return <Outcome said={labels.emailChanged(email)} next={next} />
  return (
    <Form
      button={labels.changeEmail}
      act={async ({ new_email = '' }) => {
        await client.resetEmail({ uid, token, new_email })
        setEmail(new_email)
        onDone?.()
      }}
    >
      <EmailField name="new_email" />
    </Form>
  )
}
