/** (f) How long others wait while 64 sign-ins are always waiting for their hash, in the same process. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Lab } from '../lab.ts'
import type { Load } from '../load.ts'
import type { Measurement } from '../measurement.ts'
import type { Contestant, Row } from '../row.ts'
import { measureInTurn } from '../row.ts'
import { betterAuth } from '../systems/peers.ts'
import { ownRoute } from './checked-request.ts'
import { BETTER_AUTH, ORDINARY } from './names.ts'
import { signInLoad } from './sign-in.ts'

const OWN = "an app's own route"
const ME = 'GET /auth/users/me/'
const WAITING = 64
/** A few people who work while others sign in. */
const OTHERS = 4

/** Drives both loads; what is measured is the other one. */
async function besieged(lab: Lab, siege: Load, load: Load, seconds: number): Promise<Measurement> {
  const signIns = lab.drive(siege, { connections: WAITING, seconds: seconds + 2 })
  await sleep(1000)
  const measured = await lab.drive(load, { connections: OTHERS, seconds })
  await signIns
  return measured
}

/** The row. */
export const underSiege: Row = {
  id: 'f',
  title: 'Latency while 64 sign-ins wait for their hash',
  measure: async (lab) => {
    const route = await ownRoute(lab, 'node')
    const siege = signInLoad({ url: route.url, users: ORDINARY })
    const me = async (): Promise<Load> => ({
      url: `${route.url}/auth/users/me/`,
      method: 'GET',
      headers: { authorization: await route.authorization() },
    })
    const systems = await measureInTurn(lab, [
      { name: OWN, measure: async (seconds) => besieged(lab, siege, await route.load(), seconds) },
      { name: ME, measure: async (seconds) => besieged(lab, siege, await me(), seconds) },
      ...(await peers(lab)),
    ])
    const p99 = (name: string) => {
      const system = systems.find((one) => one.name === name)
      // whoever answered nothing has no latency
      return system && system.median > 0 ? (system.p99 ?? Number.NaN) : Number.NaN
    }
    return {
      id: 'f',
      title: underSiege.title,
      unit: 'answers/s',
      systems,
      ratios: [
        { text: "ms: p99 in an app's own route", value: p99(OWN), target: 25, atMost: true },
        { text: 'ms: p99 of GET /auth/users/me/', value: p99(ME), target: 25, atMost: true },
        { text: 'ms: p99 of better-auth get-session', value: p99(BETTER_AUTH) },
      ],
      notes: [`${OTHERS} connections ask as fast as they are answered, beside ${WAITING} that sign in.`],
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
  const betterSiege: Load = {
    url: `${better.url}/api/auth/sign-in/email`,
    method: 'POST',
    headers: better.headers,
    bodies: { kind: 'each', texts: better.signIns },
  }
  return [{ name: BETTER_AUTH, measure: (seconds) => besieged(lab, betterSiege, session, seconds) }]
}
