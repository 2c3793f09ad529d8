/** The frame of every page of the account: its sections on one side, one of them on the other. */
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import type { IconName } from '../components/icons.tsx'
import { Icon } from '../components/icons.tsx'
import { usePageTitle } from '../components/page.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { settings } from '../settings.ts'

/** A page of the account: its sections on one side, one of them on the other. */
export function AccountPage({
  title,
  lead,
  children,
}: {
  title: string
  lead?: string
  children: ReactNode
}) {
  const { account } = useTexts()
  usePageTitle(title)
  return (
    <div className="account">
      <Sections />
      <div className="card stack stack--loose">
        <header className="stack stack--tight">
          <p className="hidden">{account.title}</p>
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </header>
        <div>{children}</div>
      </div>
    </div>
  )
}

function Sections() {
  const { account, common } = useTexts()
  const [path] = useLocation()
  const nav = useRef<HTMLElement>(null)
  // on a phone the sections do not all fit in a row
  useEffect(() => {
    const current = nav.current?.querySelector(`[href="${CSS.escape(path)}"]`)
    current?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  const sections: readonly (readonly [string, IconName, string])[] = [
    [PATHS.account, 'person', account.profile],
    [PATHS.security, 'lock', account.security],
    ...(settings.sessions.stored ? [[PATHS.devices, 'device', account.devices] as const] : []),
    [PATHS.activity, 'clock', account.activity],
    [PATHS.data, 'data', account.data],
  ]
  return (
    <nav ref={nav} className="side" aria-label={common.sections}>
      {sections.map(([address, icon, text]) => (
        <Link key={address} href={address} aria-current={path === address ? 'page' : undefined}>
          <Icon name={icon} />
          {text}
        </Link>
      ))}
    </nav>
  )
}

/** A part of a page of the account. */
export const Section = ({
  title,
  lead,
  children,
}: {
  title: string
  lead?: ReactNode
  children: ReactNode
}) => (
  <section className="section">
    <header className="stack stack--tight">
      <h2>{title}</h2>
      {lead && <p className="quiet">{lead}</p>}
    </header>
    {children}
  </section>
)
