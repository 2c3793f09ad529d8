/** Step 6 of the story: asks for a link to a new password. The answer never tells who has an account. */
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
export function ForgotPage() {
  const texts = useTexts()
  const [, go] = useLocation()
  const { email: known } = useSaid()
  return (
    <CardPage title={texts.forgot.title} lead={texts.forgot.lead}>
      <Form
        check={checkForm(texts, { email: 'email' })}
        send={async ({ email = '' }) => {
          await client.requestPasswordReset(email)
          go(PATHS.checkMail, { state: { email, about: 'reset' } })
        }}
      >
        <EmailField defaultValue={known} />
        <SubmitButton>{texts.forgot.submit}</SubmitButton>
      </Form>
      <p className="centre">
        <Link href={PATHS.signIn}>{texts.forgot.back}</Link>
      </p>
    </CardPage>
  )
}
