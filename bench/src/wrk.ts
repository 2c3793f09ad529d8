/** Load from `wrk`, a generator in C. */
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bodies, Effort, Load } from './load.ts'
import type { Measurement } from './measurement.ts'

const SCRIPT = join(import.meta.dirname, 'wrk.lua')

/** Runs it once, on one thread: one processor is for the server. */
export async function driveWithWrk(load: Load, effort: Effort): Promise<Measurement> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const bodies = join(folder, 'bodies')
  const script = join(folder, 'load.lua')
  try {
    await writeFile(bodies, linesOf(load.bodies).join('\n'))
    await writeFile(script, scriptOf(load))
    const { kind = 'same' } = load.bodies ?? {}
    const field = load.bodies?.kind === 'chain' ? load.bodies.field : ''
    const env = { ...process.env, BENCH_KIND: kind, BENCH_FIELD: field, BENCH_BODIES: bodies }
    const { connections, seconds } = effort
    const args = [
      '-t1',
      `-c${connections}`,
      `-d${Math.ceil(seconds)}`,
      '--timeout',
      '30',
      '-s',
      script,
      load.url,
    ]
    return read(await run(args, env))
  } finally {
    await rm(folder, { recursive: true })
  }
}

const linesOf = (bodies: Bodies | undefined): readonly string[] => {
  if (bodies?.kind === 'each') return bodies.texts
  return bodies?.kind === 'chain' ? bodies.first : []
}

/** Method, headers and the body that is always the same are written into the script, then comes the common part. */
function scriptOf({ method, headers, bodies }: Load): string {
  const lines = [
    `wrk.method = ${JSON.stringify(method)}`,
    ...Object.entries(headers).map(
      ([name, value]) => `wrk.headers[${JSON.stringify(name)}] = ${quote(value)}`,
    ),
    ...(bodies?.kind === 'same' ? [`wrk.body = ${quote(bodies.text)}`] : []),
    `dofile(${JSON.stringify(SCRIPT)})`,
  ]
  return lines.join('\n')
}

/** A long bracket takes everything as it is. */
const quote = (text: string): string => `[==[${text}]==]`

function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk
    })
    child.once('error', reject)
    child.once('close', () => resolve(output))
  })
}

interface Report {
  readonly requests: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  readonly failed: number
}

function read(output: string): Measurement {
  const line = output.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) throw new TypeError(`wrk did not report:\n${output}`)
  const { requests, seconds, p50, p99, max, failed } = JSON.parse(line) as Report
  return { perSecond: (requests - failed) / seconds, p50, p99, max, failed }
}
