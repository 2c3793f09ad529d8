/** Staff find, make, change and delete accounts, over the wire, on both databases. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { type WireCall, wireClient } from '../wire-client.ts'

const RECENT = 600

describe.each(testDatabases())('staff and accounts | $name', (database) => {
  let doorward: TestDoorward
  let call: WireCall
  let staff: SignedInUser
  let as: (request: string, body?: unknown) => ReturnType<WireCall>
  const idOf = async (email: string) => (await doorward.deps.store.users.byEmail(email))?.id ?? 0
  const actionsOf = async (userId: number) =>
    (await doorward.deps.store.audit.list({ userId, limit: 50 })).toReversed().map(({ action }) => action)

  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
    call = wireClient(doorward)
    staff = await doorward.administrator()
    as = (request, body) => call(request, body, staff.headers)
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  it('make one with a password: it can sign in at once, and the log knows who made it', async () => {
    const made = await as('POST admin/users/', {
      email: 'Made@Example.com',
      password: 'Kiddie-Ride-4821',
      first_name: 'Made',
      role: 'buyer',
      locale: 'id',
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      email: 'made@example.com',
      first_name: 'Made',
      role: 'buyer',
      is_active: true,
      is_staff: false,
      account_state: 'active',
      has_password: true,
      locale: 'id',
      last_login: null,
    })
    expect(JSON.stringify(made.body)).not.toContain('argon2')
    await doorward.signIn({ email: 'made@example.com', password: 'Kiddie-Ride-4821' })
    expect(await actionsOf(made.body.id)).toEqual(['created', 'signed_in'])
    expect(
      (await as('POST admin/users/', { email: 'made@example.com', password: 'Kiddie-Ride-4821' })).body,
    ).toEqual({
      email: ['user account with this email already exists.'],
    })
    expect((await as('POST admin/users/', { email: 'weak@example.com', password: '12345678' })).status).toBe(
      400,
    )
  })

  it('find it by address, name and state, and follow the Link header through every page once', async () => {
    for (let n = 0; n < 7; n += 1) await doorward.register({ email: `page-${n}@example.com` })
    const found = await as('GET admin/users/?search=PAGE-3@example.com')
    expect(found.body.map((user: { email: string }) => user.email)).toEqual(['page-3@example.com'])
    const emails: string[] = []
    let next: string | undefined = 'GET admin/users/?search=page-&limit=3&state=pending&sort=email'
    let pages = 0
    while (next) {
      const page: Awaited<ReturnType<WireCall>> = await as(next)
      expect(page.status).toBe(200)
      emails.push(...page.body.map((user: { email: string }) => user.email))
      const link = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1]
      next = link && `GET ${link}`
      pages += 1
    }
    expect(emails).toEqual(Array.from({ length: 7 }, (_, n) => `page-${n}@example.com`))
    expect(pages).toBe(3)
  })

  it('a link to the next page names the public address, whatever host was asked', async () => {
    const request = new Request('http://evil.example/auth/admin/users/?limit=1', { headers: staff.headers })
    const answer = await doorward.fetch(request)
    expect(answer.headers.get('link')).toMatch(
      /^<http:\/\/127\.0\.0\.1:8000\/auth\/admin\/users\/\?limit=1&after=/,
    )
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['state=dead', 'state'],
    ['sort=password_hash', 'sort'],
    ['is_staff=perhaps', 'is_staff'],
    ['created_since=yesterday', 'created_since'],
    ['after=nonsense', 'after'],
    [`after=${Buffer.from('["email","a"]').toString('base64url')}`, 'after'],
    [`after=${Buffer.from('["newest","1 or 1=1"]').toString('base64url')}`, 'after'],
    [`search=${'x'.repeat(300)}`, 'search'],
    ['search=a%00b', 'search'],
  ])('?%s is refused by name', async (query, field) => {
    const { status, body } = await as(`GET admin/users/?${query}`)
    expect([status, Object.keys(body)]).toEqual([400, [field]])
  })

  it('change profile, language and role; a new role signs the person out', async () => {
    const person = await doorward.signedUpUser({ role: 'buyer' })
    const id = await idOf(person.email)
    const changed = await as(`PATCH admin/users/${id}/`, {
      first_name: 'Tina',
      locale: 'id',
      role: 'supplier',
    })
    expect(changed.body).toMatchObject({ first_name: 'Tina', locale: 'id', role: 'supplier' })
    expect((await call('GET users/me/', undefined, person.headers)).status).toBe(401)
    expect((await actionsOf(id)).slice(-2)).toEqual(['role_changed', 'profile_changed'])
  })

  it('change the address: both are told, sessions end, and the account signs in with the new one', async () => {
    const person = await doorward.signedUpUser()
    const id = await idOf(person.email)
    const moved = { email: 'Moved@example.com' }
    expect((await as(`PATCH admin/users/${id}/`, moved)).body).toMatchObject({ email: 'moved@example.com' })
    expect((await doorward.mails(person.email)).at(-1)?.kind).toBe('email_changed_notice')
    expect((await doorward.mails('moved@example.com')).at(-1)?.kind).toBe('email_changed')
    expect((await call('GET users/me/', undefined, person.headers)).status).toBe(401)
    await doorward.signIn({ email: 'moved@example.com', password: person.password })
    const undo = await doorward.lastLink(person.email, 'email_undo')
    expect((await call('POST users/set_email_undo/', undo)).status).toBe(204)
    expect(await idOf(person.email)).toBe(id)
    expect((await as(`PATCH admin/users/${id}/`, { email: staff.email })).body).toHaveProperty('email')
  })

  it('a new address of somebody who waits for activation gets a link that works; the old link is dead', async () => {
    const { email } = await doorward.register()
    const old = await doorward.lastLink(email, 'activation')
    await as(`PATCH admin/users/${await idOf(email)}/`, { email: `right-${email}` })
    expect((await call('POST users/activation/', old)).status).toBe(400)
    await doorward.activate(`right-${email}`)
  })

  it('switch an account off with a reason, and on again', async () => {
    const person = await doorward.signedUpUser()
    const id = await idOf(person.email)
    const off = await as(`POST admin/users/${id}/deactivate/`, { reason: 'Sent <b>spam</b>' })
    expect(off.body).toMatchObject({ account_state: 'deactivated', deactivation_reason: 'Sent <b>spam</b>' })
    expect((await call('GET users/me/', undefined, person.headers)).status).toBe(401)
    expect((await call('POST jwt/create/', person)).status).toBe(401)
    const on = await as(`POST admin/users/${id}/reactivate/`)
    expect(on.body).toMatchObject({
      account_state: 'active',
      deactivation_reason: null,
      deactivated_at: null,
    })
    await doorward.signIn(person)
  })

  it('see where somebody is signed in, end one session, then all', async () => {
    const person = await doorward.signedUpUser()
    await doorward.signIn(person)
    const id = await idOf(person.email)
    const sessions = async () => (await as(`GET admin/users/${id}/sessions/`)).body
    const [first] = await sessions()
    expect(first).toMatchObject({ current: false, amr: ['pwd'] })
    expect((await as(`DELETE admin/users/${id}/sessions/${first.id}/`)).status).toBe(204)
    expect((await as(`DELETE admin/users/${id}/sessions/${first.id}/`)).status).toBe(404)
    expect((await as(`DELETE admin/users/${id}/sessions/`)).body).toEqual({ ended: 1 })
    expect(await sessions()).toEqual([])
    expect((await call('GET users/me/', undefined, person.headers)).status).toBe(401)
  })

  it('end nobody else’s session by a path of another account', async () => {
    const [one, other] = [await doorward.signedUpUser(), await doorward.signedUpUser()]
    const [session] = (await as(`GET admin/users/${await idOf(other.email)}/sessions/`)).body
    expect((await as(`DELETE admin/users/${await idOf(one.email)}/sessions/${session.id}/`)).status).toBe(404)
    expect((await call('GET users/me/', undefined, other.headers)).status).toBe(200)
  })

  it('send activation and reset mails to the account’s own address, where they make sense', async () => {
    const { email } = await doorward.register()
    const id = await idOf(email)
    expect((await as(`POST admin/users/${id}/send_password_reset/`)).status).toBe(409)
    expect((await as(`POST admin/users/${id}/resend_activation/`)).status).toBe(204)
    await doorward.activate(email)
    expect((await as(`POST admin/users/${id}/resend_activation/`)).status).toBe(409)
    expect((await as(`POST admin/users/${id}/send_password_reset/`)).status).toBe(204)
    const link = await doorward.lastLink(email, 'password_reset')
    const password = { new_password: 'Another-Ride-1177' }
    expect((await call('POST users/reset_password_confirm/', { ...link, ...password })).status).toBe(204)
  })

  it('delete an account, and nothing of it is found', async () => {
    const person = await doorward.signedUpUser()
    const id = await idOf(person.email)
    expect((await as(`DELETE admin/users/${id}/`)).status).toBe(204)
    expect((await as(`GET admin/users/${id}/`)).status).toBe(404)
    expect((await actionsOf(id)).at(-1)).toBe('deleted')
  })

  it('what could take an account over asks for the password once the sign-in is not recent', async () => {
    const admin = await doorward.administrator()
    const person = await doorward.signedUpUser()
    const id = await idOf(person.email)
    doorward.clock.advance(RECENT + 1)
    const { access } = await doorward.signIn(person)
    expect(access).not.toBe('')
    const asked = { current_password: ['This field is required.'] }
    const wrong = { current_password: ['Invalid password.'] }
    const fresh = {
      authorization: `JWT ${(await call('POST jwt/refresh/', { refresh: admin.refresh })).body.access}`,
    }
    const late = (request: string, body: object) => call(request, body, fresh)
    for (const [request, body] of [
      [`PATCH admin/users/${id}/`, { is_staff: true }],
      [`PATCH admin/users/${id}/`, { email: 'thief@example.com' }],
      [`DELETE admin/users/${id}/`, {}],
      ['POST admin/users/', { email: 'x@example.com', password: 'Kiddie-Ride-4821', is_staff: true }],
      ['POST admin/users/invite/', { email: 'x@example.com', is_staff: true }],
      ['POST admin/keys/rotate/', {}],
      ['POST admin/keys/some/retire/', {}],
    ] as const) {
      expect((await late(request, body)).body, request).toEqual(asked)
      const guess = { ...body, current_password: person.password.replace('4', '5') }
      expect((await late(request, guess)).body, request).toEqual(wrong)
    }
    expect((await late(`PATCH admin/users/${id}/`, { first_name: 'Harmless' })).status).toBe(200)
    const proven = { is_staff: true, current_password: admin.password }
    expect((await late(`PATCH admin/users/${id}/`, proven)).body).toMatchObject({ is_staff: true })
    expect(await actionsOf(id)).toContain('staff_rights_given')
  })
})
