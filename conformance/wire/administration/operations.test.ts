/** Staff look after mails, keys and counts; and a person takes home what is stored. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDoorward, resolveSettings } from '@doorward/server'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../../packages/server/src/domain/secret.ts'
import { createSuperuser } from '../../../packages/server/src/flows/create-superuser.ts'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { type WireCall, wireClient } from '../wire-client.ts'

describe.each(testDatabases())('staff and mails | $name', (database) => {
  let doorward: TestDoorward
  let staff: SignedInUser
  let as: (request: string, body?: unknown) => ReturnType<WireCall>
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
    const call = wireClient(doorward)
    staff = await doorward.administrator()
    as = (request, body) => call(request, body, staff.headers)
    await doorward.register({ email: 'bounced@example.com' })
    const { outbox } = doorward.deps.store
    const [mail] = await outbox.claim({ now: doorward.clock.now(), lease: 1, limit: 1 })
    await outbox.failed(mail?.id ?? 0, '550 5.1.1 no such user', null)
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  it('find those that were given up, and why', async () => {
    const { body } = await as('GET admin/mails/?state=dead')
    expect(body).toMatchObject([
      { kind: 'activation', to: 'bounced@example.com', state: 'dead', last_error: '550 5.1.1 no such user' },
    ])
    expect((await as('GET admin/mails/?to=BOUNCED@example.com')).body).toHaveLength(1)
    expect((await as('GET admin/mails/?state=lost')).status).toBe(400)
  })

  it('give one another try, once, and the log knows who did', async () => {
    const [{ id, user_id }] = (await as('GET admin/mails/?state=dead')).body
    expect((await as(`POST admin/mails/${id}/retry/`)).body).toMatchObject({ state: 'queued', attempts: 0 })
    expect((await as(`POST admin/mails/${id}/retry/`)).status).toBe(409)
    expect((await as('POST admin/mails/9999/retry/')).status).toBe(404)
    const [entry] = await doorward.deps.store.audit.list({ limit: 1 })
    expect(entry).toMatchObject({
      action: 'mail_retried',
      userId: user_id,
      details: { mail: id, kind: 'activation' },
    })
  })

  it('count by day', async () => {
    const { body } = await as('GET admin/statistics/?days=2')
    expect(body.days).toEqual(['2029-12-31', '2030-01-01'])
    expect(body.counts).toMatchObject({ sign_ups: [0, 2], sign_ins: [0, 1], mails_waiting: [0, 1] })
    expect(body).toMatchObject({ accounts: 2, more_accounts: false })
    for (const days of ['0', '367', '1e9', 'all']) {
      expect((await as(`GET admin/statistics/?days=${days}`)).status, days).toBe(400)
    }
  })

  it('see no key where the configuration holds it, and are told so when they want to change it', async () => {
    expect((await as('GET admin/keys/')).body).toEqual({ stored: false, keys: [] })
    expect((await as('POST admin/keys/rotate/', {})).status).toBe(409)
  })
})

describe('staff and keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-keys-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('rotate without signing anybody out; what a retired key signed is refused at once', async () => {
    const { settings } = resolveSettings({
      config: {
        database: { url: `sqlite:${join(folder, 'doorward.db')}` },
        secrets: { list: ['only for tests: everybody may know this secret'] },
        passwords: { memoryCost: 8, timeCost: 1 },
      },
    })
    const doorward = await createDoorward({ settings, deliver: false })
    const call = wireClient(doorward)
    const password = 'Kiddie-Ride-4821'
    await createSuperuser(doorward.deps, {
      email: 'ada@example.com',
      profile: {},
      password: new Secret(password),
      origin: { address: '', userAgent: 'a test', requestId: '' },
    })
    const signIn = async () => {
      const { body } = await call('POST jwt/create/', { email: 'ada@example.com', password })
      return { authorization: `Bearer ${body.access}` }
    }
    const before = await signIn()
    const { keys } = (await call('GET admin/keys/', undefined, before)).body
    const old = keys.find((key: { state: string }) => key.state === 'current')
    expect(old).toMatchObject({ state: 'current', retires_at: null })
    expect((await call(`POST admin/keys/${old.kid}/retire/`, {}, before)).status).toBe(409)

    const rotated = await call('POST admin/keys/rotate/', {}, before)
    expect(rotated.body.keys.map((key: { state: string }) => key.state)).toEqual([
      'next',
      'current',
      'retiring',
    ])
    expect(JSON.stringify(rotated.body)).not.toMatch(/PRIVATE|sealed/)
    expect((await call('GET users/me/', undefined, before)).status).toBe(200)

    const after = await signIn()
    expect((await call('POST admin/keys/unknown/retire/', {}, after)).status).toBe(404)
    expect((await call(`POST admin/keys/${old.kid}/retire/`, {}, after)).body.keys).toHaveLength(2)
    expect((await call('GET users/me/', undefined, before)).status).toBe(401)
    expect((await call('GET users/me/', undefined, after)).status).toBe(200)
    const actions = (await doorward.store.audit.list({ limit: 2 })).map(({ action }) => action)
    expect(actions).toEqual(['key_retired', 'signed_in'])
    await doorward.close()
  })
})

describe('a person | takes home what is stored', () => {
  it('the account, its sessions and what happened to it: the own, all of it, and no hash', async () => {
    const doorward = await createTestDoorward()
    const call = wireClient(doorward)
    const [person, other] = [await doorward.signedUpUser(), await doorward.signedUpUser()]
    const { status, body, headers } = await call('GET users/me/export/', undefined, person.headers)
    expect(status).toBe(200)
    expect(headers.get('content-disposition')).toBe('attachment; filename="account.json"')
    expect(body.account).toMatchObject({ email: person.email, account_state: 'active' })
    expect(body.sessions).toHaveLength(1)
    expect(body.activity.map((entry: { action: string }) => entry.action)).toEqual([
      'data_exported',
      'signed_in',
      'activated',
      'registered',
    ])
    const text = JSON.stringify(body)
    expect(text).not.toContain(other.email)
    expect(text).not.toMatch(/argon2|hash|Kiddie/)
    expect((await call('GET users/me/export/')).status).toBe(401)
    await doorward.close()
  })
})
