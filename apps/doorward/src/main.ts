#!/usr/bin/env node
/** The command line: `doorward <command>`. Each command is a file under `commands/`. */
import { Command } from 'commander'
import { backupCommand } from './commands/backup.ts'
import { createSuperuserCommand } from './commands/createsuperuser.ts'
import { dbCommand } from './commands/db.ts'
import { doctorCommand } from './commands/doctor.ts'
import { keysCommand } from './commands/keys.ts'
import { migrateCommand } from './commands/migrate.ts'
import { openapiCommand } from './commands/openapi.ts'
import { devCommand, startCommand } from './commands/start.ts'
import { reportFailure } from './output.ts'

const program = new Command('doorward')
  .description('Accounts for a REST API: register, verify by mail, sign in, JWT, refresh, reset.')
  .version('0.1.0')
  .option('--config <file>', 'configuration file (default: doorward.config.ts, if there is one)')
  .option('--json', 'write results as JSON')
  .showHelpAfterError()

for (const command of [
  startCommand,
  devCommand,
  migrateCommand,
  dbCommand,
  backupCommand,
  createSuperuserCommand,
  doctorCommand,
  keysCommand,
  openapiCommand,
]) {
  program.addCommand(command())
}

try {
  await program.parseAsync()
} catch (error) {
  reportFailure(error, program.opts<{ json?: boolean }>().json === true)
}
