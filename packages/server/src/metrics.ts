/**
 * What is counted and measured, for Prometheus. Labels are bounded: routes, operations and codes come from closed
 * tables, never from what somebody sent. Everything but answers is read when somebody asks for the metrics.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
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

/** Makes the metrics, with everything at zero. */
export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry()
  const latencies = createLatencies()
  const answered = countAnswers(registry, latencies)
  measurePasswords(registry, sources)
  measureMails(registry, sources)
  measureStore(registry, sources)
  let isFirst = true
  return {
    answered,
    render: async () => {
      // they watch the event loop and the garbage collector all the time, so only where somebody looks
      if (isFirst) collectDefaultMetrics({ register: registry })
      isFirst = false
      return { text: latencies.render() + (await registry.metrics()), contentType: registry.contentType }
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

function countAnswers(registry: Registry, latencies: Latencies): Metrics['answered'] {
  const counter = (name: string, help: string, label: string) => {
    const counted = new Counter({ name, help, labelNames: [label], registers: [registry] })
    const bound = new Map<string, { inc(): void }>()
    // labels are hashed once for each value, not for each answer
    return (value: string): void => {
      const known = bound.get(value) ?? counted.labels(value)
      bound.set(value, known)
      known.inc()
    }
  }
  const byResult = 'by result: `success`, or the code of the error.'
  const refused = counter('doorward_refusals_total', 'Refused requests, by code of the error.', 'code')
  const outcomes = {
    sign_ins: counter('doorward_sign_ins_total', `Sign-ins, ${byResult}`, 'result'),
    refreshes: counter('doorward_refreshes_total', `Refreshes, ${byResult}`, 'result'),
  }
  return ({ route, method, status, operation, code, milliseconds }) => {
    const known = METHODS.has(method) ? method : 'other'
    latencies.observe({ route: route ?? 'page', method: known, status }, milliseconds / 1000)
    if (code !== null) refused(code)
    const counted = operation === null ? undefined : OUTCOMES[operation]
    if (counted !== undefined) outcomes[counted](code ?? 'success')
  }
}

type LabelledValues = readonly (readonly [label: string, value: number])[]

/** A gauge, or a counter that somebody else counts, whose values are read when the metrics are asked for. */
function read(
  registry: Registry,
  about: { name: string; help: string; label: string },
  values: () => LabelledValues | Promise<LabelledValues>,
): void {
  const { name, help, label } = about
  const shared = { name, help, labelNames: [label], registers: [registry] }
  const collect = async () => {
    metric.reset()
    for (const [one, value] of await values()) metric.inc({ [label]: one }, value)
  }
  const metric = name.endsWith('_total')
    ? new Counter({ ...shared, collect })
    : new Gauge({ ...shared, collect })
}

function measurePasswords(registry: Registry, { passwords }: MetricSources): void {
  const jobs = { name: 'doorward_password_jobs', help: 'Passwords in the hashing queue.', label: 'state' }
  read(registry, jobs, () => {
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
  read(registry, refused, () => [['refused', passwords().refused]])
}

function measureMails(registry: Registry, { mails, backlog }: MetricSources): void {
  const handed = {
    name: 'doorward_mails_total',
    help: 'Mails, by what became of them here.',
    label: 'outcome',
  }
  read(registry, handed, () => {
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
  read(registry, outbox, async () => {
    const state = await known()
    return state === null
      ? []
      : [
          ['queued', state.queued],
          ['dead', state.dead],
        ]
  })
  const lag: Gauge = new Gauge({
    name: 'doorward_outbox_lag_seconds',
    help: 'How long the mail that is due for longest has been due.',
    registers: [registry],
    collect: async () => {
      lag.set(((await known())?.lag ?? 0) / 1000)
    },
  })
}

function measureStore(registry: Registry, { pool, revocations, cleaned, listening }: MetricSources): void {
  const rows = {
    name: 'doorward_cleaned_rows_total',
    help: 'Rows that were deleted because they were over.',
    label: 'kind',
  }
  read(registry, rows, () => Object.entries(cleaned()))
  const feed = {
    name: 'doorward_listening',
    help: 'Whether the announcements of other instances are heard; if not, this one looks once a second.',
    label: 'channel',
  }
  read(registry, feed, () => {
    const heard = listening()
    return heard === null ? [] : [['announcements', Number(heard)]]
  })
  const connections = {
    name: 'doorward_database_connections',
    help: 'Connections to PostgreSQL, and requests that wait for one.',
    label: 'state',
  }
  read(registry, connections, () => {
    const state = pool()
    if (state === null) return []
    return [
      ['used', state.total - state.idle],
      ['idle', state.idle],
      ['waiting', state.waiting],
    ]
  })
  const held: Gauge = new Gauge({
    name: 'doorward_revocations',
    help: 'Revoked sessions of which an access token may still be about.',
    registers: [registry],
    collect: () => {
      held.set(revocations())
    },
  })
}
