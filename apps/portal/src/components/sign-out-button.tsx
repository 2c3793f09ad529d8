/** Signs out, here at once and on the server when it can be reached. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import type { Said } from '../session/said.ts'
import { client } from '../session/session.ts'
import { Icon } from './icons.tsx'

/** The button. */
export function SignOutButton() {
  const texts = useTexts()
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const signOut = async () => {
    if (busy) return
    setBusy(true)
    // on this device it has happened even if the server was not reached: the session ends there by itself
    await client.signOut().catch(() => {})
    go(PATHS.signIn, { state: { happened: 'signedOut' } satisfies Said })
  }
  return (
    <button type="button" className="tool" aria-disabled={busy || undefined} onClick={() => void signOut()}>
      <Icon name="out" />
      <span className="on-desktop">{texts.common.signOut}</span>
    </button>
  )
}
