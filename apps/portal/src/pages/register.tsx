/** Step 1 of the story: the account is made, and waits for its mail. */
import type { Registration } from '@doorward/client'
import { Link, useLocation } from 'wouter'
import { ButtonLink } from '../components/button.tsx'
import { CardPage } from '../components/page.tsx'
import { checkForm } from '../forms/checks.ts'
import { EmailField } from '../forms/fields.tsx'
import type { Values } from '../forms/form.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { NewPasswordField } from '../forms/password-field.tsx'
import { ProfileField, profileOf } from '../forms/profile-fields.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import type { Said } from '../session/said.ts'
import { useSaid } from '../session/said.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'

const fields = settings.fields.filter(({ atRegistration, required }) => atRegistration && required)
const names = fields.filter(({ name }) => /^(first|last)_name$/.test(name))
const others = fields.filter((field) => !names.includes(field))

/** The page. */
export function RegisterPage() {
  const { register: texts } = useTexts()
  if (!settings.registration.open) {
    return (
      <CardPage title={texts.closedTitle} lead={texts.closed}>
        <ButtonLink to={PATHS.signIn}>{texts.signIn}</ButtonLink>
      </CardPage>
    )
  }
  return (
    <CardPage title={texts.title} lead={texts.lead(settings.siteName)}>
      <RegisterForm />
      <p className="centre">
        {texts.have} <Link href={PATHS.signIn}>{texts.signIn}</Link>
      </p>
    </CardPage>
  )
}

function RegisterForm() {
  const texts = useTexts()
  const [, go] = useLocation()
  const { email: known, typed = {} } = useSaid()
  const send = async (values: Values): Promise<void> => {
    const { password = '', ...written } = values
    const { email = '' } = written
    const person = { ...profileOf(fields, values), email, password }
    await client.register(person as unknown as Registration)
    const waits = settings.registration.activationMail
    // whoever comes back to mend the address finds the rest as it was
    go(PATHS.register, { replace: true, state: { typed: written } })
    const said: Said = { email, about: 'activation', typed: written }
    go(waits ? PATHS.checkMail : PATHS.signIn, { state: said })
  }
  return (
    <Form send={send} check={checkForm(texts, { email: 'email', password: 'password' })}>
      <div className="pair">
        {names.map((field) => (
          <ProfileField key={field.name} field={field} value={typed[field.name]} />
        ))}
      </div>
      {others.map((field) => (
        <ProfileField key={field.name} field={field} value={typed[field.name]} />
      ))}
      <EmailField defaultValue={typed.email ?? known} />
      <NewPasswordField name="password" label={texts.fields.password} />
      <SubmitButton>{texts.register.submit}</SubmitButton>
      <Consent />
    </Form>
  )
}

function Consent() {
  const { common, register } = useTexts()
  const { termsUrl, privacyUrl } = settings.look
  if (!termsUrl && !privacyUrl) return null
  return (
    <p className="quiet centre">
      {register.agree} {termsUrl && <a href={termsUrl}>{common.terms}</a>}
      {termsUrl && privacyUrl && ` ${register.and} `}
      {privacyUrl && <a href={privacyUrl}>{common.privacy}</a>}
    </p>
  )
}
