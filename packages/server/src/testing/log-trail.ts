/**
 * What the tests of this repository leave behind: everything that was logged while they ran, and the secrets there
 * were. When all have run, no secret may be in a log. Does nothing outside of such a run.
 */
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Secret } from '../domain/secret.ts'

/** Names the folder of the run. */
export const TRAIL_VARIABLE = 'TEST_LOG_TRAIL'

/** Adds to what was logged. */
export const keepLog = (text: string): void => append('log', text)

/** Whether a run keeps what is logged. */
export const isKept = (): boolean => process.env[TRAIL_VARIABLE] !== undefined

/** Keeps every text that is taken out of a `Secret` from now on: each password passes there on its way to its hash. */
export function watchSecrets(): void {
  if (!isKept()) return
  const seen = new Set<string>()
  const reveal = Secret.prototype.reveal
  Secret.prototype.reveal = function (this: Secret): string {
    const text = reveal.call(this)
    if (!seen.has(text)) append('secrets', `${JSON.stringify(text)}\n`)
    seen.add(text)
    return text
  }
}

function append(kind: 'log' | 'secrets', text: string): void {
  const folder = process.env[TRAIL_VARIABLE]
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  appendFileSync(join(folder, `${process.pid}.${kind}`), text)
}
