/** What commands print: for people, or with `--json` one JSON value. */
import { DoorwardError, sentence } from '@doorward/server'

/** Prints a result in the form asked for. */
export function printResult(result: unknown, text: string, json: boolean): void {
  process.stdout.write(`${json ? JSON.stringify(result, null, 2) : text}\n`)
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
  // mistakes of the operator come as TypeError and say what to do; a stack would only hide that
  if (error instanceof TypeError) return [error.message]
  // and a file that is not there, or not theirs, says its name itself
  if (error instanceof Error && 'syscall' in error) return [error.message]
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
}
