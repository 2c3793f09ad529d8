/** The frame of every page of the administration: its sections on one side, one of them on the other. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { IconName } from '../components/icons.tsx'
import { Icon } from '../components/icons.tsx'
import { usePageTitle } from '../components/page.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useAdminTexts } from './texts.ts'

/** The addresses of the pages. */
export const ADMIN_PATHS = {
  overview: PATHS.admin,
  people: `${PATHS.admin}/people`,
  mails: `${PATHS.admin}/mails`,
  audit: `${PATHS.admin}/audit`,
  keys: `${PATHS.admin}/keys`,
} as const

const ICONS: Readonly<Record<keyof typeof ADMIN_PATHS, IconName>> = {
  overview: 'system',
  people: 'person',
  mails: 'mail',
  audit: 'shield',
  keys: 'key',
}

/** A page. */
export function AdminPage({
  title,
  lead,
  tools,
  children,
}: {
  title: string
  lead?: ReactNode
  tools?: ReactNode
  children: ReactNode
}) {
  const { common } = useTexts()
  usePageTitle(title)
  return (
    <div className="account">
      <Sections />
      <div className="card stack stack--loose">
        <header className="stack stack--tight">
          <p className="hidden">{common.administration}</p>
          <div className="row row--apart">
            <h1>{title}</h1>
            {tools && <div className="row">{tools}</div>}
          </div>
          {lead && <p className="lead">{lead}</p>}
        </header>
        <div className="stack">{children}</div>
      </div>
    </div>
  )
}

function Sections() {
  const { common } = useTexts()
  const { sections } = useAdminTexts()
  const [path] = useLocation()
  const isAt = (address: string) =>
    path === address || (address !== ADMIN_PATHS.overview && path.startsWith(`${address}/`))
  return (
    <nav className="side" aria-label={common.sections}>
      {(Object.keys(ADMIN_PATHS) as (keyof typeof ADMIN_PATHS)[]).map((section) => (
        <Link
          key={section}
          href={ADMIN_PATHS[section]}
          aria-current={isAt(ADMIN_PATHS[section]) ? 'page' : undefined}
        >
          <Icon name={ICONS[section]} />
          {sections[section]}
        </Link>
      ))}
    </nav>
  )
}
