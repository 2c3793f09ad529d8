/** Whether everything that was answered is true. */
import type { SmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { activate, ask, PASSWORD, signIn } from './api.ts'
import type { Memory, Person } from './memory.ts'
import { type Report, within } from './report.ts'

/** What was answered, to whom, and where to ask. */
export interface Claims {
  readonly base: () => string
  readonly sink: SmtpSink
  readonly memory: Memory
  readonly rotators: readonly Person[]
  readonly changers: readonly Person[]
}

/** Checks it all. The server must run. */
export async function verify(report: Report, claims: Claims): Promise<void> {
  const { memory, sink } = claims
  const { registered, rotated, changed, ended, odd } = memory
  const counts = [registered.length, rotated, changed, ended.length].join(', ')
  report.counted('answered registrations, rotations, password changes, sign-outs', counts)
  report.promised(`no answer was out of order (${odd.slice(0, 3).join('; ') || 'none'})`, odd.length === 0)
  await verifyMails(report, claims)
  await verifyPeople(report, claims)
  const ids = sink.mails.map(({ messageId }) => messageId)
  report.counted('mails, and of them delivered twice', `${ids.length}, ${ids.length - new Set(ids).size}`)
}

async function verifyMails(report: Report, { sink, memory, changers }: Claims): Promise<void> {
  const { registered } = memory
  const missing = () => {
    const mailed = new Set(sink.mails.map(({ to }) => addressOf(to)))
    return registered.filter((email) => !mailed.has(email)).length
  }
  // whoever had a mail when it was killed has it for a minute; then somebody else takes it over
  await within(100_000, () => missing() === 0)
  report.promised(`every answered registration was mailed (${missing()} missing)`, missing() === 0)
  const changes = changers.reduce((sum, person) => sum + person.changes, 0)
  const told = () => sink.mails.filter(({ subject }) => subject?.includes('assword')).length
  await within(30_000, () => told() >= changes)
  report.promised(`every answered password change was mailed (${told()} of ${changes})`, told() >= changes)
}

async function verifyPeople(report: Report, claims: Claims): Promise<void> {
  const { base, sink, memory, rotators, changers } = claims
  const mailTo = new Map(sink.mails.map((mail) => [addressOf(mail.to), mail.text ?? '']))
  report.promised(
    'every answered registration can be activated and signed in with',
    await all(memory.registered, async (email) => {
      await activate(base(), mailTo.get(email) ?? '')
      return (await signIn(base(), email, PASSWORD)).status === 200
    }),
  )
  report.promised(
    'every session goes on from the last token that was answered',
    await all(rotators, async ({ refresh }) =>
      refresh === null ? true : (await ask(base(), 'jwt/refresh/', { refresh })).status === 200,
    ),
  )
  report.promised(
    'every answered password change holds',
    await all(changers, async ({ email, password, unsure }) => {
      if ((await signIn(base(), email, password)).status === 200) return true
      return unsure !== null && (await signIn(base(), email, unsure)).status === 200
    }),
  )
  report.promised(
    'every answered sign-out holds, for access and refresh token',
    await all(memory.ended, async ({ access, refresh }) => {
      const refused = (await ask(base(), 'jwt/refresh/', { refresh })).status === 401
      return refused && (await ask(base(), 'users/me/', undefined, access)).status === 401
    }),
  )
}

/** The address that a mail went to. */
export function addressOf(to: unknown): string {
  const [first] = (Array.isArray(to) ? to : [to]) as { value?: { address?: string }[] }[]
  return first?.value?.[0]?.address ?? ''
}

async function all<T>(list: readonly T[], holds: (one: T) => Promise<boolean>): Promise<boolean> {
  let good = true
  for (const one of list) good = (await holds(one)) && good
  return good
}
