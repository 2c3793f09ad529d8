/** The first administrator, by the link in the terminal. */
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { checkForm } from '../forms/checks.ts'
import { EmailField, TextField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { NewPasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { client, site } from '../session/session.ts'
import { settings } from '../settings.ts'
import { LinkDone } from './link-states.tsx'

/** The page. */
export function SetupPage({ params }: { params: { token: string } }) {
  const texts = useTexts()
  const [made, setMade] = useState('')
  if (made !== '') {
    return (
      <LinkDone title={texts.setup.doneTitle} lead={texts.setup.done(made)}>
        <ButtonLink to={PATHS.admin}>{texts.setup.toAdmin}</ButtonLink>
      </LinkDone>
    )
  }
  const send = async (values: Values): Promise<void> => {
    const { email = '', password = '' } = values
    await site.request('POST', `setup/${params.token}`, values)
    // the account is there: if only the sign-in fails, the sign-in page will say why
    await client.signIn({ email, password }).catch(() => {})
    setMade(email)
  }
  return (
    <CardPage
      title={texts.setup.title(settings.siteName)}
      lead={texts.setup.lead}
      emblem={<Emblem icon="key" />}
    >
      <Form send={send} check={checkForm(texts, { email: 'email', password: 'password' })}>
        <div className="pair">
          <TextField name="first_name" label={texts.fields.first_name} autoComplete="given-name" />
          <TextField name="last_name" label={texts.fields.last_name} autoComplete="family-name" />
        </div>
        <EmailField />
        <NewPasswordField name="password" label={texts.fields.password} />
        <SubmitButton>{texts.setup.submit}</SubmitButton>
      </Form>
    </CardPage>
  )
}
