#!/usr/bin/env node
/** The command line: `doorward <command>`. Each command is a file under `commands/`. */
import { Command } from 'commander'

/** The commands by name. A command brings what it needs, and only the one that was asked for is loaded. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).startCommand(),
  dev: async () => (await import('./commands/start.ts')).devCommand(),
  migrate: async () => (await import('./commands/migrate.ts')).migrateCommand(),
  db: async () => (await import('./commands/db.ts')).dbCommand(),
  backup: async () => (await import('./commands/backup.ts')).backupCommand(),
  createsuperuser: async () => (await import('./commands/createsuperuser.ts')).createSuperuserCommand(),
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand(),
  keys: async () => (await import('./commands/keys.ts')).keysCommand(),
  users: async () => (await import('./commands/users.ts')).usersCommand(),
  mail: async () => (await import('./commands/mail.ts')).mailCommand(),
  audit: async () => (await import('./commands/audit.ts')).auditCommand(),
  import: async () => (await import('./commands/import.ts')).importCommand(),
  export: async () => (await import('./commands/export.ts')).exportCommand(),
  openapi: async () => (await import('./commands/openapi.ts')).openapiCommand(),
}

const program = new Command('doorward')
  .description('Accounts for a REST API: register, verify by mail, sign in, JWT, refresh, reset.')
  .version('0.1.0')
  .option('--config <file>', 'configuration file (default: doorward.config.ts, if there is one)')
  .option('--json', 'write results as JSON')
  .showHelpAfterError()

const asked = process.argv.slice(2).filter((argument) => Object.hasOwn(COMMANDS, argument))
for (const name of asked.length > 0 ? asked : Object.keys(COMMANDS)) {
  const command = await COMMANDS[name]?.()
  if (command) program.addCommand(command)
}

try {
  await program.parseAsync()
} catch (error) {
  const { reportFailure } = await import('./output.ts')
  reportFailure(error, program.opts<{ json?: boolean }>().json === true)
}
