/** The sections of settings about running Doorward: what is recorded, measured and kept. */
import { metricsToken } from './checks.ts'
import { duration, flag, optionalText } from './descriptors.ts'

/** Sections `audit` and `metrics`. */
export const operationSettings = {
  audit: {
    endpoints: flag({
      default: true,
      djoser: false,
      doc: 'Whether `activity/` and `admin/audit/` exist. The audit log is written in any case.',
    }),
    retention: duration({
      default: 31_536_000,
      min: 86_400,
      env: 'AUDIT_RETENTION',
      doc: 'How long an entry of the audit log is kept. It holds ids and IP addresses of persons.',
    }),
  },
  metrics: {
    token: optionalText({
      default: null,
      env: 'METRICS_TOKEN',
      check: metricsToken,
      doc: 'Who sends it as `Authorization: Bearer …` may read `/metrics`. Unset: in production nobody, in development whoever asks on this machine.',
    }),
  },
} as const
