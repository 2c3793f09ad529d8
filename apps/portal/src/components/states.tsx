/** What stands where there is nothing to show yet, nothing at all, or something went wrong. */
import type { ReactNode } from 'react'
import { Component, useEffect, useRef } from 'react'
import { sentencesOf } from '../forms/faults.ts'
import { useIsCurrent } from '../i18n/spoken.ts'
import { useTexts } from '../i18n/texts.ts'
import { Button } from './button.tsx'
import type { IconName } from './icons.tsx'
import { Icon } from './icons.tsx'
import { Notice } from './notice.tsx'

/** The picture at the head of a page. */
export const Emblem = ({ icon, kind }: { icon: IconName; kind?: 'good' | 'wrong' }) => (
  <div className={`emblem${kind ? ` emblem--${kind}` : ''}`}>
    <Icon name={icon} />
  </div>
)

/** Grey lines where text will be. It needs no words, for it also stands where the words are still loading. */
export const Loading = ({ lines = 5 }: { lines?: number }) => (
  <div className="skeleton" role="progressbar" aria-label="…">
    {Array.from({ length: lines }, (_, line) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
      <span key={line} />
    ))}
  </div>
)

/** There is nothing here, and that is fine. */
export const Empty = ({ icon, title, children }: { icon: IconName; title: string; children?: ReactNode }) => (
  <div className="empty">
    <Emblem icon={icon} />
    <h2>{title}</h2>
    {children && <p className="quiet">{children}</p>}
  </div>
)

/** Why something did not work. */
export function FaultNotice({ error }: { error: unknown }) {
  const sentences = sentencesOf(error, useTexts(), useIsCurrent(error))
  return sentences.length === 0 ? null : <Notice kind="wrong">{sentences.join(' ')}</Notice>
}

/** Loading did not work; it can be tried again, and is once another language is chosen. */
export function LoadFault({ error, retry }: { error: unknown; retry: () => void }) {
  const texts = useTexts()
  const tried = useRef(texts)
  useEffect(() => {
    if (tried.current === texts) return
    tried.current = texts
    retry()
  }, [texts, retry])
  return (
    <div className="stack">
      <FaultNotice error={error} />
      <div>
        <Button look="second" onClick={retry}>
          {texts.common.tryAgain}
        </Button>
      </div>
    </div>
  )
}

interface BoundaryProps {
  readonly children: ReactNode
  readonly fallback: (error: unknown, retry: () => void) => ReactNode
}

/** Catches what a part of a page throws, so that the rest of it stands. */
export class Boundary extends Component<BoundaryProps, { readonly error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override render() {
    const { error } = this.state
    return error === null
      ? this.props.children
      : this.props.fallback(error, () => this.setState({ error: null }))
  }
}
