/**
 * The last test of every run: of all that was logged while the suite ran, no line holds a password or a token. The
 * logs are those of every Doorward that a test made, and of every server that a test started by `keepOutput`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TRAIL_VARIABLE } from '../packages/server/src/testing/log-trail.ts'

/** Tokens that no `Secret` holds while they travel: they are known by their form. */
const TOKENS: readonly (readonly [what: string, form: RegExp])[] = [
  ['a signed token', /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{20,}/],
  ['a token of a mailed link', /(?<![\w-])[a-z0-9]{5,7}-[0-9a-f]{32}(?![\w-])/],
  ['a database token', /(?<![\w-])[0-9a-f]{40}(?![\w-])/],
  ['a password hash', /\$argon2|pbkdf2_sha\d+\$\d/],
]

/**
 * Which texts are looked for: what somebody might really have as a password. Tests also send `password`, `x` and
 * the names of fields, which logs may well hold.
 */
const isTelling = (text: string): boolean => text.length >= 8 && /[A-Z]/.test(text) && /\d/.test(text)

/** Lines that hold a secret, each with what it is; the secret itself is not repeated. */
export function findSecrets(log: string, secrets: Iterable<string>): readonly string[] {
  const looked = [...new Set(secrets)].filter(isTelling)
  const byStart = Map.groupBy(looked, (secret) => secret.slice(0, 8))
  return log.split('\n').flatMap((line) => {
    const found = TOKENS.filter(([, form]) => form.test(line)).map(([what]) => what)
    for (let i = 0; i + 8 <= line.length; i += 1) {
      const candidates = byStart.get(line.slice(i, i + 8))
      if (candidates?.some((secret) => line.startsWith(secret, i))) found.push('a password or key')
    }
    return found.map((what) => `${what} in: ${line.slice(0, 100)}…`)
  })
}

/** Runs before the first test; what it returns runs after the last, and throws if a secret was logged. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-logs-'))
  process.env[TRAIL_VARIABLE] = folder
  return () => {
    const files = readdirSync(folder)
    const read = (kind: string) =>
      files
        .filter((name) => name.endsWith(kind))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
        .join('')
    const log = read('.log')
    const secrets = read('.secrets')
      .split('\n')
      .filter(Boolean)
      .map((line) => String(JSON.parse(line)))
    rmSync(folder, { recursive: true })
    const findings = findSecrets(log, secrets)
    if (findings.length > 0) {
      process.exitCode = 1
      throw new TypeError(`Secrets were logged:\n${findings.slice(0, 20).join('\n')}`)
    }
    const lines = log.split('\n').length - 1
    process.stdout.write(`Logs: ${lines} lines, and none of ${new Set(secrets).size} secrets in them\n`)
  }
}
