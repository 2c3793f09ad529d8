/** The sections of settings about running Doorward: what is recorded, measured and kept. */
import { duration, flag } from './descriptors.ts'

/** Section `audit`. */
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
} as const
