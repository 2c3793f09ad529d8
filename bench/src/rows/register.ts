/** (e) Registration: a hash, a row, a mail. */
import { randomBytes } from 'node:crypto'
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Contestant, Row } from '../row.ts'
import { answeringSlowly, compare, measureInTurn } from '../row.ts'
import { doorward } from '../systems/doorward.ts'
import { betterAuth, djoser, djoserMissing } from '../systems/peers.ts'
import { databases } from './databases.ts'
import { BETTER_AUTH, DJOSER, ORDINARY, POSTGRES, SQLITE } from './names.ts'

const PASSWORD = 'Kiddie-Ride-4821'

/** More people than can register in any measurement. */
function newcomers(url: string, headers: Load['headers'], body: (email: string) => object): Load {
  const round = randomBytes(4).toString('hex')
  const texts = Array.from({ length: 5000 }, (_, i) => JSON.stringify(body(`new-${round}-${i}@example.com`)))
  return { url, method: 'POST', headers, bodies: { kind: 'each', texts } }
}

const djoserBody = (email: string) => ({
  ...{ first_name: 'Maya', last_name: 'Santoso', role: 'staff' },
  ...{ email, password: PASSWORD, re_password: PASSWORD },
})

/** The row. */
export const register: Row = {
  id: 'e',
  title: 'Registration, with its mail',
  measure: async (lab) => {
    const contestants: Contestant[] = []
    const json = { 'content-type': 'application/json' }
    for (const database of await databases()) {
      const system = await doorward(lab, { database, users: ORDINARY })
      const name = database === 'sqlite' ? SQLITE : POSTGRES
      contestants.push(
        answeringSlowly(lab, name, () => newcomers(`${system.url}/auth/users/`, json, djoserBody)),
      )
    }
    contestants.push(...(await peers(lab)))
    const systems = await measureInTurn(lab, contestants)
    return {
      id: 'e',
      title: register.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: '× better-auth', value: compare(systems, SQLITE, BETTER_AUTH) },
        { text: '× Djoser', value: compare(systems, SQLITE, DJOSER) },
      ],
      notes: [
        'Doorward delivers every mail by SMTP while it is measured. Djoser writes its mails to files inside the request; better-auth hands them to an empty function.',
      ],
    }
  },
}

async function peers(lab: Lab): Promise<readonly Contestant[]> {
  if (!lab.options.peers) return []
  const better = await betterAuth(lab)
  const signUp = `${better.url}/api/auth/sign-up/email`
  const body = (email: string) => ({ name: 'Maya Santoso', email, password: PASSWORD })
  const list = [answeringSlowly(lab, BETTER_AUTH, () => newcomers(signUp, better.headers, body))]
  if ((await djoserMissing(lab)) !== null) return list
  const reference = await djoser(lab)
  const users = `${reference.url}/auth/users/`
  return [...list, answeringSlowly(lab, DJOSER, () => newcomers(users, reference.headers, djoserBody))]
}
