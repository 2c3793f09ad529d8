/** What was said in one language and cannot be said again in another: it is forgotten when another is chosen. */
import { useState } from 'react'
import type { Texts } from './texts.ts'
import { useTexts } from './texts.ts'

/** A sentence that is said until another language is chosen; empty at first. */
export function useSaying(): readonly [string, (sentence: string) => void] {
  const texts = useTexts()
  const [said, setSaid] = useState<{ readonly sentence: string; readonly texts: Texts } | null>(null)
  return [said?.texts === texts ? said.sentence : '', (sentence) => setSaid({ sentence, texts })]
}

/** Whether an error came in the language that is spoken now. */
export function useIsCurrent(error: unknown): boolean {
  const texts = useTexts()
  const [heard, setHeard] = useState({ error, texts })
  if (heard.error !== error) setHeard({ error, texts })
  return heard.error !== error || heard.texts === texts
}
