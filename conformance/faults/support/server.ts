/** The real server as its own process, with everything it needs in a folder that goes away. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { within } from './report.ts'

const MAIN = resolve(import.meta.dirname, '../../../apps/doorward/src/main.ts')

/** Passwords take no time, so that the load is on the database and not on the hashing. */
const CONFIG = `export const config = { passwords: { memoryCost: 8, timeCost: 1 } }\n`

/** A free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => probe.once('listening', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address ? address.port : 0
}

/** A place where a server can run, stop and run again. */
export interface Installation {
  readonly folder: string
  readonly url: string
  start(): Promise<void>
  /** Runs another command of `doorward` on it, to its end. */
  run(...args: readonly string[]): string
  /** Sends a signal; resolves when the process is gone, unless it only pauses or goes on. */
  signal(signal: NodeJS.Signals): Promise<void>
  /** How much memory the server holds, in MiB. */
  memory(): number
  /** What the server said on stderr and stdout, its last lines. */
  readonly log: () => string
  close(): Promise<void>
}

/**
 * Lays out an installation. `env` is added to what it needs anyway; `node` are arguments for node itself; `config` is
 * the text of its configuration file, without which passwords take no time.
 */
export async function install(
  env: Readonly<Record<string, string>>,
  node: readonly string[] = [],
  { config = CONFIG }: { readonly config?: string } = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-fault-'))
  writeFileSync(join(folder, 'doorward.config.mjs'), config)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let log = ''
  const environment: NodeJS.ProcessEnv = {
    CLOCK_FILE: join(folder, 'clock'),
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    LOG_LEVEL: 'error',
    DOORWARD_SECRET: 'a secret of the fault scripts, long enough',
    DOORWARD_THROTTLE: 'off',
    ...env,
  }
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child?.once('exit', done))
    child.kill(signal)
    if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await gone
  }
  return {
    folder,
    url,
    memory: () => {
      const [, kib] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child?.pid}/status`, 'utf8')) ?? []
      return Math.round(Number(kib) / 1024)
    },
    log: () => log.split('\n').slice(-15).join('\n'),
    run: (...args) =>
      execFileSync(process.execPath, [MAIN, ...args], { cwd: folder, env: environment, encoding: 'utf8' }),
    start: async () => {
      child = spawn(process.execPath, [...node, MAIN, 'start'], {
        cwd: folder,
        env: environment,
      })
      const keep = (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-20_000)
      }
      child.stdout?.on('data', keep)
      child.stderr?.on('data', keep)
      const answers = () =>
        fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      if (await within(60_000, answers)) return
      await stop('SIGKILL')
      throw new TypeError(`the server did not start:\n${log}`)
    },
    signal: stop,
    close: async () => {
      await stop('SIGCONT')
      await stop('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
