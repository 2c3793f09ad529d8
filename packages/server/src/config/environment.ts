/** What the environment says: the table's variables, their `…_FILE` forms, and names that nobody knows. */
import { readFileSync } from 'node:fs'
import type { Fault } from './configuration-error.ts'
import { nearest } from './suggest.ts'
import { ROWS } from './table.ts'

/** Environment variables by name, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The variable that names the preset; it belongs to no setting. */
export const PRESET_VARIABLE = 'DOORWARD_PRESET'

const OWN_PREFIX = 'DOORWARD_'
const FILE_SUFFIX = '_FILE'

/** Every environment variable that is read, without the `…_FILE` forms. */
export const VARIABLES: readonly string[] = [
  PRESET_VARIABLE,
  ...ROWS.flatMap((row) => (row.spec.env === undefined ? [] : [row.spec.env])),
]

/** The variable that a name belongs to: `SMTP_URL` for itself and for `SMTP_URL_FILE`. */
export const variableOf = (name: string): string =>
  name.endsWith(FILE_SUFFIX) ? name.slice(0, -FILE_SUFFIX.length) : name

/** The texts that the environment gives. A blank variable counts as unset. */
export function readEnvironment(env: Environment): {
  readonly texts: ReadonlyMap<string, string>
  readonly faults: readonly Fault[]
} {
  const texts = new Map<string, string>()
  const faults: Fault[] = [...unknownVariables(env)]
  for (const name of VARIABLES) {
    const text = given(env, name)
    const file = given(env, name + FILE_SUFFIX)
    const fault = (problem: string, fix: string) => faults.push({ key: name + FILE_SUFFIX, problem, fix })
    if (text !== undefined && file !== undefined) {
      fault(`is set beside ${name}`, 'Set only one of the two.')
    } else if (file !== undefined) {
      const content = readWithoutNewline(file)
      if ('code' in content) fault(`names a file that cannot be read (${content.code})`, 'Write its path.')
      else if (content.text.trim() === '') fault('names an empty file', `Put the value of ${name} into it.`)
      else texts.set(name, content.text)
    } else if (text !== undefined) {
      texts.set(name, text)
    }
  }
  return { texts, faults }
}

const given = (env: Environment, name: string): string | undefined =>
  env[name]?.trim() === '' ? undefined : env[name]

/** The path is never repeated: somebody may have put the secret itself where its file belongs. */
function readWithoutNewline(path: string): { text: string } | { code: string } {
  try {
    return { text: readFileSync(path, 'utf8').replace(/\r?\n$/, '') }
  } catch (error) {
    return { code: (error as NodeJS.ErrnoException).code ?? 'unknown' }
  }
}

/** Variables that carry our prefix but that nothing reads: a mistyped one would silently do nothing. */
function unknownVariables(env: Environment): readonly Fault[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(OWN_PREFIX) && !VARIABLES.includes(variableOf(name)))
    .map((name) => {
      const wanted = variableOf(name)
      const bare = wanted.slice(OWN_PREFIX.length)
      const own = VARIABLES.filter((known) => known.startsWith(OWN_PREFIX))
      const found = VARIABLES.includes(bare) ? bare : (nearest(wanted, own) ?? nearest(bare, VARIABLES))
      return {
        key: name,
        problem: 'is no environment variable of Doorward',
        fix: found ? `Did you mean \`${found}\`?` : `Known are: ${own.join(', ')}.`,
      }
    })
}
