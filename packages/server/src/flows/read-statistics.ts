/** How Doorward is used, day by day: for the plots of the administration. Days are those of UTC. */
import type { AuditAction } from '../domain/audit.ts'
import type { MailRecord } from '../store/mail-record-store.ts'
import type { DayCount } from '../store/statistics-store.ts'
import type { Store } from '../store/store.ts'
import type { Deps } from './deps.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** What is counted from the audit log, and which actions count. */
const HAPPENINGS = {
  sign_ups: ['registered', 'created', 'superuser_created', 'invitation_accepted'],
  activations: ['activated', 'invitation_accepted'],
  sign_ins: ['signed_in'],
  failed_sign_ins: ['sign_in_failed'],
  password_resets: ['password_reset'],
  refresh_reuses: ['refresh_token_reused'],
} as const satisfies Record<string, readonly AuditAction[]>

/** What is counted from the outbox, and which state counts. */
const MAILS = {
  mails_sent: 'sent',
  mails_waiting: 'queued',
  mails_given_up: 'dead',
} as const satisfies Record<string, MailRecord['state']>

/** Everything that is counted. */
export const MEASURES = [...keysOf(HAPPENINGS), ...keysOf(MAILS)] as const

/** Something that is counted. */
export type Measure = (typeof MEASURES)[number]

/** Counts by day. */
export interface Statistics {
  /** The first day, in days since 1970; the others follow. */
  readonly firstDay: number
  /** For each measure one count a day. */
  readonly counts: Readonly<Record<Measure, readonly number[]>>
  /** How many accounts there are. */
  readonly accounts: number
  /** Whether there are more: counting stops somewhere. */
  readonly moreAccounts: boolean
}

const MOST_ACCOUNTS = 100_000

/** Counts of the last days, today included. Whole days are counted once and kept. */
export async function readStatistics(
  deps: Pick<Deps, 'store' | 'clock'>,
  input: { readonly days: number },
): Promise<Statistics> {
  const now = deps.clock.now()
  const until = Math.floor(now / DAY) + 1
  const from = until - input.days
  const kept = await deps.store.statistics.kept({ from, until })
  const span = { from, until, now, kept }
  const happenings = await complete(
    deps.store,
    { ...span, measures: keysOf(HAPPENINGS), settlesAfter: HOUR },
    countHappenings,
  )
  // a mail is tried for two days before it is given up
  const mails = await complete(
    deps.store,
    { ...span, measures: keysOf(MAILS), settlesAfter: 3 * DAY },
    countMails,
  )
  const accounts = await deps.store.statistics.accounts(MOST_ACCOUNTS + 1)
  return {
    firstDay: from,
    counts: byMeasure([...happenings, ...mails], span),
    accounts: Math.min(accounts, MOST_ACCOUNTS),
    moreAccounts: accounts > MOST_ACCOUNTS,
  }
}

interface Span {
  readonly from: number
  readonly until: number
}

interface Completion extends Span {
  readonly now: number
  readonly kept: readonly DayCount[]
  readonly measures: readonly Measure[]
  /** How long after a day its counts may still change, in milliseconds. */
  readonly settlesAfter: number
}

type Counter = (store: Store, span: Span) => Promise<readonly DayCount[]>

/** The kept counts of these measures, and from the first day without any on, fresh ones, which are kept in turn. */
async function complete(store: Store, input: Completion, count: Counter): Promise<readonly DayCount[]> {
  const { from, until, now, measures, settlesAfter } = input
  const own = input.kept.filter(({ measure }) => measures.some((one) => one === measure))
  const known = new Set(own.map(({ day }) => day))
  const first = daysOf(input).find((day) => !known.has(day)) ?? until
  const fresh = await count(store, { from: first, until })
  const all = byMeasure(fresh, { from: first, until })
  const settled = daysOf({ from: first, until }).filter((day) => (day + 1) * DAY + settlesAfter <= now)
  await store.statistics.keep(
    settled.flatMap((day) =>
      measures.map((measure) => ({ day, measure, count: all[measure][day - first] ?? 0 })),
    ),
  )
  return [...own.filter(({ day }) => day >= from && day < first), ...fresh]
}

const countHappenings: Counter = async (store, span) => {
  const actions = [...new Set(Object.values(HAPPENINGS).flat())]
  const counts = await store.statistics.happenings({ ...span, actions })
  return keysOf(HAPPENINGS).flatMap((measure) => {
    const counted: readonly string[] = HAPPENINGS[measure]
    return counts.filter((one) => counted.includes(one.measure)).map((one) => ({ ...one, measure }))
  })
}

const countMails: Counter = async (store, span) => {
  const counts = await store.statistics.mails(span)
  return keysOf(MAILS).flatMap((measure) =>
    counts.filter((one) => one.measure === MAILS[measure]).map((one) => ({ ...one, measure })),
  )
}

function byMeasure(counts: readonly DayCount[], { from, until }: Span): Statistics['counts'] {
  const rows = MEASURES.map((measure) => {
    const days = Array.from({ length: until - from }, () => 0)
    for (const one of counts) {
      if (one.measure === measure) days[one.day - from] = (days[one.day - from] ?? 0) + one.count
    }
    return [measure, days] as const
  })
  return Object.fromEntries(rows) as Record<Measure, number[]>
}

const daysOf = ({ from, until }: Span): readonly number[] =>
  Array.from({ length: until - from }, (_, n) => from + n)

function keysOf<T extends object>(table: T): readonly (keyof T & string)[] {
  return Object.keys(table) as (keyof T & string)[]
}
