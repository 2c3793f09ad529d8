/** Which page an address means. What people open first is in the first file; the rest loads when it is opened. */
import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { Shell } from './components/shell.tsx'
import { Boundary, Loading } from './components/states.tsx'
import { PATHS } from './navigation.ts'
import { ActivatePage } from './pages/activate.tsx'
import { CheckMailPage } from './pages/check-mail.tsx'
import { CrashedPage } from './pages/crashed.tsx'
import { EmailConfirmPage, EmailUndoPage } from './pages/email-change.tsx'
import { EmailResetPage } from './pages/email-reset.tsx'
import { ForgotPage } from './pages/forgot.tsx'
import { InvitationPage } from './pages/invitation.tsx'
import { MissingPage } from './pages/missing.tsx'
import { RegisterPage } from './pages/register.tsx'
import { ResendPage } from './pages/resend.tsx'
import { ResetPage } from './pages/reset.tsx'
import { SignInPage } from './pages/sign-in.tsx'
import { SignedIn } from './session/signed-in.tsx'
import { servedAsMissing, settings } from './settings.ts'

const Account = lazy(() => import('./account/account.tsx').then(({ Account: page }) => ({ default: page })))
const Admin = lazy(() => import('./admin/admin.tsx').then(({ Admin: page }) => ({ default: page })))
const SetupPage = lazy(() => import('./pages/setup.tsx').then(({ SetupPage: page }) => ({ default: page })))
const Mailbox = lazy(() => import('./mailbox/mailbox.tsx').then(({ Mailbox: page }) => ({ default: page })))

const WIDE = /^\/(account|admin|mailbox)(\/|$)/
const openedAt = location.pathname

/** The pages. */
export function App() {
  const [path] = useLocation()
  return (
    <Shell wide={WIDE.test(path)}>
      <Boundary key={path} fallback={(error) => <CrashedPage error={error} />}>
        <Suspense fallback={<Loading />}>
          <Pages path={path} />
        </Suspense>
      </Boundary>
    </Shell>
  )
}

function Pages({ path }: { path: string }) {
  if (servedAsMissing && path === openedAt) return <MissingPage />
  return (
    <Switch>
      <Route path={PATHS.signIn} component={SignInPage} />
      <Route path={PATHS.forgot} component={ForgotPage} />
      <Route path="/setup/:token" component={SetupPage} />
      <Route path="/admin/*?">
        <SignedIn>
          <Admin />
        </SignedIn>
      </Route>
      {settings.mailbox && <Route path={PATHS.mailbox} component={Mailbox} />}
      <Route>{settings.pages === 'all' ? <PeoplePages /> : <MissingPage />}</Route>
    </Switch>
  )
}

/** The pages that a front end elsewhere has for itself. */
const PeoplePages = () => (
  <Switch>
    <Route path={PATHS.home}>
      <Redirect href={PATHS.account} replace />
    </Route>
    <Route path={PATHS.register} component={RegisterPage} />
    <Route path={PATHS.checkMail} component={CheckMailPage} />
    <Route path={PATHS.activate} component={ActivatePage} />
    <Route path={PATHS.resend} component={ResendPage} />
    <Route path={PATHS.invitation} component={InvitationPage} />
    <Route path={PATHS.reset} component={ResetPage} />
    <Route path={PATHS.emailReset} component={EmailResetPage} />
    <Route path={PATHS.emailChange} component={EmailConfirmPage} />
    <Route path={PATHS.emailUndo} component={EmailUndoPage} />
    <Route path="/account/*?">
      <SignedIn>
        <Account />
      </SignedIn>
    </Route>
    <Route component={MissingPage} />
  </Switch>
)
