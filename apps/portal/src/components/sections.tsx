/** The sections of the account or of the administration: beside the page, or in a row above it on a phone. */
import type { FocusEvent } from 'react'
import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { useTexts } from '../i18n/texts.ts'
import type { IconName } from './icons.tsx'
import { Icon } from './icons.tsx'

/** A link to a section. */
export interface SectionLink {
  readonly address: string
  readonly icon: IconName
  readonly text: string
}

/** The sections, and what leads to other pages than these. The section that the page belongs to is marked, and in sight. */
export function Sections({
  sections,
  elsewhere,
}: {
  sections: readonly SectionLink[]
  elsewhere: SectionLink | null
}) {
  const { common } = useTexts()
  const [path] = useLocation()
  const row = useRef<HTMLDivElement>(null)
  const [current] = sections
    .map(({ address }) => address)
    .filter((address) => `${path}/`.startsWith(`${address}/`))
    .toSorted((one, other) => other.length - one.length)
  // on a phone the sections do not all fit in a row
  useEffect(() => {
    const link = row.current?.querySelector(`[href="${CSS.escape(current ?? '')}"]`)
    link?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [current])
  return (
    <nav className="side" aria-label={common.sections}>
      <div ref={row} className="side-row">
        {sections.map((section) => (
          <To key={section.address} section={section} current={section.address === current} />
        ))}
      </div>
      {elsewhere && <To section={elsewhere} current={false} />}
    </nav>
  )
}

/** Browsers are content with a part of what the keyboard comes to. */
function show({ target }: FocusEvent<HTMLElement>): void {
  if (target.matches(':focus-visible')) target.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

const To = ({ section: { address, icon, text }, current }: { section: SectionLink; current: boolean }) => (
  <Link href={address} aria-current={current ? 'page' : undefined} onFocus={show}>
    <Icon name={icon} />
    {text}
  </Link>
)
