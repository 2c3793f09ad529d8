/** The pages and the frame around them. */
import {
  ActivateForm,
  ChangePasswordForm,
  ForgotPasswordForm,
  RegisterForm,
  RequireUser,
  ResetPasswordForm,
  SessionList,
  SignInForm,
  useSignOut,
  useUser,
} from '@doorward/react'
import { type ReactNode, useEffect, useState } from 'react'
import { go, Link, usePath } from './paths.tsx'
import { SalesPage } from './sales.tsx'

interface PageText {
  readonly title: string
  readonly body: ReactNode
}

const toSignIn = <Link to="/">Sign in</Link>

const FIELDS = [
  { name: 'first_name', required: true, autoComplete: 'given-name' },
  { name: 'last_name', required: true, autoComplete: 'family-name' },
  { name: 'role', label: 'You are a', required: true, choices: ['buyer', 'guest'] },
]

const SignIn = () => (
  <>
    <SignInForm />
    <p>
      <Link to="/register">Create an account</Link> · <Link to="/forgot">Forgot your password?</Link>
    </p>
  </>
)

const openAgain: PageText = { title: 'One more time', body: <p>Open the link in your mail again.</p> }

const PAGES: Readonly<Record<string, PageText>> = {
  '/': { title: 'Sales', body: <SalesPage /> },
  '/register': { title: 'Create an account', body: <RegisterForm fields={FIELDS} /> },
  '/forgot': { title: 'Forgot your password?', body: <ForgotPasswordForm /> },
  '/activate': openAgain,
  '/reset': openAgain,
  '/account': {
    title: 'Your account',
    body: (
      <>
        <h2>Password</h2>
        <ChangePasswordForm />
        <h2>Devices</h2>
        <SessionList />
      </>
    ),
  },
}

const FOR_USERS = ['/', '/account']

interface MailedLink {
  readonly kind: 'activate' | 'reset'
  readonly uid: string
  readonly token: string
}

/** A path of the links that Doorward mails. */
function linkOf(path: string): MailedLink | null {
  const [, kind, uid = '', token = ''] =
    /^\/(activate|password\/reset\/confirm)\/([^/]+)\/([^/]+)$/.exec(path) ?? []
  if (kind === undefined) return null
  return { kind: kind === 'activate' ? 'activate' : 'reset', uid, token }
}

/** The page behind a mailed link. The address is cleared first, so that the token stays in no history. */
function LinkPage({ kind, ...link }: MailedLink) {
  const next = <p>{toSignIn}</p>
  return kind === 'activate' ? (
    <Page title="Activate your account">
      <ActivateForm {...link} next={next} />
    </Page>
  ) : (
    <Page title="Choose a new password">
      <ResetPasswordForm {...link} next={next} />
    </Page>
  )
}

function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Procurement`
  }, [title])
  return (
    <main>
      <h1>{title}</h1>
      {children}
    </main>
  )
}

function Person() {
  const user = useUser()
  const { run: signOut } = useSignOut()
  if (!user) return null
  return (
    <nav aria-label="Account">
      <Link to="/account">
        {user.first_name} ({user.role})
      </Link>
      <button type="button" onClick={() => void signOut()}>
        Sign out
      </button>
    </nav>
  )
}

/** Everything that is shown. */
export function App() {
  const path = usePath()
  const [link] = useState(() => linkOf(location.pathname))
  useEffect(() => {
    if (link) go(`/${link.kind}`, { replace: true })
  }, [link])
  const { title, body } = PAGES[path] ?? { title: 'Not found', body: <Link to="/">Start</Link> }
  const page = <Page title={title}>{body}</Page>
  const signIn = (
    <Page title="Sign in">
      <SignIn />
    </Page>
  )
  return (
    <>
      <header>
        <Link to="/">Procurement</Link>
        <Person />
      </header>
      {link && (linkOf(path) || path === `/${link.kind}`) ? (
        <LinkPage {...link} />
      ) : FOR_USERS.includes(path) ? (
        <RequireUser fallback={signIn}>{page}</RequireUser>
      ) : (
        page
      )}
    </>
  )
}
