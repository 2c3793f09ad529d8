/** (c) A refresh: the token is checked, replaced in the database, and two new ones are signed, durably. */
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Summary } from '../measurement.ts'
import type { Contestant, Row } from '../row.ts'
import { answering, compare, measureInTurn } from '../row.ts'
import { bareServer, bareWork } from '../systems/bare.ts'
import type { DoorwardSystem } from '../systems/doorward.ts'
import { doorward, signInMany } from '../systems/doorward.ts'
import { betterAuth, djoser, djoserMissing } from '../systems/peers.ts'
import { databases } from './databases.ts'
import { BARE, BETTER_AUTH, DJOSER, ORDINARY, POSTGRES, SQLITE } from './names.ts'

const COMMIT = 'one durable commit alone (SQLite)'
const SIGNATURES = 'the signatures alone'

/** Sessions of as many people as there are connections, each refreshed again and again. */
export async function refreshLoad(lab: Lab, system: DoorwardSystem): Promise<Load> {
  const pairs = await signInMany(system, lab.options.connections + 4)
  return {
    url: `${system.url}/auth/jwt/refresh/`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    bodies: { kind: 'chain', field: 'refresh', first: pairs.map(({ refresh }) => refresh) },
  }
}

/** The row. */
export const refresh: Row = {
  id: 'c',
  title: 'Refresh with rotation, durable',
  measure: async (lab) => {
    const contestants: Contestant[] = []
    for (const database of await databases()) {
      const system = await doorward(lab, { database, users: ORDINARY })
      const name = database === 'sqlite' ? SQLITE : POSTGRES
      contestants.push(answering(lab, name, () => refreshLoad(lab, system)))
      if (database === 'sqlite') contestants.unshift(...(await limits(lab, system)))
    }
    contestants.push(...(await peers(lab)))
    const systems = await measureInTurn(lab, contestants)
    const limit = composite(systems)
    const rate = systems.find(({ name }) => name === SQLITE)?.median ?? Number.NaN
    return {
      id: 'c',
      title: refresh.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: `of the composite limit (${Math.round(limit)}/s)`, value: rate / limit, target: 0.8 },
        { text: "× better-auth's token", value: compare(systems, SQLITE, BETTER_AUTH), target: 8 },
        { text: "× Djoser's refresh", value: compare(systems, SQLITE, DJOSER), target: 3 },
      ],
      notes: [
        'The composite limit is one request, one durable commit and the signatures, one after the other; commits of requests that are under way together can share a write to the disk, and then it can be passed.',
        "better-auth: `GET /token`, which signs a JWT for a session and rotates nothing. Djoser's refresh here neither rotates nor commits.",
      ],
    }
  },
}

/** The time of one of each, added. */
function composite(systems: readonly Summary[]): number {
  const time = (name: string) => 1 / (systems.find((system) => system.name === name)?.median ?? Number.NaN)
  return 1 / (time(BARE) + time(COMMIT) + time(SIGNATURES))
}

async function limits(lab: Lab, system: DoorwardSystem): Promise<readonly Contestant[]> {
  const [pair] = await signInMany(system, 1)
  const bare = await bareServer(lab, {
    url: `${system.url}/auth/jwt/refresh/`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    bodies: { kind: 'same', text: JSON.stringify({ refresh: pair?.refresh }) },
  })
  return [
    answering(lab, BARE, () => bare),
    { name: COMMIT, measure: (seconds) => bareWork(lab, 'commit', seconds) },
    { name: SIGNATURES, measure: (seconds) => bareWork(lab, 'signatures', seconds) },
  ]
}

async function peers(lab: Lab): Promise<readonly Contestant[]> {
  if (!lab.options.peers) return []
  const better = await betterAuth(lab)
  const mint: Load = {
    url: `${better.url}/api/auth/token`,
    method: 'GET',
    headers: { cookie: better.cookie },
  }
  const list = [answering(lab, BETTER_AUTH, () => mint)]
  if ((await djoserMissing(lab)) !== null) return list
  const reference = await djoser(lab)
  const again: Load = {
    url: `${reference.url}/auth/jwt/refresh/`,
    method: 'POST',
    headers: reference.headers,
    bodies: { kind: 'same', text: JSON.stringify({ refresh: reference.refresh }) },
  }
  return [...list, answering(lab, DJOSER, () => again)]
}
