/** `doorward audit`: reads the audit log, and takes it away. */
import type { AuditAction, AuditEntry } from '@doorward/server'
import { AUDIT_ACTIONS } from '@doorward/server'
import { auditFile, auditPage } from '@doorward/server/audit'
import { Command, Option } from 'commander'
import { moment, wholeNumber } from '../arguments.ts'
import { withDoorward } from '../host.ts'
import { printResult, writeParts } from '../output.ts'
import { commandLine } from '../project.ts'

interface Filter {
  user?: number
  actor?: number
  action?: AuditAction
  address?: string
  since?: number
  until?: number
}

const withFilter = (command: Command): Command =>
  command
    .option('--user <id>', 'about this account', wholeNumber)
    .option('--actor <id>', 'done by this account', wholeNumber)
    .addOption(new Option('--action <action>', 'what happened').choices(Object.keys(AUDIT_ACTIONS)))
    .option('--address <ip>', 'from this IP address')
    .option('--since <time>', 'from this moment on', moment)
    .option('--until <time>', 'before this moment', moment)

const queryOf = ({ user: userId, actor: actorId, action, address, since, until }: Filter) => ({
  ...{ userId, actorId, action, address, since, until },
})

const line = ({ id: number, at, action, actorId, userId, address, details }: AuditEntry): string =>
  [
    String(number).padStart(6),
    new Date(at).toISOString(),
    action.padEnd(24),
    `by ${actorId ?? '-'}`.padEnd(9),
    `user ${userId ?? '-'}`.padEnd(11),
    address.padEnd(15),
    ...(Object.keys(details).length > 0 ? [JSON.stringify(details)] : []),
  ].join('  ')

/** `list` shows the newest entries; `export` writes all that fit to standard output, and is itself recorded. */
export const auditCommand = (): Command =>
  new Command('audit')
    .description('read the audit log')
    .addCommand(
      withFilter(new Command('list').description('show the newest entries'))
        .option('--limit <number>', 'how many', wholeNumber, 50)
        .action((filter: Filter & { limit: number }, command: Command) =>
          withDoorward(command, async ({ doorward, json }) => {
            const entries = await auditPage(doorward, { ...queryOf(filter), limit: filter.limit })
            printResult(
              entries.map(({ shown }) => shown),
              entries.map(({ entry }) => line(entry)).join('\n'),
              json,
            )
          }),
        ),
    )
    .addCommand(
      withFilter(new Command('export').description('write all entries to standard output'))
        .addOption(new Option('--format <format>', 'how to write').choices(['csv', 'json']).default('csv'))
        .action((filter: Filter & { format: 'csv' | 'json' }, command: Command) =>
          withDoorward(command, async ({ doorward }) => {
            const request = { format: filter.format, query: queryOf(filter), origin: commandLine() }
            await writeParts(auditFile(doorward, request))
          }),
        ),
    )
