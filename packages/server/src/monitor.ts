/** Looks at the parts of a running Doorward for `/ready`, and gives the metrics to `/metrics`. */
import type { Clock } from './domain/clock.ts'
import type { Monitor, Part, PartState } from './http/monitoring.ts'
import type { Metrics } from './metrics.ts'
import type { OpenStore } from './store/open-store.ts'
import type { RevocationList } from './tokens/revocation-list.ts'

/** How old the list of revocations may be, in milliseconds: some rounds of looking for news. */
const OLDEST_REVOCATIONS = 15_000

/** How long a mail may be due before somebody should look, in milliseconds. */
const LATEST_MAIL = 300_000

/** What is looked at. */
export interface MonitorDeps {
  readonly store: OpenStore
  readonly revocations: RevocationList
  readonly clock: Clock
  readonly metrics: Metrics
}

/** Makes the monitor. */
export function createMonitor({ store, revocations, clock, metrics }: MonitorDeps): Monitor {
  return {
    metrics: metrics.render,
    readiness: async () => {
      const checks: Partial<Record<Part, PartState>> = {}
      // whoever does not know what was revoked would let in whom others refuse
      checks.revocations = revocations.age > OLDEST_REVOCATIONS ? 'late' : 'ok'
      // it looks by itself meanwhile, so others lose nothing but a second
      if (store.listening !== 'off') checks.announcements = store.listening === 'listening' ? 'ok' : 'late'
      try {
        await store.ping()
        checks.database = 'ok'
        const isPending = (await store.migrationStatus()).some(({ state }) => state === 'pending')
        checks.migrations = isPending ? 'pending' : 'ok'
        checks.outbox = (await store.outbox.backlog(clock.now())).lag > LATEST_MAIL ? 'late' : 'ok'
      } catch {
        checks.database = 'unavailable'
      }
      const { database, migrations, revocations: list } = checks
      return { ready: database === 'ok' && migrations === 'ok' && list === 'ok', checks }
    },
  }
}
