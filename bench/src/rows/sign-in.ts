/** (d) Sign-in: mostly the password hash, and that is the intention. */
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Contestant, Row } from '../row.ts'
import { answeringSlowly, compare, measureInTurn } from '../row.ts'
import { bareWork } from '../systems/bare.ts'
import type { DoorwardSystem } from '../systems/doorward.ts'
import { credentialsOf, doorward } from '../systems/doorward.ts'
import { betterAuth, djoser, djoserMissing } from '../systems/peers.ts'
import { databases } from './databases.ts'
import { BETTER_AUTH, DJOSER, ORDINARY, POSTGRES, SQLITE } from './names.ts'

const HASH = 'argon2id alone (19 MiB, t=2, p=1)'

/** Hundreds of people, one after the other. */
export const signInLoad = ({ url, users }: Pick<DoorwardSystem, 'url' | 'users'>): Load => ({
  url: `${url}/auth/jwt/create/`,
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  bodies: {
    kind: 'each',
    texts: Array.from({ length: 500 }, (_, i) => JSON.stringify(credentialsOf(1 + ((i * 7919) % users)))),
  },
})

/** The row. */
export const signIn: Row = {
  id: 'd',
  title: 'Sign-in',
  measure: async (lab) => {
    const contestants: Contestant[] = [{ name: HASH, measure: (seconds) => bareWork(lab, 'hash', seconds) }]
    for (const database of await databases()) {
      const system = await doorward(lab, { database, users: ORDINARY })
      const name = database === 'sqlite' ? SQLITE : POSTGRES
      contestants.push(answeringSlowly(lab, name, () => signInLoad(system)))
    }
    contestants.push(...(await peers(lab)))
    const systems = await measureInTurn(lab, contestants)
    return {
      id: 'd',
      title: signIn.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: 'of the bare hash', value: compare(systems, SQLITE, HASH), target: 0.95 },
        { text: '× better-auth', value: compare(systems, SQLITE, BETTER_AUTH), target: 3 },
        { text: '× Djoser', value: compare(systems, SQLITE, DJOSER), target: 3 },
      ],
      notes: [
        "Every system hashes as it does by default: better-auth scrypt (N=16384, r=16), Djoser's Django 3.2 260,000 rounds of PBKDF2.",
      ],
    }
  },
}

async function peers(lab: Lab): Promise<readonly Contestant[]> {
  if (!lab.options.peers) return []
  const better = await betterAuth(lab)
  const load: Load = {
    url: `${better.url}/api/auth/sign-in/email`,
    method: 'POST',
    headers: better.headers,
    bodies: { kind: 'each', texts: better.signIns },
  }
  const list = [answeringSlowly(lab, BETTER_AUTH, () => load)]
  if ((await djoserMissing(lab)) !== null) return list
  const reference = await djoser(lab)
  const staff: Load = {
    url: `${reference.url}/auth/jwt/create/`,
    method: 'POST',
    headers: reference.headers,
    bodies: { kind: 'same', text: reference.staff },
  }
  return [...list, answeringSlowly(lab, DJOSER, () => staff)]
}
