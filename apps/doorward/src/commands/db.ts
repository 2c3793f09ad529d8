/** `doorward db copy`: from SQLite to PostgreSQL when a project grows, and back. */
import { type CopyProgress, copyDatabase } from '@doorward/server/copy'
import { SingleBar } from 'cli-progress'
import { Command } from 'commander'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

/** Copies the configured database with its signing keys to the one that `--to` names. */
export const dbCommand = (): Command =>
  new Command('db').description('work on the database as a whole').addCommand(
    new Command('copy')
      .description('copy everything to another, empty database; the server must not run meanwhile')
      .requiredOption('--to <url>', 'where to: `sqlite:<file>` or `postgres://…`')
      .action(async ({ to }: { to: string }, command: Command) => {
        const { settings, json } = await loadProject(command)
        const bar = progressBar()
        const report = await copyDatabase(settings, { to, onProgress: bar.show }).finally(bar.stop)
        const lines = report.tables.map(({ name, rows, sha256 }) => `  ${name}: ${rows} rows, ${sha256}`)
        const beginning = report.resumed ? 'Copied the rest' : 'Copied'
        const text = `${beginning}; both sides are the same:\n${lines.join('\n')}\nSet DATABASE_URL to the new address, and keep DOORWARD_SECRET.`
        printResult(report, text, json)
      }),
  )

/** A bar where somebody sees it, on stderr; nothing else. */
function progressBar(): { show(progress: CopyProgress): void; stop(): void } {
  if (!process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar({
    format: '{step} {bar} {percentage}% | {value}/{total} rows | {table}',
    stream: process.stderr,
    hideCursor: true,
  })
  let step: CopyProgress['step'] | undefined
  return {
    show: ({ done, total, ...where }) => {
      if (where.step !== step) bar.start(total, done, where)
      step = where.step
      bar.update(done, where)
    },
    stop: () => bar.stop(),
  }
}
