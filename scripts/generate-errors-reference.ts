/** Writes `docs/reference/errors.md` from the table of errors. `errorsReference()` is what it should hold. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ERROR_ADVICE, ERRORS } from '@doorward/server'

const PAGE = resolve(import.meta.dirname, '../docs/reference/errors.md')

/** The page. */
export function errorsReference(): string {
  const rows = Object.entries(ERRORS).map(
    ([code, { status, message }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${status} | ${message.replaceAll('|', '\\|')} |`,
  )
  return [
    '# Errors',
    '',
    'Generated from `packages/server/src/domain/errors.ts`. Clients that accept `application/problem+json` get these codes;',
    "they never change. Others get DRF's bodies: messages by field, or `detail`, with SimpleJWT's `code` for tokens.",
    '',
    '| code | status | sentence |',
    '|---|---|---|',
    ...rows,
    '',
    '## Tokens and sessions: why, and what to do',
    '',
    ...Object.entries(ERROR_ADVICE).flatMap(([code, advice]) => [`**\`${code}\`** ${advice}`, '']),
  ].join('\n')
}

if (process.argv[1] === import.meta.filename) writeFileSync(PAGE, errorsReference())
