/** (b) `GET /auth/users/me/`: who am I, from the database. */
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Contestant, Row } from '../row.ts'
import { answering, compare, measureInTurn } from '../row.ts'
import { bareServer } from '../systems/bare.ts'
import type { DoorwardInput, DoorwardSystem } from '../systems/doorward.ts'
import { doorward, signInTo } from '../systems/doorward.ts'
import { betterAuth, djoser, djoserMissing } from '../systems/peers.ts'
import { databases } from './databases.ts'
import { BARE, BETTER_AUTH, DJOSER, ORDINARY, POSTGRES, SQLITE } from './names.ts'

const LOGGED = 'Doorward, SQLite, with a log line for every answer'

/** The load of somebody who is signed in anew, for access tokens are short. */
export async function readMeLoad({ url, users }: DoorwardSystem): Promise<Load> {
  const { access } = await signInTo(url, Math.ceil(users / 2))
  return { url: `${url}/auth/users/me/`, method: 'GET', headers: { authorization: `JWT ${access}` } }
}

/** The row. */
export const readMe: Row = {
  id: 'b',
  title: 'GET /auth/users/me/',
  measure: async (lab) => {
    const contestants: Contestant[] = []
    const add = async (name: string, input: DoorwardInput) => {
      const system = await doorward(lab, input)
      contestants.push(answering(lab, name, () => readMeLoad(system)))
      return system
    }
    const sqlite = await add(SQLITE, { database: 'sqlite', users: ORDINARY })
    const limit = await bareServer(lab, await readMeLoad(sqlite))
    contestants.unshift(answering(lab, BARE, () => limit))
    const variant = { name: 'logged', env: { LOG_LEVEL: 'info' } }
    await add(LOGGED, { database: 'sqlite', users: ORDINARY, variant })
    for (const database of await databases()) {
      if (database === 'postgres') await add(POSTGRES, { database, users: ORDINARY })
    }
    contestants.push(...(await peers(lab)))
    const systems = await measureInTurn(lab, contestants)
    return {
      id: 'b',
      title: readMe.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: 'of bare node:http', value: compare(systems, SQLITE, BARE), target: 0.75 },
        { text: '× better-auth get-session', value: compare(systems, SQLITE, BETTER_AUTH), target: 50 },
        { text: '× Djoser', value: compare(systems, SQLITE, DJOSER), target: 20 },
        { text: 'of bare node:http, on PostgreSQL', value: compare(systems, POSTGRES, BARE) },
      ],
      notes: [
        'better-auth: `GET /get-session` with the cookie of a session, without its optional cookie cache.',
      ],
    }
  },
}

async function peers(lab: Lab): Promise<readonly Contestant[]> {
  if (!lab.options.peers) return []
  const better = await betterAuth(lab)
  const session: Load = {
    url: `${better.url}/api/auth/get-session`,
    method: 'GET',
    headers: { cookie: better.cookie },
  }
  const list = [answering(lab, BETTER_AUTH, () => session)]
  if ((await djoserMissing(lab)) !== null) return list
  const reference = await djoser(lab)
  const me: Load = {
    url: `${reference.url}/auth/users/me/`,
    method: 'GET',
    headers: { authorization: reference.authorization },
  }
  return [...list, answering(lab, DJOSER, () => me)]
}
