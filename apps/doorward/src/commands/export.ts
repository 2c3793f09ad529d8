/** `doorward export`: all accounts, so that nobody is locked in. */
import { exportUsers } from '@doorward/server/transfer'
import { Command, Option } from 'commander'
import { fileName } from '../arguments.ts'
import { withDoorward } from '../host.ts'
import { writeNewFile } from '../new-file.ts'
import { printResult, writeParts } from '../output.ts'
import { createProgress } from '../progress.ts'
import { commandLine } from '../project.ts'

interface Options {
  output?: string
  format: 'jsonl' | 'csv'
  passwords: boolean
}

/** Without `--output` the accounts go to standard output, and nothing else does. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('export all accounts; `doorward import` brings them back exactly as they are')
    .option('--output <file>', 'file to write, readable by its owner alone; it must not exist yet', fileName)
    .addOption(new Option('--format <format>', 'how to write').choices(['jsonl', 'csv']).default('jsonl'))
    .option('--no-passwords', 'leave the password hashes out')
    .action(({ output, format, passwords }: Options, command: Command) =>
      withDoorward(command, async ({ doorward, json }) => {
        const request = { format, withPasswords: passwords, origin: commandLine() }
        if (output === undefined) return writeParts(exportUsers(doorward, request))
        const progress = createProgress('accounts')
        let accounts = 0
        const onProgress = (done: number): void => {
          accounts = done
          progress.show('exporting', done, done)
        }
        const parts = exportUsers(doorward, { ...request, onProgress })
        await writeNewFile(output, parts).finally(progress.stop)
        printResult({ accounts, output }, `Exported ${accounts} accounts to ${output}.`, json)
      }),
    )
