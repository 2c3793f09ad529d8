/** Buttons: what they do is under way once, however often they are pressed. */
import type { ComponentProps, ReactNode } from 'react'
import { Link } from 'wouter'

type Look = 'first' | 'second' | 'quiet' | 'danger'

const className = (look: Look, extra = ''): string =>
  ['button', look !== 'first' && `button--${look}`, extra].filter(Boolean).join(' ')

/** What a button is made of. */
export interface ButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'disabled'> {
  readonly look?: Look
  readonly wide?: boolean
  readonly small?: boolean
  /** What it does is under way. It keeps the focus, which a disabled one would lose, and does nothing. */
  readonly busy?: boolean
  /** There is nothing for it to do yet. */
  readonly idle?: boolean
  readonly children: ReactNode
}

/** A button. */
export function Button({
  look = 'first',
  wide,
  small,
  busy = false,
  idle = false,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const extra = [wide && 'button--wide', small && 'button--small', busy && 'button--busy']
  return (
    <button
      type="button"
      {...rest}
      className={className(look, extra.filter(Boolean).join(' '))}
      aria-disabled={busy || idle || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy || idle) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}

/** A link that looks like a button. */
export const ButtonLink = ({
  to,
  look = 'first',
  wide,
  children,
}: {
  to: string
  look?: Look
  wide?: boolean
  children: ReactNode
}) => (
  <Link href={to} className={className(look, wide ? 'button--wide' : '')}>
    {children}
  </Link>
)
