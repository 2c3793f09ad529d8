/** The limits of the machine: what no server that keeps the same promises could beat. */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Measurement } from '../measurement.ts'
import { freePort, runProgram, startProgram } from '../program.ts'

/** What the bare server is built on. */
export type Frame = 'node' | 'hono' | 'express'

const HOP = new Set(['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** A server on the frame alone, whose answer to everything is what the given load is answered now. */
export async function bareServer(lab: Lab, load: Load, frame: Frame = 'node'): Promise<Load> {
  const body = load.bodies?.kind === 'same' ? load.bodies.text : undefined
  const answer = await fetch(load.url, { method: load.method, headers: load.headers, body })
  const headers = [...answer.headers].filter(([name]) => !HOP.has(name))
  const port = await freePort()
  const said = JSON.stringify({ status: answer.status, headers, body: await answer.text() })
  const program = await startProgram({
    name: `bare ${frame}`,
    command: process.execPath,
    args: [join(import.meta.dirname, '../programs/bare.ts'), String(port), frame, said],
    ready: '/',
    port,
  })
  lab.atEnd(program.stop)
  return { ...load, url: `${program.url}${new URL(load.url).pathname}` }
}

/** Work that is measured without a server around it. */
export type BareWork = 'hash' | 'commit' | 'signatures'

/** Does one kind of work and nothing else, for so many seconds, in a process of its own. */
export async function bareWork(lab: Lab, work: BareWork, seconds: number): Promise<Measurement> {
  const program = join(import.meta.dirname, '../programs/limits.ts')
  const output = await runProgram(process.execPath, [program, work, String(seconds), lab.folder])
  return { perSecond: Number(output.trim()), failed: 0 }
}
