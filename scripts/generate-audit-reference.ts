/** Writes `docs/reference/audit.md` from the table of actions. `auditReference()` is what it should hold. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { AUDIT_ACTIONS } from '@doorward/server'

const PAGE = resolve(import.meta.dirname, '../docs/reference/audit.md')

/** The page. */
export function auditReference(): string {
  const rows = Object.entries(AUDIT_ACTIONS).map(
    ([code, { result, message }]) => `| \`${code}\` | ${result} | ${message} |`,
  )
  return [
    '# What the audit log records',
    '',
    'Generated from `packages/server/src/domain/audit.ts`. The codes never change. How to read the log:',
    '[operate](../guides/operate.md#the-audit-log).',
    '',
    '| action | result | what happened |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, auditReference())
