/** What the secure default promises on the wire, beyond what Djoser does. */
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Headers
}

const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: 'Kiddie-Ride-4821' }

const caller =
  (doorward: TestDoorward) =>
  async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const answer = await doorward.fetch(
      new Request(`http://127.0.0.1:8000/auth/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text), headers: answer.headers }
  }

describe('the secure default | what strangers learn', () => {
  let doorward: TestDoorward
  let call: ReturnType<typeof caller>
  beforeAll(async () => {
    doorward = await createTestDoorward()
    call = caller(doorward)
  })
  afterAll(() => doorward.close())

  it('a registration answers the same for a free and for a taken address, without an id, and the owner is told', async () => {
    const owner = await doorward.signedUpUser({ email: 'owner@example.com' })
    const free = await call('POST', 'users/', { ...PERSON, email: 'free@example.com' })
    const taken = await call('POST', 'users/', { ...PERSON, email: 'Owner@Example.com' })
    expect([free.status, taken.status]).toEqual([201, 201])
    expect(free.body).toEqual({
      first_name: 'Tina',
      last_name: 'Santoso',
      role: 'buyer',
      email: 'free@example.com',
    })
    expect(taken.body).toEqual({ ...free.body, email: 'owner@example.com' })
    const names = (answer: Answer) => [...answer.headers.keys()].sort()
    expect(names(free)).toEqual(names(taken))
    expect((await doorward.mails('owner@example.com')).at(-1)?.kind).toBe('account_exists')
    expect((await call('POST', 'jwt/create/', owner)).status).toBe(200)
  })

  it('an address registered again before it was confirmed belongs to whoever confirms the newest mail', async () => {
    const email = 'squatted@example.com'
    await call('POST', 'users/', { ...PERSON, email, password: 'Squatter-Pass-1' })
    const old = await doorward.lastLink(email, 'activation')
    await call('POST', 'users/', { ...PERSON, email, password: 'Owner-Pass-2277' })
    expect((await call('POST', 'users/activation/', old)).status).toBe(400)
    await doorward.activate(email)
    expect((await call('POST', 'jwt/create/', { email, password: 'Squatter-Pass-1' })).status).toBe(401)
    expect((await call('POST', 'jwt/create/', { email, password: 'Owner-Pass-2277' })).status).toBe(200)
  })

  it('asking for mails answers 204 for every address', async () => {
    for (const path of ['resend_activation', 'reset_password', 'reset_email']) {
      for (const email of ['owner@example.com', 'free@example.com', 'nobody@example.com']) {
        expect((await call('POST', `users/${path}/`, { email })).status, `${path} ${email}`).toBe(204)
      }
    }
  })

  it('a failed sign-in says the same for a wrong password, an unknown and an inactive address', async () => {
    const bodies = await Promise.all(
      ['owner@example.com', 'nobody@example.com', 'free@example.com'].map((email) =>
        call('POST', 'jwt/create/', { email, password: 'wrong' }),
      ),
    )
    expect(new Set(bodies.map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1)
  })

  it('accounts of others do not exist, whatever is tried with them', async () => {
    const someone = await doorward.signedUpUser()
    for (const [method, body] of [
      ['GET'],
      ['PATCH', {}],
      ['DELETE', { current_password: someone.password }],
    ] as const) {
      const answer = await call(method, 'users/1/', body, { ...someone.headers })
      expect([answer.status, answer.body], method).toEqual([404, { detail: 'Not found.' }])
    }
  })
})

describe('the secure default | roles, mass assignment, formats', () => {
  let doorward: TestDoorward
  let call: ReturnType<typeof caller>
  beforeAll(async () => {
    doorward = await createTestDoorward({
      config: {
        users: {
          roles: ['buyer', 'seller', 'admin'],
          rolesAtRegistration: ['buyer'],
          fields: {
            phone: { type: 'text', maxLength: 20, required: true },
            newsletter: { type: 'boolean' },
            birthday: { type: 'date' },
            credit: { type: 'integer', writableBy: 'staff' },
          },
        },
      },
    })
    call = caller(doorward)
  })
  afterAll(() => doorward.close())

  it('declared fields are required, validated, stored, shown and documented', async () => {
    const email = 'fields@example.com'
    expect((await call('POST', 'users/', { ...PERSON, email })).body).toEqual({
      phone: ['This field is required.'],
    })
    const wrong = { ...PERSON, email, phone: '1'.repeat(21), newsletter: 'perhaps', birthday: '2026-02-30' }
    expect(Object.keys((await call('POST', 'users/', wrong)).body).sort()).toEqual([
      'birthday',
      'newsletter',
      'phone',
    ])
    const right = { ...PERSON, email, phone: '0812', newsletter: true, birthday: '2001-02-03', credit: 1000 }
    expect((await call('POST', 'users/', right)).body).toMatchObject({
      phone: '0812',
      newsletter: true,
      credit: null,
    })
    await doorward.activate(email)
    const user = await doorward.signIn({ email, password: PERSON.password })
    const me = await call('PATCH', 'users/me/', { phone: '0813', credit: 5 }, { ...user.headers })
    expect(me.body).toMatchObject({ phone: '0813', newsletter: true, birthday: '2001-02-03', credit: null })
    expect(JSON.stringify(doorward.openapi)).toContain('"newsletter"')
  })

  it('only the declared roles can be taken, and nobody gives themselves another', async () => {
    const person = { ...PERSON, phone: '1', email: 'role@example.com' }
    for (const role of ['seller', 'admin', 'Admin', 'king']) {
      expect((await call('POST', 'users/', { ...person, role })).status, role).toBe(400)
    }
    const user = await doorward.signedUpUser({ role: 'buyer', phone: '1' })
    const refused = await call('PATCH', 'users/me/', { role: 'seller' }, { ...user.headers })
    expect(refused.body).toEqual({ role: ['This role can only be given by staff.'] })
  })

  it('id, is_staff and is_active cannot be written', async () => {
    const user = await doorward.signedUpUser({ role: 'buyer', phone: '1' })
    const before = await call('GET', 'users/me/', undefined, { ...user.headers })
    await call(
      'PATCH',
      'users/me/',
      { id: 99, is_staff: true, is_active: false, email: 'x@example.com' },
      { ...user.headers },
    )
    expect((await call('GET', 'users/me/', undefined, { ...user.headers })).body).toEqual(before.body)
    expect(
      ((await call('GET', 'users/', undefined, { ...user.headers })).body as unknown as unknown[]).length,
    ).toBe(1)
  })

  it('who accepts problem details gets RFC 9457 with stable codes', async () => {
    const accept = { accept: 'application/problem+json' }
    const { status, body, headers } = await call('POST', 'users/', { email: 'x' }, accept)
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(body).toMatchObject({ status: 400, code: 'required' })
    expect(body.errors).toContainEqual({
      path: 'email',
      code: 'invalid_email',
      message: 'Enter a valid email address.',
    })
    expect((await call('GET', 'users/me/', undefined, accept)).body).toMatchObject({
      code: 'not_authenticated',
    })
  })

  it('Bearer and JWT are both schemes, and a path without its slash answers as with it', async () => {
    const user = await doorward.signedUpUser({ role: 'buyer', phone: '1' })
    for (const scheme of ['JWT', 'Bearer']) {
      const answer = await call('GET', 'users/me', undefined, { authorization: `${scheme} ${user.access}` })
      expect(answer.status, scheme).toBe(200)
    }
  })
})

describe('the secure default | a project that asks for less', () => {
  let doorward: TestDoorward
  let call: ReturnType<typeof caller>
  beforeAll(async () => {
    doorward = await createTestDoorward({
      config: { users: { requiredFields: ['first_name'], roles: ['buyer'] } },
    })
    call = caller(doorward)
  })
  afterAll(() => doorward.close())

  it('names and role that are not required may be left out or blank, and are then blank', async () => {
    const { password } = PERSON
    expect((await call('POST', 'users/', { email: 'less@example.com', password })).body).toEqual({
      first_name: ['This field is required.'],
    })
    const person = { email: 'less@example.com', password, first_name: 'Tina', last_name: '' }
    const registered = await call('POST', 'users/', person)
    expect([registered.status, registered.body]).toEqual([
      201,
      { first_name: 'Tina', last_name: '', role: '', email: 'less@example.com' },
    ])
    const nobody = await call('POST', 'users/', { ...person, email: 'null@example.com', last_name: null })
    expect(nobody.body).toEqual({ last_name: ['This field may not be null.'] })
    const king = await call('POST', 'users/', { ...person, email: 'king@example.com', role: 'king' })
    expect(king.body).toEqual({ role: ['"king" is not a valid choice.'] })
  })
})

describe('one setting beside the secure default | registration.tellTakenAddress', () => {
  it('names a taken address as taken however it is spelt, beside whatever else is wrong', async () => {
    const doorward = await createTestDoorward({ config: { registration: { tellTakenAddress: true } } })
    const call = caller(doorward)
    await doorward.signedUpUser({ email: 'owner@example.com' })
    const taken = ['user account with this email already exists.']
    for (const email of ['owner@example.com', 'Owner@Example.com']) {
      const { status, body } = await call('POST', 'users/', { ...PERSON, email })
      expect([status, body], email).toEqual([400, { email: taken }])
      const { body: both } = await call('POST', 'users/', { ...PERSON, email, role: '' })
      expect(both, email).toEqual({ email: taken, role: ['This field may not be blank.'] })
    }
    await doorward.close()
  })
})
