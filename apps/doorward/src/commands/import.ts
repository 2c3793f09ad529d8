/** `doorward import`: accounts of another system, with their passwords. */
import { Secret } from '@doorward/server'
import type { FileFormat, ImportReport } from '@doorward/server/transfer'
import { importUsers } from '@doorward/server/transfer'
import { Command, Option } from 'commander'
import { fileName } from '../arguments.ts'
import { askPassword } from '../ask.ts'
import { withDoorward } from '../host.ts'
import { printResult } from '../output.ts'
import { createProgress } from '../progress.ts'
import { commandLine } from '../project.ts'

interface Options {
  format?: FileFormat
  check?: boolean
  skipFaulty?: boolean
  newIds?: boolean
  sample?: string
}

/** Exits with 1 when a row is faulty or the sample's password is wrong. */
export const importCommand = (): Command =>
  new Command('import')
    .description(
      'import accounts with their password hashes: Django dumpdata, CSV, JSON lines or a JSON list',
    )
    .argument('<file>', 'file to import; all of it is checked before anything is written', fileName)
    .addOption(new Option('--format <format>', 'how it is written').choices(['csv', 'jsonl', 'json']))
    .option('--check', 'only check; write nothing')
    .option(
      '--sample <email>',
      'try the password of this account in the file first (asked for, or from stdin)',
    )
    .option('--skip-faulty', 'import the good rows although there are faulty ones')
    .option('--new-ids', 'give new ids instead of those in the file')
    .action(async (path: string, options: Options, command: Command) => {
      const { sample: email } = options
      const password = email === undefined ? null : new Secret(await askPassword(`Password of ${email}`))
      await withDoorward(command, async ({ doorward, json }) => {
        const progress = createProgress('bytes')
        const report = await importUsers(doorward, {
          path,
          format: options.format,
          check: options.check === true,
          skipFaulty: options.skipFaulty === true,
          newIds: options.newIds === true,
          sample: email !== undefined && password ? { email, password } : undefined,
          origin: commandLine(),
          onProgress: ({ step, done, total }) => progress.show(step, done, total),
        }).finally(progress.stop)
        printResult(report, textOf(report, options), json)
        const isFaulty = report.faults.length > 0 && options.skipFaulty !== true
        if (isFaulty || (report.sample ?? true) !== true) process.exitCode = 1
      })
    })

const SAMPLE = {
  true: 'The password of the sample is right.',
  false: 'The password of the sample is WRONG.',
  absent: 'The sample is NOT among the accounts of the file that can be imported.',
}

/** How many faults are written out for people; `--json` has all. */
const SHOWN_FAULTS = 50

function textOf(report: ImportReport, { check }: Options): string {
  const { rows, accounts, faults, others, ignored, written, sample } = report
  const passedOver = Object.entries(others).map(([what, count]) => `${count} of ${what}`)
  const shown = faults.slice(0, SHOWN_FAULTS)
  return [
    `${rows} rows: ${accounts} accounts, ${faults.length} faults`,
    ...(passedOver.length > 0
      ? [`Passed over, for they are about something else: ${passedOver.join(', ')}`]
      : []),
    ...(ignored.length > 0 ? [`Names that mean nothing here: ${ignored.join(', ')}`] : []),
    ...shown.map(({ row, email, reason }) => `  row ${row}${email === null ? '' : ` (${email})`}: ${reason}`),
    ...(faults.length > shown.length
      ? [`  … and ${faults.length - shown.length} more (--json lists all)`]
      : []),
    ...(sample === null ? [] : [SAMPLE[`${sample}`]]),
    written === null
      ? check
        ? 'Checked. Nothing was written.'
        : 'Nothing was written. Mend the file, or give --skip-faulty.'
      : `Imported ${written.stored} accounts; ${written.existing} were there already.`,
  ].join('\n')
}
