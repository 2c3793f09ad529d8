/** Writes `docs/reference/cli.md` from the commands themselves. `cliReference()` is what it should hold. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { COMMANDS } from '../apps/doorward/src/commands.ts'

/** As the package of the command line has it, which may not be the version that scripts would get. */
type Command = Awaited<ReturnType<(typeof COMMANDS)[string]>>

const PAGE = resolve(import.meta.dirname, '../docs/reference/cli.md')

/** The page. */
export async function cliReference(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()))
  return [
    '# The command line',
    '',
    'Generated from the commands themselves (`scripts/generate-cli-reference.ts`). `npx doorward <command> --help` says the same.',
    '',
    'Before every command: `--json` writes results as JSON, `--config <file>` names the configuration. A command that fails',
    'exits with 1 and says why on standard error. Nothing is asked where there is no terminal.',
    '',
    ...commands.flatMap((command) => section(command, 'doorward')),
  ].join('\n')
}

function section(command: Command, parent: string): readonly string[] {
  const name = `${parent} ${command.name()}`
  const inner = command.commands.flatMap((one) => section(one, name))
  const options = command.options.map(({ flags, description, defaultValue }) => {
    const usual =
      defaultValue === undefined || defaultValue === '' || defaultValue === true
        ? ''
        : ` (default: \`${defaultValue}\`)`
    return `| \`${flags.replaceAll('|', '\\|')}\` | ${description.replaceAll('|', '\\|')}${usual} |`
  })
  const usage = command.commands.length > 0 ? '' : ` ${command.usage()}`.replace(' [options]', '')
  return [
    `${parent === 'doorward' ? '##' : '###'} \`${name}${usage.trimEnd()}\``,
    '',
    sentence(command.description()),
    '',
    ...(options.length > 0 ? ['| option | what it does |', '|---|---|', ...options, ''] : []),
    ...inner,
  ]
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, await cliReference())
