/** The forms behind mailed links. Opening a link changes nothing, for mail scanners open links too: the button does. */
import { isDoorwardClientError, type LinkParts } from '@doorward/client'
import { type ReactNode, useState } from 'react'
import type { NewPasswordProps } from './account-forms.tsx'
import { EmailField, PasswordField } from './field.tsx'
import { Done, Form } from './form.tsx'
import type { Labels } from './labels.ts'
import { refuseMismatch } from './profile.ts'
import { useClient, useLabels } from './provider.tsx'

/** What forms behind a mailed link take: its two parts, and what follows. */
export interface LinkFormProps extends LinkParts {
  /** Shown when it worked: a link to the sign-in, for example. */
  readonly next?: ReactNode
  readonly onDone?: () => void
}

const Outcome = ({ said, next }: { readonly said: string; readonly next: ReactNode }) => (
  <Done>
    <p>{said}</p>
    {next}
  </Done>
)

type Said = (labels: Labels) => string

interface PressProps extends LinkFormProps {
  readonly hint: string
  readonly button: string
  /** Gives what is said afterwards, in whatever language is spoken then. */
  readonly use: (link: LinkParts) => Promise<Said>
}

/** A link that needs nothing but a press. */
function PressForm({ uid, token, hint, button, use, next, onDone }: PressProps) {
  const labels = useLabels()
  const [said, setSaid] = useState<Said | null>(null)
  if (said !== null) return <Outcome said={said(labels)} next={next} />
  const act = async () => {
    const outcome = await use({ uid, token })
    setSaid(() => outcome)
    onDone?.()
  }
  return (
    <Form button={button} act={act}>
      <p>{hint}</p>
    </Form>
  )
}

/** Step 2. Who is active already is told so. */
export function ActivateForm(props: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const use = async (link: LinkParts): Promise<Said> => {
    try {
      await client.activate(link)
      return ({ activated }) => activated
    } catch (error) {
      if (!isDoorwardClientError(error) || error.code !== 'stale_token') throw error
      return ({ errors }) => errors.stale_token ?? error.message
    }
  }
  return <PressForm {...props} hint={labels.activateHint} button={labels.activate} use={use} />
}

/** Confirms a new address, by the link mailed to it. */
export function ConfirmEmailForm(props: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const use = (link: LinkParts) =>
    client.confirmEmailChange(link).then(
      (): Said =>
        ({ emailConfirmed }) =>
          emailConfirmed,
    )
  return <PressForm {...props} hint={labels.confirmEmailHint} button={labels.confirmEmail} use={use} />
}

/** Takes a change of the address back, by the link mailed to the old one. */
export function UndoEmailForm(props: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const use = (link: LinkParts) =>
    client.undoEmailChange(link).then(
      (): Said =>
        ({ emailUndone }) =>
          emailUndone,
    )
  return <PressForm {...props} hint={labels.undoEmailHint} button={labels.undoEmail} use={use} />
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

/** Names a new address, by the link mailed to the old one. The new one is then confirmed by a link of its own. */
export function ResetEmailForm({ uid, token, next, onDone }: LinkFormProps) {
  const client = useClient()
  const labels = useLabels()
  const [email, setEmail] = useState<string | null>(null)
  if (email !== null) return <Outcome said={labels.emailMailed(email)} next={next} />
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
