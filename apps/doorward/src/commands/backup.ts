/** `doorward backup <file>`: the SQLite database as it is now, while the server runs. */
import { backup } from '@doorward/server/backup'
import { Command } from 'commander'
import { fileName } from '../arguments.ts'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

/** Writes the database and, beside it, the sealed signing keys. */
export const backupCommand = (): Command =>
  new Command('backup')
    .description('write a copy of the SQLite database and its signing keys; the server may run meanwhile')
    .argument('<file>', 'file to write; it must not be there', fileName)
    .action(async (file: string, _: unknown, command: Command) => {
      const { settings, json } = await loadProject(command)
      const written = backup(settings, file)
      const files = [written.database, ...(written.keys === null ? [] : [written.keys])]
      printResult(
        written,
        `Wrote ${files.join(' and ')}. They are worth nothing without DOORWARD_SECRET.`,
        json,
      )
    })
