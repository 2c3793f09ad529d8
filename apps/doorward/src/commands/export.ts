/** `doorward export`: all accounts, so that nobody is locked in. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { exportUsers } from '@doorward/server/transfer'
import { Command, Option } from 'commander'
import { withDoorward } from '../host.ts'
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
    .option('--output <file>', 'file to write, readable by its owner alone; it must not exist yet')
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
        const file = createWriteStream(output, { flags: 'wx', mode: 0o600 })
        await pipeline(Readable.from(parts), file).catch(explain).finally(progress.stop)
        printResult({ accounts, output }, `Exported ${accounts} accounts to ${output}.`, json)
      }),
    )

function explain(error: NodeJS.ErrnoException): never {
  if (error.code === 'EEXIST')
    throw new TypeError(`${error.path} exists already. Give the name of a new file.`)
  throw error
}
