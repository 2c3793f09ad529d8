/** What pages behind mailed links say when the link is no longer good. */
import { isDoorwardClientError } from '@doorward/client'
import type { ReactNode } from 'react'
import { CardPage } from '../components/page.tsx'
import { Emblem } from '../components/states.tsx'
import { useTexts } from '../i18n/texts.ts'

/** What became of a link. */
export type LinkState = 'open' | 'done' | 'stale' | 'ended' | 'incomplete'

/** What an error says about the link, or null if it says something else. */
export function stateOfLink(error: unknown): LinkState | null {
  if (!isDoorwardClientError(error)) return null
  const codes = [error.code, ...error.issues.map(({ code }) => code)]
  if (codes.includes('stale_token')) return 'stale'
  if (codes.includes('invalid_uid')) return 'incomplete'
  return codes.includes('invalid_link_token') ? 'ended' : null
}

/** The link is not whole. */
export function IncompleteLink({ children }: { children?: ReactNode }) {
  const { activate: texts } = useTexts()
  return (
    <CardPage
      title={texts.incompleteTitle}
      lead={texts.incomplete}
      emblem={<Emblem icon="alert" kind="wrong" />}
    >
      {children}
    </CardPage>
  )
}

/** The link was used, or is too old. */
export function EndedLink({ lead, children }: { lead: string; children?: ReactNode }) {
  const { activate: texts } = useTexts()
  return (
    <CardPage title={texts.expiredTitle} lead={lead} emblem={<Emblem icon="clock" kind="wrong" />}>
      {children}
    </CardPage>
  )
}

/** It worked. */
export const LinkDone = ({ title, lead, children }: { title: string; lead: string; children: ReactNode }) => (
  <CardPage title={title} lead={lead} emblem={<Emblem icon="check" kind="good" />}>
    {children}
  </CardPage>
)
