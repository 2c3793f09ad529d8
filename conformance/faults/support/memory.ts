/** What people who use the server remember of its answers. */
import type { Answer } from './api.ts'

/** Somebody. */
export interface Person {
  readonly email: string
  password: string
  /** A password that was sent and not answered: it may be the one. */
  unsure: string | null
  refresh: string | null
  changes: number
}

/** What everybody remembers. */
export interface Memory {
  /** How often each status was answered; 0: not at all. */
  readonly statuses: Map<number, number>
  /** The time of each answer that was no failure, in milliseconds. */
  readonly times: number[]
  /** Answers that nobody should get, whatever happens to the server. */
  readonly odd: string[]
  readonly registered: string[]
  readonly ended: { readonly refresh: string; readonly access: string }[]
  rotated: number
  changed: number
}

/** Nothing yet. */
export const createMemory = (): Memory => ({
  ...{ statuses: new Map(), times: [], odd: [], registered: [], ended: [], rotated: 0, changed: 0 },
})

/** Whether there was no answer, or one that says that there is none now. */
export const isNoAnswer = ({ status }: Answer): boolean => status === 0 || status >= 500

/** Remembers an answer. Beside success, only silence and a 503 that says when to come again are in order. */
export function remember(memory: Memory, what: string, answer: Answer): Answer {
  const { status, retryAfter, body, took } = answer
  memory.statuses.set(status, (memory.statuses.get(status) ?? 0) + 1)
  const inOrder = status < 300 || (status === 503 && retryAfter !== null)
  if (!inOrder) memory.odd.push(`${what}: ${status} ${JSON.stringify(body).slice(0, 120)}`)
  if (status > 0 && status < 500) memory.times.push(took)
  return answer
}

/** The answers by status, as text. */
export const describeStatuses = ({ statuses }: Memory): string =>
  [...statuses].map(([status, count]) => `${count} × ${status === 0 ? 'none' : status}`).join(', ')
