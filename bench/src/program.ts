/** Programs that are measured: each in a process of its own, stopped at the end whatever happens. */
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How a program is started. */
export interface ProgramInput {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** A path that is answered with 200 when it is ready. */
  readonly ready: string
  readonly port: number
}

/** A program that runs. */
export interface Program {
  readonly url: string
  readonly pid: number
  /** From the start of the process to its first answer, in milliseconds. */
  readonly startedIn: number
  stop(): Promise<void>
}

const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** How long a program may take to its first answer, in milliseconds. */
const PATIENCE = 60_000

/** Starts a program and waits for its first answer. */
export async function startProgram(input: ProgramInput): Promise<Program> {
  const started = performance.now()
  const child = spawn(input.command, input.args, {
    env: { ...process.env, ...input.env },
    ...(input.cwd !== undefined && { cwd: input.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const log = logOf(child)
  const url = `http://127.0.0.1:${input.port}`
  while (!(await answers(`${url}${input.ready}`))) {
    if (child.exitCode !== null) throw new TypeError(`${input.name} ended:\n${log()}`)
    if (performance.now() - started > PATIENCE)
      throw new TypeError(`${input.name} does not answer:\n${log()}`)
    await sleep(5)
  }
  const startedIn = performance.now() - started
  return { url, pid: child.pid ?? 0, startedIn, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
    await once(child, 'exit')
    clearTimeout(timer)
  }
  running.delete(child)
}

/** The last that a program said. Its output is read to the end, or the program would wait for the reader. */
function logOf(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const request = get(url, { agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    request.on('error', () => resolve(false))
  })

/** Runs a program to its end and gives what it printed. TypeError when it fails. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<string> {
  const child = spawn(command, args, {
    env: { ...process.env, ...options.env },
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  const add = (chunk: Buffer) => {
    output += chunk.toString()
  }
  child.stdout.on('data', add)
  child.stderr.on('data', add)
  // `exit`, not `close`: a daemon keeps the pipes open after its starter has gone
  const [code] = await once(child, 'exit')
  running.delete(child)
  if (code !== 0) throw new TypeError(`${command} ${args.join(' ')} failed:\n${output}`)
  return output
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Memory of processes, in MB. */
export interface Memory {
  /** What `ps` shows: with the text of programs, which processes share. */
  readonly resident: number
  /** What would be free without them. */
  readonly private: number
}

/** Asks Linux; elsewhere the numbers are NaN. */
export function memoryOf(pids: readonly number[]): Memory {
  const read = (name: string): number => {
    const sizes = pids.map((pid) => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0)
    })
    return sizes.reduce((sum, size) => sum + size, 0) / 1024
  }
  try {
    return { resident: read('VmRSS'), private: read('RssAnon') }
  } catch {
    return { resident: Number.NaN, private: Number.NaN }
  }
}
