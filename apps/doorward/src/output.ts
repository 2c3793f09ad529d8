/** What commands print: for people, or with `--json` one JSON value. */
import { once } from 'node:events'
import type { ErrorCode } from '@doorward/server'
import { ConfigurationError, DoorwardError, sentence } from '@doorward/server'

/** Prints a result in the form asked for. */
export function printResult(result: unknown, text: string, json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text}\n`)
}

/** Writes a long text part by part, no faster than it is read. */
export async function writeParts(parts: AsyncIterable<string>): Promise<void> {
  for await (const part of parts) {
    if (!process.stdout.write(part)) await once(process.stdout, 'drain')
  }
}

/**
 * Ends the process with 1 when standard output takes no more: a full disk is told, a reader that has seen enough
 * (`| head`) needs no words.
 */
export function endWithOutput(isJson: () => boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') reportFailure(error, isJson())
    process.exit(1)
  })
}

/** For `catch`: a sentence that says what to do, instead of the one of an error code that speaks to callers of the API. */
export const insteadOf =
  (code: ErrorCode, says: string) =>
  (error: unknown): never => {
    throw error instanceof DoorwardError && error.code === code
      ? new TypeError(says, { cause: error })
      : error
  }

/** Says why a command failed, on stderr, and makes the process exit with 1. */
export function reportFailure(error: unknown, json: boolean): void {
  const lines = reasons(error)
  process.stderr.write(`${json ? JSON.stringify({ error: lines }) : lines.join('\n')}\n`)
  process.exitCode = 1
}

function reasons(error: unknown): readonly string[] {
  if (error instanceof DoorwardError) {
    return error.issues.map((issue) => `${issue.path ? `${issue.path}: ` : ''}${sentence(issue)}`)
  }
  // a configuration file is a program: what it failed with is the half of the answer that says where
  if (error instanceof ConfigurationError && error.cause instanceof Error) {
    return [error.message, `${error.cause.name}: ${error.cause.message}`]
  }
  // mistakes of the operator come as TypeError and say what to do; a stack would only hide that
  if (error instanceof TypeError) return [error.message]
  // and a file that is not there, or not theirs, says its name itself
  if (error instanceof Error && 'syscall' in error) return [error.message]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}
