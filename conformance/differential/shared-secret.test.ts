/**
 * Doorward and Django with SimpleJWT, both running, with one secret: whoever signed in at one is signed in at the
 * other. This is how a project moves from one to the other without signing anybody out.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import type { Launched } from './launch.ts'
import { freePort, launchDoorward, launchReference, referenceMissing } from './launch.ts'

const config = readConfig(process.env)
const missing = config.reference.url ? 'another one is running' : await referenceMissing(config)

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

async function post(place: Launched, path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${place.url}/auth/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

async function me(place: Launched, access = ''): Promise<Answer> {
  const answer = await fetch(`${place.url}/auth/users/me/`, { headers: { authorization: `JWT ${access}` } })
  return { status: answer.status, body: (await answer.json()) as Answer['body'] }
}

if (missing === undefined) {
  describe('one secret in Doorward and in Django with SimpleJWT', () => {
    const places: Partial<Record<'Doorward' | 'SimpleJWT', Launched>> = {}

    beforeAll(async () => {
      const ports = async () => ({ port: await freePort(), smtpPort: await freePort() })
      places.Doorward = await launchDoorward(config, await ports())
      places.SimpleJWT = await launchReference(config, await ports())
    }, 120_000)
    afterAll(async () => {
      for (const place of Object.values(places)) await place.close()
    }, 30_000)

    it.each([
      ['Doorward', 'SimpleJWT'],
      ['SimpleJWT', 'Doorward'],
    ] as const)('whoever signed in at %s is signed in at %s', async (first, second) => {
      const [home, abroad] = [places[first] as Launched, places[second] as Launched]
      const { status, body } = await post(home, 'jwt/create/', config.staff)
      expect(status).toBe(200)
      expect(await me(abroad, body.access)).toMatchObject({
        status: 200,
        body: { email: config.staff.email },
      })
      expect(await post(abroad, 'jwt/verify/', { token: body.refresh })).toEqual({ status: 200, body: {} })

      const refreshed = await post(abroad, 'jwt/refresh/', { refresh: body.refresh })
      expect([refreshed.status, Object.keys(refreshed.body)]).toEqual([200, ['access']])
      expect((await me(home, refreshed.body.access)).status).toBe(200)

      expect((await me(abroad, body.refresh)).status).toBe(401)
      expect((await post(abroad, 'jwt/refresh/', { refresh: body.access })).status).toBe(401)
      expect((await me(abroad, `${body.access?.slice(0, -8)}AAAAAAAA`)).status).toBe(401)
    })
  })
} else {
  describe('one secret in Doorward and in Django with SimpleJWT', () => {
    it('cannot be tried: the reference is not on this machine', () => {
      process.stdout.write(`The reference is not on this machine: ${missing}\n`)
      expect(missing).toBeTypeOf('string')
    })
  })
}
