/** Several instances on one database: what one of them ends or exchanges holds for all of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { resolveSettings } from './config/resolve.ts'
import type { Settings } from './config/settings.ts'
import { createDoorward, type Doorward } from './create-doorward.ts'
import { Secret } from './domain/secret.ts'
import { createSuperuser } from './flows/create-superuser.ts'
import { withKeys } from './keys.ts'
import { announce } from './store/changes.ts'
import { connect } from './store/open-store.ts'
import { type TestDatabase, testDatabases } from './testing/databases.ts'
import { startTestNetwork } from './testing/network.ts'

const ORIGIN = { address: '127.0.0.1', userAgent: 'test', requestId: 'test' }
const ADA = { email: 'ada@example.com', password: 'Kiddie-Ride-4821' }

/** Instances on a database, and a person who uses them. */
function cluster(database: TestDatabase) {
  const running: Doorward[] = []

  async function settingsFor(url: string): Promise<Settings> {
    const { settings } = resolveSettings({
      config: {
        server: { throttle: false },
        database: { url },
        secrets: { list: ['only for tests: everybody may know this secret'] },
        passwords: { memoryCost: 8, timeCost: 1 },
        sessions: { maxPerUser: 10_000 },
      },
    })
    return settings
  }
  async function start(url?: string, onError: (error: unknown) => void = () => {}): Promise<Doorward> {
    const settings = await settingsFor(url ?? (await database.url()))
    const instance = await createDoorward({ settings, deliver: false, onError })
    running.push(instance)
    return instance
  }
  const ask = (instance: Doorward, path: string, init: RequestInit = {}) =>
    instance.fetch(new Request(`${instance.settings.server.publicUrl}/auth/${path}`, init))
  async function signIn(instance: Doorward) {
    if (!(await instance.store.users.byEmail(ADA.email))) {
      const profile = { first_name: 'Ada', last_name: 'Staff', role: 'admin' }
      await createSuperuser(instance.deps, {
        email: ADA.email,
        profile,
        password: new Secret(ADA.password),
        origin: ORIGIN,
      })
    }
    const headers = { 'content-type': 'application/json' }
    const answer = await ask(instance, 'jwt/create/', { method: 'POST', headers, body: JSON.stringify(ADA) })
    const { access } = (await answer.json()) as { access: string }
    return { authorization: `JWT ${access}` }
  }
  const statusOfMe = async (instance: Doorward, headers: HeadersInit) =>
    (await ask(instance, 'users/me/', { headers })).status
  const signOut = (instance: Doorward, headers: HeadersInit) =>
    ask(instance, 'jwt/logout/', { method: 'POST', headers })

  const close = () => Promise.all(running.splice(0).map((one) => one.close()))
  return { start, signIn, signOut, statusOfMe, ask, close }
}

async function publishedKids(instance: Doorward): Promise<readonly string[]> {
  const url = `${instance.settings.server.publicUrl}/.well-known/jwks.json`
  const answer = await instance.fetch(new Request(url))
  return ((await answer.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid)
}

describe.each(testDatabases())('several instances | $name', (database) => {
  const { start, signIn, signOut, statusOfMe, close } = cluster(database)
  afterEach(close)
  afterAll(() => database.close())

  it('a session that one of them ended is refused by the others', async () => {
    const [one, other] = [await start(), await start()]
    const headers = await signIn(one)
    expect(await statusOfMe(other, headers)).toBe(200)
    expect((await signOut(one, headers)).status).toBe(204)
    expect(await statusOfMe(one, headers)).toBe(401)
    await expect.poll(() => statusOfMe(other, headers), { interval: 20 }).toBe(401)
  })

  it('one that starts later knows what was ended before', async () => {
    const one = await start()
    const headers = await signIn(one)
    await signOut(one, headers)
    expect(await statusOfMe(await start(), headers)).toBe(401)
  })

  it('an exchanged key is the key of all of them, and nobody is refused meanwhile', async () => {
    const instances = [await start(), await start(), await start()]
    const [one] = instances
    if (!one) throw new TypeError('no instance')
    const before = await signIn(one)
    for (const instance of instances) expect(await publishedKids(instance)).toEqual(await publishedKids(one))
    const statuses = new Set<number>()
    let rotating = true
    const rotated = withKeys(one.settings, (keys) => keys.rotate()).finally(() => {
      rotating = false
    })
    while (rotating) {
      for (const issuer of instances) {
        const headers = await signIn(issuer)
        for (const instance of instances) statuses.add(await statusOfMe(instance, headers))
      }
    }
    await rotated
    for (const instance of instances) statuses.add(await statusOfMe(instance, before))
    expect([...statuses]).toEqual([200])
    const [current] = await withKeys(one.settings, async (keys) =>
      keys.list().filter(({ state }) => state === 'current'),
    )
    for (const instance of instances) {
      await expect.poll(async () => (await publishedKids(instance))[0]).toBe(current?.kid)
    }
  })
})

describe.each(testDatabases().slice(1))('an instance that is closed | $name', (database) => {
  const { start, close } = cluster(database)
  afterEach(close)
  afterAll(() => database.close())

  it('waits for what it looks up beside requests, and looks up nothing more', async () => {
    const faults: unknown[] = []
    const one = await start(undefined, (error) => faults.push(error))
    await expect.poll(() => one.store.listening).toBe('listening')
    const { db } = connect(await database.url())
    const closed = await db.transaction().execute(async (trx) => {
      await sql`lock table revocations in access exclusive mode`.execute(trx)
      const looking = async () => {
        await announce(db, 'revocations')
        const { rows } = await sql`select from pg_locks where not granted`.execute(trx)
        return rows.length
      }
      await expect.poll(looking).toBe(1)
      const closing = one.close()
      // long enough for one that would not wait to close its connections
      await sleep(300)
      return { closing }
    })
    await closed.closing
    expect(faults).toEqual([])
    await db.destroy()
  })
})

describe.each(testDatabases().slice(1))('an instance that is cut off | $name', (database) => {
  const { start, signIn, signOut, statusOfMe, ask, close } = cluster(database)
  afterAll(() => database.close())

  it('answers 503 rather than trusting an old list, and catches up when it is back', async () => {
    const network = await startTestNetwork(await database.url())
    const one = await start()
    const cutOff = await start(network.through(await database.url()))
    const headers = await signIn(one)
    expect(await statusOfMe(cutOff, headers)).toBe(200)
    network.state = 'down'
    await signOut(one, headers)
    await expect.poll(() => statusOfMe(cutOff, headers)).toBe(503)
    const refused = await ask(cutOff, 'users/me/', { headers })
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    network.state = 'fine'
    await expect.poll(() => statusOfMe(cutOff, headers), { timeout: 10_000 }).toBe(401)
    await close()
    await network.close()
  })
})
