/** `doorward migrate`: brings the database up to date, or says where it stands. */
import { databaseStatus, migrateDatabase } from '@doorward/server/database'
import { Argument, Command } from 'commander'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

/** `up` applies what is missing; `status` and `plan` only look. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database up to date, or look at what is missing')
    .addArgument(new Argument('[what]', 'what to do').choices(['up', 'status', 'plan']).default('up'))
    .action(async (what: 'up' | 'status' | 'plan', _: unknown, command: Command) => {
      const { settings, json } = await loadProject(command)
      const before = await databaseStatus(settings)
      const pending = before.filter(({ state }) => state === 'pending').map(({ name }) => name)
      if (what === 'status') {
        return printResult(
          before,
          before.map(({ name, state }) => `${state.padEnd(8)} ${name}`).join('\n'),
          json,
        )
      }
      const list = pending.map((name) => `  ${name}`).join('\n')
      if (what === 'plan') {
        return printResult({ pending }, pending.length > 0 ? `To apply:\n${list}` : 'Nothing to apply.', json)
      }
      await migrateDatabase(settings)
      const text = pending.length > 0 ? `Applied:\n${list}` : 'The database is up to date.'
      return printResult({ applied: pending }, text, json)
    })
