/** Step 3 of the story: in, and on to where the person wanted to go. */

import { isDoorwardClientError } from '@doorward/client'
import { useSession } from '@doorward/react'
import { useState } from 'react'
import { Link, Redirect, useSearch } from 'wouter'
import { Notice } from '../components/notice.tsx'
import { CardPage } from '../components/page.tsx'
import { Loading } from '../components/states.tsx'
import { EmailField } from '../forms/fields.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { afterSignIn, PATHS } from '../navigation.ts'
import { useSaid } from '../session/said.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'

/** The page. */
export function SignInPage() {
  const { signIn: texts } = useTexts()
  const { status } = useSession()
  const search = useSearch()
  const [email, setEmail] = useState(useSaid().email ?? '')
  if (status === 'loading') return <Loading />
  if (status === 'signedIn') return <Redirect href={afterSignIn(search)} replace />
  return (
    <CardPage title={texts.title} lead={texts.lead(settings.siteName)}>
      <Before />
      <SignInForm email={email} setEmail={setEmail} />
      {settings.pages === 'all' && settings.registration.open && (
        <p className="centre">
          {texts.none}{' '}
          <Link href={PATHS.register} state={{ email }}>
            {texts.register}
          </Link>
        </p>
      )}
    </CardPage>
  )
}

/** What happened before, so that nobody wonders why this page is here. */
function Before() {
  const texts = useTexts()
  const { happened } = useSaid()
  const { endedBy } = useSession()
  if (happened === 'deleted') {
    return (
      <Notice kind="good">
        {texts.data.deletedTitle}. {texts.data.deleted}
      </Notice>
    )
  }
  if (endedBy) return <Notice kind="warn">{texts.signIn.ended}</Notice>
  return happened === 'signedOut' ? <Notice kind="good">{texts.signIn.signedOut}</Notice> : null
}

/** The address goes with whoever cannot sign in to the page that helps. */
function SignInForm({ email, setEmail }: { email: string; setEmail: (email: string) => void }) {
  const { signIn: texts } = useTexts()
  const [isRefused, setIsRefused] = useState(false)
  const send = async ({ email: address = '', password = '' }): Promise<void> => {
    setIsRefused(false)
    try {
      await client.signIn({ email: address, password })
    } catch (error) {
      if (!isDoorwardClientError(error) || error.code !== 'no_active_account') throw error
      setIsRefused(true)
    }
  }
  return (
    <Form send={send}>
      {isRefused && (
        <Notice kind="wrong">
          <p>{texts.refused}</p>
          {settings.registration.activationMail && settings.pages === 'all' && (
            <p>
              <Link href={PATHS.resend} state={{ email }}>
                {texts.notActive}
              </Link>
            </p>
          )}
        </Notice>
      )}
      <EmailField defaultValue={email} onChange={(event) => setEmail(event.currentTarget.value)} />
      <PasswordField name="password" />
      <p>
        <Link href={PATHS.forgot} state={{ email }}>
          {texts.forgot}
        </Link>
      </p>
      <SubmitButton>{texts.submit}</SubmitButton>
    </Form>
  )
}
