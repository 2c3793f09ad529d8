/**
 * What is counted and measured, for Prometheus. Labels are bounded: routes, operations and codes come from closed
 * tables, never from what somebody sent. Everything but answers is read when somebody asks for the metrics.
 */
import type { Registry } from 'prom-client'
import type { AnswerNote, Monitor } from './http/monitoring.ts'
import type { Latencies } from './latencies.ts'
import { createLatencies } from './latencies.ts'
import type { OutboxStats } from './mail/outbox-worker.ts'
import type { PasswordStats } from './passwords/passwords.ts'
import type { OutboxBacklog, PoolStats } from './store/store.ts'

/** Where the numbers come from. */
export interface MetricSources {
  passwords(): PasswordStats
  /** What this process has delivered. */
  mails(): OutboxStats
  /** What waits in the outbox, of all processes. */
  backlog(): Promise<OutboxBacklog>
  /** Connections to the database; null where there is no pool. */
  pool(): PoolStats | null
  /** Rows that were deleted because they were over, by what they were. */
  cleaned(): Readonly<Record<string, number>>
  /** Whether other instances are heard; null where there are none to hear. */
  listening(): boolean | null
  /** How many revocations are held in memory. */
  revocations(): number
}

/** The metrics of one Doorward. */
export interface Metrics {
  /** Counts an answer. */
  answered(note: AnswerNote): void
  render: Monitor['metrics']
}

/** Prometheus' client, loaded when somebody looks: a server that nobody scrapes does without its hundred modules. */
type Prometheus = typeof import('prom-client')

/** Makes the metrics, with everything at zero. */
export function createMetrics(sources: MetricSources): Metrics {
  const latencies = createLatencies()
  const counts = createAnswerCounts(latencies)
  let registry: Promise<Registry> | undefined
  const load = async (): Promise<Registry> => {
    const prometheus = await import('prom-client')
    const fresh = new prometheus.Registry()
    // they watch the event loop and the garbage collector all the time, so only where somebody looks
    prometheus.collectDefaultMetrics({ register: fresh })
    const read = createReader(prometheus, fresh)
    showAnswers(read, counts)
    measurePasswords(read, sources)
    measureMails(read, sources)
    measureStore(read, sources)
    return fresh
  }
  return {
    answered: counts.answered,
    render: async () => {
      registry ??= load()
      const made = await registry
      return { text: latencies.render() + (await made.metrics()), contentType: made.contentType }
    },
  }
}

const METHODS = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

/** Operations whose outcomes are counted by themselves: what attacks and trouble show up in first. */
const OUTCOMES: Readonly<Record<string, 'sign_ins' | 'refreshes'>> = {
  signIn: 'sign_ins',
  signInWithDatabaseToken: 'sign_ins',
  refresh: 'refreshes',
}

/** How often each value of a label was seen. */
type Tally = ReadonlyMap<string, number>

interface AnswerCounts {
  readonly refusals: Tally
  readonly sign_ins: Tally
  readonly refreshes: Tally
  answered(note: AnswerNote): void
}

function createAnswerCounts(latencies: Latencies): AnswerCounts {
  const tallies = {
    refusals: new Map<string, number>(),
    sign_ins: new Map<string, number>(),
    refreshes: new Map<string, number>(),
  }
  const count = (name: keyof typeof tallies, value: string): void => {
    tallies[name].set(value, (tallies[name].get(value) ?? 0) + 1)
  }
  return {
    ...tallies,
    answered: ({ route, method, status, operation, code, milliseconds }) => {
      const known = METHODS.has(method) ? method : 'other'
      latencies.observe({ route: route ?? 'page', method: known, status }, milliseconds / 1000)
      if (code !== null) count('refusals', code)
      const counted = operation === null ? undefined : OUTCOMES[operation]
      if (counted !== undefined) count(counted, code ?? 'success')
    },
  }
}

