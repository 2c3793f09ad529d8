/** `doorward migrate`: brings the database up to date, or says where it stands. */
import { databasePlan, databaseStatus, migrateDatabase } from '@doorward/server/database'
import { Argument, Command } from 'commander'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

/** `up` applies what is missing; `status` says where it stands, `plan` prints the statements that `up` would run. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('bring the database up to date, or look at what is missing')
    .addArgument(new Argument('[what]', 'what to do').choices(['up', 'status', 'plan']).default('up'))
    .action(async (what: 'up' | 'status' | 'plan', _: unknown, command: Command) => {
      const { settings, json } = await loadProject(command)
      if (what === 'status') {
        const status = await databaseStatus(settings)
        const lines = status.map(({ name, state }) => `${state.padEnd(8)} ${name}`)
        return printResult(status, lines.join('\n'), json)
      }
      const plan = await databasePlan(settings)
      if (what === 'plan') {
        const sections = plan.map(({ name, statements }) => `-- ${name}\n${statements.join(';\n')};`)
        return printResult(plan, sections.join('\n\n') || 'Nothing to apply.', json)
      }
      await migrateDatabase(settings)
      const applied = plan.map(({ name }) => name)
      const lines = applied.map((name) => `  ${name}`)
      const text = applied.length > 0 ? `Applied:\n${lines.join('\n')}` : 'The database is up to date.'
      return printResult({ applied }, text, json)
    })
