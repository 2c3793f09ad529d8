/** (g) From the start of the process to the first answer, and how much memory it takes: idle, under load, for long. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lab } from '../lab.ts'
import type { Measurement, Summary } from '../measurement.ts'
import { median, summarize } from '../measurement.ts'
import type { Memory } from '../program.ts'
import { memoryOf } from '../program.ts'
import type { Ratio, Row } from '../row.ts'
import { doorward } from '../systems/doorward.ts'
import { betterAuth, djoser, djoserMissing, passport } from '../systems/peers.ts'
import { BETTER_AUTH, DJOSER, ORDINARY, PASSPORT, SQLITE } from './names.ts'
import { readMeLoad } from './read-me.ts'
import { refreshLoad } from './refresh.ts'
import { signInLoad } from './sign-in.ts'

const single = (name: string, value: number): Summary => {
  const round: Measurement = { perSecond: value, failed: 0 }
  return summarize(name, [round])
}

/** The row. */
export const startAndMemory: Row = {
  id: 'g',
  title: 'Start and memory',
  measure: async (lab) => {
    const starts = await startTimes(lab)
    const memory = await memoryUse(lab)
    const ratios: Ratio[] = [
      {
        text: 'ms from start to first answer',
        value: starts[0]?.median ?? Number.NaN,
        target: 1000,
        atMost: true,
      },
      { text: 'MB resident when idle', value: memory.idle.resident, target: 100, atMost: true },
      { text: 'MB private when idle', value: memory.idle.private },
      { text: 'MB resident after load', value: memory.loaded.resident },
      { text: 'MB private after load', value: memory.loaded.private },
      ...memory.others,
    ]
    if (memory.soak !== null) {
      ratios.push({
        text: 'MB more after the second half of the soak',
        value: memory.soak,
        target: 10,
        atMost: true,
      })
    }
    return {
      id: 'g',
      title: startAndMemory.title,
      unit: 'ms to the first answer',
      systems: starts,
      ratios,
      notes: memory.notes,
    }
  },
}

/** Doorward is started several times on a database that is there; the others' time is that of their one start. */
async function startTimes(lab: Lab): Promise<readonly Summary[]> {
  const times: Measurement[] = []
  for (let i = 0; i < Math.max(lab.options.rounds, 2); i += 1) {
    lab.tell(`start ${i + 1}`)
    const variant = { name: `start ${i}`, env: {} }
    const { programs } = await doorward(lab, { database: 'sqlite', users: ORDINARY, variant })
    times.push({ perSecond: programs[0]?.startedIn ?? Number.NaN, failed: 0 })
    await programs[0]?.stop()
  }
  return [summarize(SQLITE, times), ...(await otherStarts(lab))]
}

async function otherStarts(lab: Lab): Promise<readonly Summary[]> {
  if (!lab.options.peers) return []
  const others = [
    single(BETTER_AUTH, (await betterAuth(lab)).startedIn),
    single(PASSPORT, (await passport(lab)).startedIn),
  ]
  if ((await djoserMissing(lab)) === null) others.push(single(DJOSER, (await djoser(lab)).startedIn))
  return others
}

interface MemoryUse {
  readonly idle: Memory
  readonly loaded: Memory
  /** What other systems occupy after they were measured. */
  readonly others: readonly Ratio[]
  /** What the second half of the soak added; null without one. */
  readonly soak: number | null
  readonly notes: readonly string[]
}

async function memoryUse(lab: Lab): Promise<MemoryUse> {
  const variant = { name: 'memory', env: {} }
  const system = await doorward(lab, { database: 'sqlite', users: ORDINARY, variant })
  const now = () => memoryOf(system.programs.map(({ pid }) => pid))
  await sleep(5000)
  const idle = now()
  const effort = { seconds: lab.options.seconds }
  await lab.drive(await readMeLoad(system), effort)
  await lab.drive(await refreshLoad(lab, system), effort)
  await lab.drive(signInLoad(system), effort)
  const loaded = now()
  const samples: number[] = []
  const end = performance.now() + lab.options.soak * 60_000
  while (performance.now() < end) {
    lab.tell(
      `mixed load, ${Math.ceil((end - performance.now()) / 60_000)} minutes to go: ${Math.round(now().private)} MB`,
    )
    const connections = 8
    await Promise.all([
      lab.drive(await readMeLoad(system), { seconds: 15, connections }),
      lab.drive(await refreshLoad(lab, system), { seconds: 15, connections }),
      lab.drive(signInLoad(system), { seconds: 15, connections }),
    ])
    samples.push(now().private)
  }
  const notes = [
    `Memory is Doorward's with ${ORDINARY} accounts on SQLite; a Node that does nothing has 47 MB resident.`,
  ]
  const others = await otherMemory(lab)
  if (samples.length === 0) return { idle, loaded, others, soak: null, notes }
  const half = Math.floor(samples.length / 2)
  const series = `Private MB after every 15 s of mixed load: ${samples.map((size) => Math.round(size)).join(', ')}.`
  const growth = median(samples.slice(-4)) - median(samples.slice(half - 2, half + 2))
  return { idle, loaded, others, soak: growth, notes: [...notes, series] }
}

async function otherMemory(lab: Lab): Promise<readonly Ratio[]> {
  if (!lab.options.peers) return []
  const pids: [string, readonly number[]][] = [
    [BETTER_AUTH, [(await betterAuth(lab)).pid]],
    [PASSPORT, [(await passport(lab)).pid]],
  ]
  if ((await djoserMissing(lab)) === null) pids.push([DJOSER, (await djoser(lab)).pids])
  return pids.map(([name, list]) => ({ text: `MB resident: ${name}`, value: memoryOf(list).resident }))
}
