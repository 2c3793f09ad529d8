/** Something that the person should know, said to screen readers too. */
import type { ReactNode } from 'react'
import { useEffect, useRef } from 'react'
import type { IconName } from './icons.tsx'
import { Icon } from './icons.tsx'

type Kind = 'info' | 'good' | 'warn' | 'wrong'

const ICONS: Record<Kind, IconName> = { info: 'info', good: 'check', warn: 'alert', wrong: 'alert' }

/** A notice. What went wrong interrupts; the rest waits its turn. */
export function Notice({ kind = 'info', children }: { kind?: Kind; children: ReactNode }) {
  const notice = useRef<HTMLDivElement>(null)
  // above a long form, whose button was pressed at the end of it, nobody would see it
  useEffect(() => {
    notice.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <div ref={notice} className={`notice notice--${kind}`} role={kind === 'wrong' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <div>{children}</div>
    </div>
  )
}
