/** The staff API as an attacker sees it: closed to everybody else, and to what staff must not do to themselves. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { routesOf } from '../routes.ts'
import { type WireCall, wireClient } from '../wire-client.ts'

describe('the staff API | who gets in', () => {
  let doorward: TestDoorward
  let call: WireCall
  let person: SignedInUser
  beforeAll(async () => {
    doorward = await createTestDoorward()
    call = wireClient(doorward)
    await doorward.administrator()
    person = await doorward.signedUpUser()
  })
  afterAll(() => doorward.close())

  const everything = () => {
    const paths = new Set(routesOf(doorward).map(({ path }) => path.replace('/auth/', '')))
    return [...paths]
      .filter((path) => path.startsWith('admin/'))
      .flatMap((path) =>
        ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'].map(
          (method) => `${method} ${path.replace(/\{\w+\}/g, '1')}`,
        ),
      )
  }

  it('nobody without a token, a person without staff rights, or a token that was ended: with any method', async () => {
    expect(everything().length).toBeGreaterThan(100)
    const gone = await doorward.signedUpUser()
    await call('POST jwt/logout/', { refresh: gone.refresh })
    for (const request of everything()) {
      const body = request.startsWith('GET') || request.startsWith('OPTIONS') ? undefined : { is_staff: true }
      expect((await call(request, body)).status, request).toBe(401)
      expect((await call(request, body, person.headers)).status, request).toBe(403)
      expect((await call(request, body, gone.headers)).status, request).toBe(401)
    }
  })

  it('not who was staff a moment ago', async () => {
    const staff = await doorward.administrator()
    const user = await doorward.deps.store.users.byEmail(staff.email)
    await doorward.deps.store.users.update(user?.id ?? 0, { isStaff: false })
    expect((await call('GET admin/users/', undefined, staff.headers)).status).toBe(403)
  })

  it('nowhere in the djoser preset, where it does not exist', async () => {
    const djoser = await createTestDoorward({ preset: 'djoser' })
    const { headers } = await djoser.administrator()
    expect(routesOf(djoser).filter(({ path }) => path.includes('/admin/'))).toEqual([])
    const asked = wireClient(djoser)
    expect(
      (await djoser.fetch(new Request('http://127.0.0.1:8000/auth/admin/users/', { headers }))).status,
    ).toBe(404)
    expect((await asked('GET users/me/', undefined, headers)).status).toBe(200)
    await djoser.close()
  })
})

describe.each(testDatabases())('the staff API | what is not let in | $name', (database) => {
  let doorward: TestDoorward
  let call: WireCall
  let staff: SignedInUser
  const as = (request: string, body?: unknown) => call(request, body, staff.headers)
  const userOf = async (email: string) => {
    const user = await doorward.deps.store.users.byEmail(email)
    if (!user) throw new TypeError(`nobody has the address ${email}`)
    return user
  }
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
    call = wireClient(doorward)
    staff = await doorward.administrator()
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  it('fields that nobody may write: id, hash, states and times stay what they are', async () => {
    const { email } = await doorward.signedUpUser()
    const before = await userOf(email)
    const forged = {
      id: 999,
      password: 'Another-Ride-1177',
      password_hash: 'x',
      passwordHash: 'x',
      is_active: false,
      is_superuser: true,
      created_at: '2001-01-01T00:00:00Z',
      last_login: null,
      invited_at: '2001-01-01T00:00:00Z',
      deactivated_at: '2001-01-01T00:00:00Z',
      account_state: 'deactivated',
      __proto__: { is_staff: true },
      constructor: { prototype: { is_staff: true } },
    }
    expect((await as(`PATCH admin/users/${before.id}/`, forged)).status).toBe(200)
    expect(await userOf(email)).toEqual(before)
    const made = await as('POST admin/users/', {
      ...forged,
      email: 'forged@example.com',
      password: 'Kiddie-Ride-4821',
    })
    expect(made.body).toMatchObject({ is_active: true, is_staff: false, account_state: 'active' })
    expect(made.body.id).not.toBe(999)
  })

  it.each(['0', '-1', '9'.repeat(30), '1.0', '1e0', 'me', '%31%00', "1'--", '1.json'])(
    'no account by the id %s',
    async (id) => {
      expect((await as(`GET admin/users/${id}/`)).status).toBe(404)
      expect((await as(`POST admin/users/${id}/deactivate/`, {})).status).toBe(404)
    },
  )

  it('no markup and no formula as anything but text', async () => {
    const names = ['<script>alert(1)</script>', '=HYPERLINK("http://evil.example")', '@SUM(1)', '\u202egnp']
    for (const [n, first_name] of names.entries()) {
      const email = `text-${n}@example.com`
      const made = await as('POST admin/users/invite/', { email, first_name })
      expect(made.body.first_name).toBe(first_name)
      expect(made.headers.get('content-type')).toBe('application/json')
      expect(made.headers.get('x-content-type-options')).toBe('nosniff')
      const [mail] = await doorward.mails(email)
      expect(mail?.html).not.toContain('<script>')
      expect(mail?.text).not.toContain('evil.example')
    }
    const reason = 'x'.repeat(501)
    const { id } = await userOf('text-0@example.com')
    expect((await as(`POST admin/users/${id}/deactivate/`, { reason })).body).toHaveProperty('reason')
  })

  it('no secret: neither hashes nor links are in any answer', async () => {
    const { email } = await doorward.register()
    const { token } = await doorward.lastLink(email, 'activation')
    const { id } = await userOf(email)
    const answers = await Promise.all(
      ['users/', `users/${id}/`, 'mails/', `mails/?to=${email}`, 'mails/1/', 'keys/', 'statistics/'].map(
        (path) => as(`GET admin/${path}`),
      ),
    )
    for (const { status, body } of answers) {
      expect(status).toBe(200)
      const text = JSON.stringify(body)
      expect(text).not.toContain('argon2')
      expect(text).not.toContain(token)
      expect(text).not.toMatch(/PRIVATE KEY|subject|"text"|"html"/)
    }
  })

  it('the own account is not switched off, demoted or deleted by mistake', async () => {
    const { id } = await userOf(staff.email)
    await doorward.administrator()
    const own = { detail: 'You cannot do this to your own account.' }
    expect((await as(`POST admin/users/${id}/deactivate/`, {})).body).toEqual(own)
    expect((await as(`POST users/${id}/deactivate/`)).body).toEqual(own)
    expect((await as(`PATCH admin/users/${id}/`, { is_staff: false })).body).toEqual(own)
    expect((await as(`DELETE admin/users/${id}/`, {})).body).toEqual(own)
    expect((await as(`PATCH admin/users/${id}/`, { is_staff: true, first_name: 'Still' })).status).toBe(200)
  })
})

describe.each(testDatabases())('the last administrator | $name', (database) => {
  let doorward: TestDoorward
  let call: WireCall
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
    call = wireClient(doorward)
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })
  const idOf = async (email: string) => (await doorward.deps.store.users.byEmail(email))?.id ?? 0
  const administrators = async () =>
    (await doorward.deps.store.users.search({ sort: 'newest', limit: 100, isStaff: true, isActive: true }))
      .length

  it('cannot delete the own account, until there is another one', async () => {
    const first = await doorward.administrator()
    const body = { current_password: first.password }
    expect((await call('DELETE users/me/', body, first.headers)).body).toEqual({
      detail: 'This is the last active account with staff rights.',
    })
    const second = await doorward.administrator()
    expect((await call('DELETE users/me/', body, first.headers)).status).toBe(204)
    expect(
      (await call('DELETE users/me/', { current_password: second.password }, second.headers)).status,
    ).toBe(409)
  })

  it('stays, however many remove each other at the same time', async () => {
    for (const how of ['demote', 'deactivate', 'delete'] as const) {
      const two = [await doorward.administrator(), await doorward.administrator()]
      const ids = await Promise.all(two.map(({ email }) => idOf(email)))
      const others = await doorward.deps.store.users.search({ sort: 'newest', limit: 100, isStaff: true })
      for (const { id } of others.filter((user) => !ids.includes(user.id))) {
        await doorward.deps.store.users.delete(id)
      }
      await Promise.all(
        two.map(({ headers }, n) => {
          const target = `admin/users/${ids[1 - n]}/`
          if (how === 'demote') return call(`PATCH ${target}`, { is_staff: false }, headers)
          return how === 'delete'
            ? call(`DELETE ${target}`, {}, headers)
            : call(`POST ${target}deactivate/`, {}, headers)
        }),
      )
      expect(await administrators(), how).toBeGreaterThanOrEqual(1)
    }
  })
})
