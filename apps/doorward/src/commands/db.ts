/** `doorward db copy`: from SQLite to PostgreSQL when a project grows, and back. */
import { copyDatabase } from '@doorward/server/copy'
import { Command } from 'commander'
import { printResult } from '../output.ts'
import { createProgress } from '../progress.ts'
import { loadProject } from '../project.ts'

/** Copies the configured database with its signing keys to the one that `--to` names. */
export const dbCommand = (): Command =>
  new Command('db').description('work on the database as a whole').addCommand(
    new Command('copy')
      .description('copy everything to another, empty database; the server must not run meanwhile')
      .requiredOption('--to <url>', 'where to: `sqlite:<file>` or `postgres://…`')
      .action(async ({ to }: { to: string }, command: Command) => {
        const { settings, json } = await loadProject(command)
        const progress = createProgress('rows')
        const report = await copyDatabase(settings, {
          to,
          onProgress: ({ step, table, done, total }) => progress.show(step, done, total, table),
        }).finally(progress.stop)
        const lines = report.tables.map(({ name, rows, sha256 }) => `  ${name}: ${rows} rows, ${sha256}`)
        const beginning = report.resumed ? 'Copied the rest' : 'Copied'
        const text = `${beginning}; both sides are the same:\n${lines.join('\n')}\nSet DATABASE_URL to the new address, and keep DOORWARD_SECRET.`
        printResult(report, text, json)
      }),
  )
