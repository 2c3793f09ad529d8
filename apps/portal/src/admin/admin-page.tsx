/** The frame of every page of the administration: its sections on one side, one of them on the other. */
import type { ReactNode } from 'react'
import type { IconName } from '../components/icons.tsx'
import { usePageTitle } from '../components/page.tsx'
import { Sections } from '../components/sections.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { settings } from '../settings.ts'
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
      <AdminSections />
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

/** The sections, and the way back to the own account where these pages have it. */
function AdminSections() {
  const { account } = useTexts()
  const { sections } = useAdminTexts()
  const links = (Object.keys(ADMIN_PATHS) as (keyof typeof ADMIN_PATHS)[]).map((section) => ({
    address: ADMIN_PATHS[section],
    icon: ICONS[section],
    text: sections[section],
  }))
  const own = { address: PATHS.account, icon: 'person', text: account.title } as const
  return <Sections sections={links} elsewhere={settings.pages === 'all' ? own : null} />
}
