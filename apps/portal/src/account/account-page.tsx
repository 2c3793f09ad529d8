/** The frame of every page of the account: its sections on one side, one of them on the other. */
import type { ReactNode } from 'react'
import { usePageTitle } from '../components/page.tsx'
import type { SectionLink } from '../components/sections.tsx'
import { Sections } from '../components/sections.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useIsStaff } from '../session/staff.ts'
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
      <AccountSections />
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

/** The sections, and for staff the way to the administration. */
function AccountSections() {
  const { account, common } = useTexts()
  const isStaff = useIsStaff()
  const sections: readonly SectionLink[] = [
    { address: PATHS.account, icon: 'person', text: account.profile },
    { address: PATHS.security, icon: 'lock', text: account.security },
    ...(settings.sessions.stored
      ? [{ address: PATHS.devices, icon: 'device', text: account.devices } as const]
      : []),
    { address: PATHS.activity, icon: 'clock', text: account.activity },
    { address: PATHS.data, icon: 'data', text: account.data },
  ]
  const administration = { address: PATHS.admin, icon: 'shield', text: common.administration } as const
  return <Sections sections={sections} elsewhere={isStaff ? administration : null} />
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
