/** Another activation link, for those whose mail did not come or whose link has ended. */
import { Link, useLocation } from 'wouter'
import { CardPage } from '../components/page.tsx'
import { checkForm } from '../forms/checks.ts'
import { EmailField } from '../forms/fields.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useSaid } from '../session/said.ts'
import { client } from '../session/session.ts'

/** The page. */
export function ResendPage() {
  const texts = useTexts()
  return (
    <CardPage title={texts.resend.title} lead={texts.resend.lead}>
      <ResendForm />
      <p className="centre">
        <Link href={PATHS.signIn}>{texts.forgot.back}</Link>
      </p>
    </CardPage>
  )
}

/** Asks for the address and sends the link. */
export function ResendForm() {
  const texts = useTexts()
  const [, go] = useLocation()
  const { email: known } = useSaid()
  return (
    <Form
      check={checkForm(texts, { email: 'email' })}
      send={async ({ email = '' }) => {
        await client.resendActivation(email)
        go(PATHS.checkMail, { state: { email, about: 'activation' } })
      }}
    >
      <EmailField defaultValue={known} />
      <SubmitButton>{texts.resend.submit}</SubmitButton>
    </Form>
  )
}
