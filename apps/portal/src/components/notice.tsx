/** Something that the person should know, said to screen readers too. */
import type { ReactNode } from 'react'
import type { IconName } from './icons.tsx'
import { Icon } from './icons.tsx'

type Kind = 'info' | 'good' | 'warn' | 'wrong'

const ICONS: Record<Kind, IconName> = { info: 'info', good: 'check', warn: 'alert', wrong: 'alert' }

/** A notice. What went wrong interrupts; the rest waits its turn. */
export const Notice = ({ kind = 'info', children }: { kind?: Kind; children: ReactNode }) => (
  <div className={`notice notice--${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
    <Icon name={ICONS[kind]} />
    <div>{children}</div>
  </div>
)
