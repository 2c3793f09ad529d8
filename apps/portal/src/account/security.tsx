/** How the person signs in: the password and the address. */
import { useState } from 'react'
import { Notice } from '../components/notice.tsx'
import { checkForm } from '../forms/checks.ts'
import { EmailField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { HiddenUsername, NewPasswordField, PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { client } from '../session/session.ts'
import { useUser } from '../session/signed-in.tsx'
import { settings } from '../settings.ts'
import { AccountPage, Section } from './account-page.tsx'

/** The page. */
export function Security() {
  const { account } = useTexts()
  const { email } = useUser()
  return (
    <AccountPage title={account.security}>
      <Section title={account.passwordTitle} lead={account.passwordLead}>
        <PasswordForm />
      </Section>
      <Section title={account.emailTitle} lead={account.emailNow(email)}>
        <EmailForm />
      </Section>
    </AccountPage>
  )
}

function PasswordForm() {
  const texts = useTexts()
  const { email } = useUser()
  const [changes, setChanges] = useState(0)
  const send = async ({ current_password = '', new_password = '' }: Values): Promise<void> => {
    await client.changePassword({ current_password, new_password })
    setChanges((count) => count + 1)
  }
  return (
    <>
      {changes > 0 && (
        <Notice key={changes} kind="good">
          {texts.account.passwordDone}
        </Notice>
      )}
      <Form empties send={send} check={checkForm(texts, { password: 'new_password' })}>
        <HiddenUsername email={email} />
        <PasswordField name="current_password" label={texts.fields.currentPassword} />
        <NewPasswordField name="new_password" />
        <SubmitButton look="second">{texts.account.passwordSubmit}</SubmitButton>
      </Form>
    </>
  )
}

function EmailForm() {
  const texts = useTexts()
  const said = settings.confirmsNewEmail ? texts.account.emailAsked : texts.account.emailDone
  const [changed, setChanged] = useState('')
  const send = async ({ current_password = '', new_email = '' }: Values): Promise<void> => {
    await client.changeEmail({ current_password, new_email })
    setChanged(new_email)
  }
  return (
    <>
      {changed !== '' && (
        <Notice key={changed} kind="good">
          {said(changed)}
        </Notice>
      )}
      <Form empties send={send} check={checkForm(texts, { email: 'new_email' })}>
        <EmailField name="new_email" label={texts.fields.newEmail} autoComplete="email" />
        <PasswordField name="current_password" label={texts.fields.currentPassword} />
        <SubmitButton look="second">{texts.account.emailSubmit}</SubmitButton>
      </Form>
    </>
  )
}
