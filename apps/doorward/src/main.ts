#!/usr/bin/env node
/** The command line: `doorward <command>`. Each command is a file under `commands/`. */
import { Command } from 'commander'
import { COMMANDS } from './commands.ts'
import { endWithOutput, reportFailure } from './output.ts'

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

const isJson = () => program.opts<{ json?: boolean }>().json === true

endWithOutput(isJson)
try {
  await program.parseAsync()
} catch (error) {
  reportFailure(error, isJson())
}
