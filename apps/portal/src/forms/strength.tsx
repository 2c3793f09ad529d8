/** How well a new password withstands guessing, in words and as a bar. The dictionaries load when typing begins. */
import { useEffect, useState } from 'react'
import { useTexts } from '../i18n/texts.ts'

/** From 0, guessed at once, to 4. */
export type Score = 0 | 1 | 2 | 3 | 4

/** Longer passwords are not looked at whole: the answer would not change, and the time would. */
const LONGEST = 100

/** A new password, and words that somebody who knows the person would try. */
export interface Candidate {
  readonly password: string
  readonly about: readonly string[]
}

/** The strength of a password. */
export function Strength({ candidate }: { candidate: Candidate }) {
  const texts = useTexts()
  const [score, setScore] = useState<Score | null>(null)
  useEffect(() => {
    let isStale = false
    const show = (rated: Score | null) => {
      if (!isStale) setScore(rated)
    }
    // without the dictionaries there is no rating; the server looks at the password all the same
    rate(candidate).then(show, () => show(null))
    return () => {
      isStale = true
    }
  }, [candidate])
  return (
    <div className="stack stack--tight">
      <div
        className="strength"
        data-score={score === null ? undefined : Math.max(1, score)}
        aria-hidden="true"
      >
        <span />
        <span />
        <span />
        <span />
      </div>
      <p className="hint" role="status">
        {score === null ? '' : texts.passwords.strength[score]}
      </p>
    </div>
  )
}

async function rate({ password, about }: Candidate): Promise<Score | null> {
  if (password === '') return null
  const { ratePassword } = await import('./rate-password.ts')
  return ratePassword(password.slice(0, LONGEST), about)
}
