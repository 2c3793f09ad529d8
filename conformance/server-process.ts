/** The server as people run it: a process of its own, for tests of what only a process can show. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { expect, vi } from 'vitest'
import { keepLog } from '../packages/server/src/testing/log-trail.ts'

const MAIN = resolve(import.meta.dirname, '../apps/doorward/src/main.ts')

/** A running server. */
export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  /** What it wrote so far. */
  output(): string
  /** Sends the signal and gives the exit code; null when the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** A port that nobody uses now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

/**
 * Starts `doorward start` in a folder, with this environment and no other, and waits until it is ready, for `patience`
 * milliseconds: two seconds where nothing else runs, and ten times that beside others; hooks end after sixty. One
 * that does not become ready is ended.
 */
export async function startServer(
  folder: string,
  env: Readonly<Record<string, string>>,
  patience = 50_000,
): Promise<ServerProcess> {
  const port = env.PORT ?? String(await freePort())
  const child = spawn(process.execPath, [MAIN, 'start'], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', PORT: port, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk
      keepLog(String(chunk))
    })
  }
  const url = `http://127.0.0.1:${port}`
  const isReady = async () => expect((await fetch(`${url}/ready`)).ok, output).toBe(true)
  await vi.waitFor(isReady, { timeout: patience, interval: 50 }).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  return {
    url,
    child,
    output: () => output,
    end: async (signal) => {
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code] = await exited
      return code as number | null
    },
  }
}
