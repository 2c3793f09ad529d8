/** The frame of every page: name and tools above, links below, the content between. */
import { useSession } from '@doorward/react'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Locale } from '../i18n/locale.ts'
import { LOCALES } from '../i18n/locale.ts'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useLanguageChoice } from '../session/own-language.ts'
import { settings } from '../settings.ts'
import { THEMES, useTheme } from '../theme/theme.tsx'
import type { IconName } from './icons.tsx'
import { Icon, Mark } from './icons.tsx'
import { RouteAnnouncer } from './page.tsx'
import { SignOutButton } from './sign-out-button.tsx'

/** The frame. */
export function Shell({ wide, children }: { wide: boolean; children: ReactNode }) {
  const texts = useTexts()
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {texts.common.skip}
      </a>
      <header className="top">
        <Brand />
        <Tools />
      </header>
      <div>
        <OfflineBanner />
      </div>
      <main id="content" tabIndex={-1} className={`content content--${wide ? 'wide' : 'narrow'}`}>
        {children}
      </main>
      <Footer />
      <RouteAnnouncer />
    </div>
  )
}

function Brand() {
  const { look, siteName, pages } = settings
  const content = (
    <>
      {look.logoUrl ? <img src={look.logoUrl} alt="" /> : <Mark />}
      <span>{siteName}</span>
    </>
  )
  if (look.homeUrl) {
    return (
      <a className="brand" href={look.homeUrl}>
        {content}
      </a>
    )
  }
  return (
    <Link className="brand" href={pages === 'staff' ? PATHS.admin : PATHS.home}>
      {content}
    </Link>
  )
}

function Tools() {
  const { status } = useSession()
  return (
    <div className="top-tools">
      <LanguageSwitch />
      <ThemeSwitch />
      {status === 'signedIn' && <SignOutButton />}
    </div>
  )
}

/** Chooses the language. Each language is called what its speakers call it. */
function LanguageSwitch() {
  const texts = useTexts()
  const { locale, choose } = useLanguageChoice()
  return (
    <label className="tool">
      <Icon name="globe" />
      <span className="hidden">{texts.common.language}</span>
      <select value={locale} onChange={(event) => choose(event.currentTarget.value as Locale)}>
        {Object.entries(LOCALES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

const THEME_ICONS: Record<(typeof THEMES)[number], IconName> = {
  system: 'system',
  light: 'sun',
  dark: 'moon',
}

/** Goes through the looks: as the system, light, dark. */
function ThemeSwitch() {
  const { look, looks } = useTexts().common
  const { theme, choose } = useTheme()
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
  return (
    <button type="button" className="tool" title={looks[theme]} onClick={() => choose(next)}>
      <Icon name={THEME_ICONS[theme]} />
      <span className="hidden">
        {look}: {looks[theme]}
      </span>
    </button>
  )
}

function OfflineBanner() {
  const texts = useTexts()
  const [isOffline, setIsOffline] = useState(!navigator.onLine)
  useEffect(() => {
    const look = () => setIsOffline(!navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return <div role="status">{isOffline && <p className="banner">{texts.common.offline}</p>}</div>
}

function Footer() {
  const { common } = useTexts()
  const [path] = useLocation()
  const { look, development, mailbox } = settings
  const links: readonly (readonly [string, string])[] = [
    [look.termsUrl, common.terms],
    [look.privacyUrl, common.privacy],
    [look.supportUrl, common.support],
    [development ? PATHS.docs : '', common.docs],
    [mailbox && path !== PATHS.mailbox ? PATHS.mailbox : '', common.mailbox],
  ]
  return (
    <footer className="bottom">
      {links
        .filter(([address]) => address !== '')
        .map(([address, text]) => (
          <a key={text} href={address}>
            {text}
          </a>
        ))}
    </footer>
  )
}
