/** (i) One, two and four processes over one PostgreSQL. */
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Measurement } from '../measurement.ts'
import type { Contestant, Row } from '../row.ts'
import { compare, measureInTurn } from '../row.ts'
import { findPostgres } from '../seed.ts'
import type { DoorwardSystem } from '../systems/doorward.ts'
import { doorward } from '../systems/doorward.ts'
import { ORDINARY } from './names.ts'
import { readMeLoad } from './read-me.ts'
import { refreshLoad } from './refresh.ts'

const NUMBERS = [1, 2, 4] as const
const name = (load: string, processes: number) =>
  `${load}, ${processes} process${processes === 1 ? '' : 'es'}`

/** Every process gets its share of the connections; rates are added. */
async function driveAll(
  lab: Lab,
  system: DoorwardSystem,
  seconds: number,
  load: (one: DoorwardSystem) => Promise<Load>,
): Promise<Measurement> {
  const loads = await Promise.all(system.programs.map(({ url }) => load({ ...system, url })))
  const connections = Math.ceil(lab.options.connections / loads.length)
  const parts = await Promise.all(loads.map((one) => lab.drive(one, { seconds, connections })))
  return {
    perSecond: parts.reduce((sum, { perSecond }) => sum + perSecond, 0),
    p50: Math.max(...parts.map(({ p50 = 0 }) => p50)),
    p99: Math.max(...parts.map(({ p99 = 0 }) => p99)),
    failed: parts.reduce((sum, { failed }) => sum + failed, 0),
  }
}

/** The row. */
export const processes: Row = {
  id: 'i',
  title: 'Several processes over PostgreSQL',
  measure: async (lab) => {
    const empty = { id: 'i', title: processes.title, unit: 'answers/s', systems: [], ratios: [] }
    if ((await findPostgres()) === null) return { ...empty, notes: ['Left out: no PostgreSQL answers.'] }
    const contestants: Contestant[] = []
    const add = (load: string, make: (one: DoorwardSystem) => Promise<Load>, system: DoorwardSystem) =>
      contestants.push({
        name: name(load, system.programs.length),
        measure: (seconds) => driveAll(lab, system, seconds, make),
      })
    const systems = await Promise.all(
      NUMBERS.map((count) => doorward(lab, { database: 'postgres', users: ORDINARY, processes: count })),
    )
    for (const system of systems) add('me', readMeLoad, system)
    for (const system of systems) add('refresh', (one) => refreshLoad(lab, one), system)
    const measured = await measureInTurn(lab, contestants)
    const ratios = ['me', 'refresh'].flatMap((load) =>
      [2, 4].map((count) => ({
        text: `× one process: ${name(load, count)}`,
        value: compare(measured, name(load, count), name(load, 1)),
      })),
    )
    const notes = [
      'Server, load and PostgreSQL share the processors of one machine, which bounds what is to be won.',
    ]
    return { ...empty, systems: measured, ratios, notes }
  },
}
