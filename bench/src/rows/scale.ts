/** (h) The same work with a thousand accounts and with a million. */

import type { Load } from '../load.ts'
import type { Row } from '../row.ts'
import { answering, compare, measureInTurn } from '../row.ts'
import type { DoorwardSystem } from '../systems/doorward.ts'
import { doorward } from '../systems/doorward.ts'
import { databases } from './databases.ts'
import { ORDINARY } from './names.ts'
import { readMeLoad } from './read-me.ts'
import { refreshLoad } from './refresh.ts'
import { signInLoad } from './sign-in.ts'

/** The row. */
export const scale: Row = {
  id: 'h',
  title: 'A thousand accounts and a million',
  measure: async (lab) => {
    const sizes = [ORDINARY, lab.options.users]
    const loads: Record<string, (system: DoorwardSystem) => Promise<Load> | Load> = {
      me: readMeLoad,
      refresh: (system) => refreshLoad(lab, system),
      'sign-in': signInLoad,
    }
    const found = await databases()
    const name = (load: string, database: string, users: number) =>
      `${load}, ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}, ${users.toLocaleString('en')}`
    const contestants = []
    for (const [load, make] of Object.entries(loads)) {
      for (const database of found) {
        for (const users of sizes) {
          const system = await doorward(lab, { database, users })
          contestants.push(answering(lab, name(load, database, users), () => make(system)))
        }
      }
    }
    const systems = await measureInTurn(lab, contestants)
    const ratios = found.flatMap((database) =>
      Object.keys(loads).map((load) => {
        const [small = 0, large = 0] = sizes
        const value = compare(systems, name(load, database, large), name(load, database, small))
        const where = database === 'sqlite' ? 'SQLite' : 'PostgreSQL'
        return { text: `of the rate with ${small}: ${load}, ${where}`, value, target: 0.9 }
      }),
    )
    return { id: 'h', title: scale.title, unit: 'answers/s', systems, ratios, notes: [] }
  },
}