function showAnswers(read: Reader, { refusals, sign_ins, refreshes }: AnswerCounts): void {
  const byResult = 'by result: `success`, or the code of the error.'
  const help = 'Refused requests, by code of the error.'
  read({ name: 'doorward_refusals_total', help, label: 'code' }, () => [...refusals])
  const signIns = { name: 'doorward_sign_ins_total', help: `Sign-ins, ${byResult}`, label: 'result' }
  read(signIns, () => [...sign_ins])
  const refreshed = { name: 'doorward_refreshes_total', help: `Refreshes, ${byResult}`, label: 'result' }
  read(refreshed, () => [...refreshes])
}

type LabelledValues = readonly (readonly [label: string, value: number])[]

/** Adds a gauge, or a counter that somebody else counts, whose values are read when the metrics are asked for. */
type Reader = (
  about: { readonly name: string; readonly help: string; readonly label?: string },
  values: () => LabelledValues | number | Promise<LabelledValues | number>,
) => void

function createReader({ Counter, Gauge }: Prometheus, registry: Registry): Reader {
  return ({ name, help, label }, values) => {
    const shared = { name, help, labelNames: label === undefined ? [] : [label], registers: [registry] }
    const collect = async () => {
      const found = await values()
      metric.reset()
      if (typeof found === 'number') metric.inc(found)
      else for (const [one, value] of found) metric.inc({ [label ?? '']: one }, value)
    }
    const metric = name.endsWith('_total')
      ? new Counter({ ...shared, collect })
      : new Gauge({ ...shared, collect })
  }
}

function measurePasswords(read: Reader, { passwords }: MetricSources): void {
  const jobs = { name: 'doorward_password_jobs', help: 'Passwords in the hashing queue.', label: 'state' }
  read(jobs, () => {
    const { waiting, running } = passwords()
    return [
      ['waiting', waiting],
      ['running', running],
    ]
  })
  const refused = {
    name: 'doorward_password_jobs_total',
    help: 'Passwords that the queue had no room for.',
    label: 'result',
  }
  read(refused, () => [['refused', passwords().refused]])
}

function measureMails(read: Reader, { mails, backlog }: MetricSources): void {
  const handed = {
    name: 'doorward_mails_total',
    help: 'Mails, by what became of them here.',
    label: 'outcome',
  }
  read(handed, () => {
    const { delivered, postponed, dead } = mails()
    return [
      ['delivered', delivered],
      ['postponed', postponed],
      ['dead', dead],
    ]
  })
  const outbox = {
    name: 'doorward_outbox_mails',
    help: 'Mails in the outbox of all instances.',
    label: 'state',
  }
  const known = () => backlog().catch(() => null)
  read(outbox, async () => {
    const state = await known()
    return state === null
      ? []
      : [
          ['queued', state.queued],
          ['dead', state.dead],
        ]
  })
  const lag = {
    name: 'doorward_outbox_lag_seconds',
    help: 'How long the mail that is due for longest has been due.',
  }
  read(lag, async () => ((await known())?.lag ?? 0) / 1000)
}

function measureStore(read: Reader, { pool, revocations, cleaned, listening }: MetricSources): void {
  const rows = {
    name: 'doorward_cleaned_rows_total',
    help: 'Rows that were deleted because they were over.',
    label: 'kind',
  }
  read(rows, () => Object.entries(cleaned()))
  const feed = {
    name: 'doorward_listening',
    help: 'Whether the announcements of other instances are heard; if not, this one looks once a second.',
    label: 'channel',
  }
  read(feed, () => {
    const heard = listening()
    return heard === null ? [] : [['announcements', Number(heard)]]
  })
  const connections = {
    name: 'doorward_database_connections',
    help: 'Connections to PostgreSQL, and requests that wait for one.',
    label: 'state',
  }
  read(connections, () => {
    const state = pool()
    if (state === null) return []
    return [
      ['used', state.total - state.idle],
      ['idle', state.idle],
      ['waiting', state.waiting],
    ]
  })
  const held = {
    name: 'doorward_revocations',
    help: 'Revoked sessions of which an access token may still be about.',
  }
  read(held, () => revocations())
}
