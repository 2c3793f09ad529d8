/** Runs the command line as people do: a process of its own, in a folder of its own, without a terminal. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { keepLog } from '../../../packages/server/src/testing/log-trail.ts'

const MAIN = resolve(import.meta.dirname, '../src/main.ts')

/** The secret that commands run with. */
export const SECRET = 'a secret of this test long enough for it'

/** What a command did. */
export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Where and with what a command runs. */
export interface RunOptions {
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  /** Standard input. */
  readonly input?: string
  /** Where standard output goes: to a file, or to a reader that is gone. */
  readonly stdout?: number | 'closed'
}

/** Runs a command to its end. */
export async function run(
  args: readonly string[],
  { folder, env = {}, input, stdout }: RunOptions,
): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH ?? '',
      DOORWARD_SECRET: SECRET,
      ...env,
    },
    stdio: ['pipe', typeof stdout === 'number' ? stdout : 'pipe', 'pipe'],
  })
  if (stdout === 'closed') child.stdout?.destroy()
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
    keepLog(String(chunk))
  })
  child.stdin?.end(input)
  const [code] = await once(child, 'close')
  return { code: code as number | null, out, err }
}
