import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DifferentialConfig } from './config.ts'

/** A server that this harness started and will stop. */
export interface Launched {
  readonly url: string
  close(): Promise<void>
}

/** Where a started server listens, and where it delivers its mails. */
export interface Ports {
  readonly port: number
  readonly smtpPort: number
}

/** Why no reference can be started here; undefined if one can. */
export async function referenceMissing(config: DifferentialConfig): Promise<string | undefined> {
  if (config.reference.url !== undefined) return undefined
  const start = join(config.referenceDir, 'start')
  if (!existsSync(start))
    return `there is no ${start} (set REFERENCE_DIR, or REFERENCE_URL for a running one)`
  const probe = 'import django, rest_framework, rest_framework_simplejwt, djoser, gunicorn'
  const { code } = await run('/usr/bin/python3', ['-c', probe], {}).catch(() => ({ code: -1 }))
  return code === 0
    ? undefined
    : 'its Python packages (Django, DRF, Djoser, SimpleJWT, gunicorn) are not installed'
}

/** Starts a private reference with an empty database. */
export async function launchReference(config: DifferentialConfig, ports: Ports): Promise<Launched> {
  const state = await mkdtemp(join(tmpdir(), 'reference-'))
  const env = {
    PORT: String(ports.port),
    REFERENCE_STATE: state,
    REFERENCE_SMTP_PORT: String(ports.smtpPort),
    REFERENCE_SECRET_KEY: config.secret,
    REFERENCE_STAFF_EMAIL: config.staff.email,
    REFERENCE_STAFF_PASSWORD: config.staff.password,
    REFERENCE_FRESH: '1',
  }
  const started = await run(join(config.referenceDir, 'start'), [], env)
  if (started.code !== 0) throw new Error(`the reference did not start:\n${started.output}`)
  return {
    url: `http://127.0.0.1:${ports.port}`,
    close: async () => {
      await run(join(config.referenceDir, 'stop'), [], env)
      await rm(state, { recursive: true, force: true })
    },
  }
}

/** Starts Doorward from the sources with the djoser preset, an empty database and a staff account. */
export async function launchDoorward(config: DifferentialConfig, ports: Ports): Promise<Launched> {
  const state = await mkdtemp(join(tmpdir(), 'doorward-'))
  const env = {
    DOORWARD_PRESET: 'djoser',
    DOORWARD_THROTTLE: 'off',
    SMTP_URL: `smtp://127.0.0.1:${ports.smtpPort}`,
    PORT: String(ports.port),
    DOORWARD_SECRET: config.secret,
    DATABASE_URL: `sqlite:${join(state, 'doorward.db')}`,
  }
  const main = join(config.repositoryRoot, 'apps/doorward/src/main.ts')
  const server = startServer(config, main, env)
  const close = async () => {
    await server.stop()
    await rm(state, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${ports.port}`
  try {
    await answers(url, server)
    await createStaff(config, main, env)
  } catch (fault) {
    await close()
    throw fault
  }
  return { url, close }
}

interface Server {
  readonly log: readonly string[]
  dead(): boolean
  stop(): Promise<void>
}

function startServer(config: DifferentialConfig, main: string, env: Record<string, string>): Server {
  const child = spawn(process.execPath, [main, 'start'], {
    cwd: config.repositoryRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  child.stdout.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const dead = () => child.exitCode !== null
  const stop = async () => {
    if (dead()) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(timer)
  }
  return { log, dead, stop }
}

async function createStaff(
  config: DifferentialConfig,
  main: string,
  env: Record<string, string>,
): Promise<void> {
  const { email, password } = config.staff
  const name = ['--first-name', 'Staff', '--last-name', 'Member', '--role', 'admin']
  const args = [main, 'createsuperuser', '--email', email, '--password', password, ...name]
  const made = await run(process.execPath, args, env, config.repositoryRoot)
  if (made.code !== 0) throw new Error(`createsuperuser failed:\n${made.output}`)
}

async function answers(url: string, server: Server): Promise<void> {
  for (let attempt = 0; attempt < 200 && !server.dead(); attempt += 1) {
    const reply = await fetch(`${url}/auth/`).catch(() => undefined)
    await reply?.arrayBuffer()
    if (reply?.ok) return
    await sleep(100)
  }
  throw new Error(`Doorward did not start:\n${server.log.join('')}`)
}

function run(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  cwd?: string,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const output: string[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()))
    child.once('error', reject)
    // `exit`, not `close`: a daemon keeps the pipes open after its starter has gone.
    child.once('exit', (code) => resolve({ code: code ?? -1, output: output.join('') }))
  })
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
