/** What could take an account away from its owner asks for the password, or for a sign-in that is recent enough. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let doorward: TestDoorward
beforeAll(async () => {
  doorward = await createTestDoorward()
})
afterAll(() => doorward.close())

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string | readonly string[]>>
}

async function ask(method: string, path: string, body: object, access: string): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    ...(access !== '' && { authorization: `Bearer ${access}` }),
  }
  const url = `http://127.0.0.1:8000/auth/${path}`
  const answer = await doorward.fetch(new Request(url, { method, headers, body: JSON.stringify(body) }))
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

const MISSING = { status: 400, body: { current_password: ['This field is required.'] } }
let count = 0
const changeEmail = (access: string, more = {}) => {
  count += 1
  return ask('POST', 'users/set_email/', { new_email: `moved-${count}@example.com`, ...more }, access)
}
const reauthenticate = (access: string, password: string) =>
  ask('POST', 'jwt/reauthenticate/', { current_password: password }, access)

/** Somebody who signed in eleven minutes ago and has refreshed since. */
async function lateUser(): Promise<SignedInUser> {
  const user = await doorward.signedUpUser()
  let { refresh } = user
  for (const seconds of [250, 250, 161]) {
    doorward.clock.advance(seconds)
    const { body } = await ask('POST', 'jwt/refresh/', { refresh }, '')
    refresh = String(body.refresh)
    Object.assign(user, { access: body.access, refresh })
  }
  return user
}

describe('a sensitive operation', () => {
  it('needs no password right after the sign-in', async () => {
    const { access } = await doorward.signedUpUser()
    expect((await changeEmail(access)).status).toBe(204)
    const other = await doorward.signedUpUser()
    expect((await ask('DELETE', 'users/me/', {}, other.access)).status).toBe(204)
  })

  it('asks for the password ten minutes later, for a refresh is no sign-in', async () => {
    const user = await lateUser()
    expect(decodeJwt(user.access)).toMatchObject({ amr: ['pwd'] })
    expect(await changeEmail(user.access)).toEqual(MISSING)
    expect(await ask('DELETE', 'users/me/', {}, user.access)).toEqual(MISSING)
    const wrong = await changeEmail(user.access, { current_password: 'not-the-password' })
    expect(wrong).toEqual({ status: 400, body: { current_password: ['Invalid password.'] } })
    expect((await changeEmail(user.access, { current_password: user.password })).status).toBe(204)
  })

  it('goes on with the token that proving oneself again gives, and its refreshes', async () => {
    const user = await lateUser()
    const again = await reauthenticate(user.access, user.password)
    expect(again.status).toBe(200)
    const access = String(again.body.access)
    expect(decodeJwt(access).auth_time).toBe(Math.floor(doorward.clock.now() / 1000))
    expect(decodeJwt(access).sid).toBe(decodeJwt(user.access).sid)
    // the token of before is the same sign-in as before
    expect(await changeEmail(user.access)).toEqual(MISSING)
    doorward.clock.advance(200)
    const { body } = await ask('POST', 'jwt/refresh/', { refresh: user.refresh }, '')
    expect((await changeEmail(String(body.access))).status).toBe(204)
  })

  it('is not opened by a wrong password, a session that has ended, or a database token', async () => {
    const user = await lateUser()
    expect((await reauthenticate(user.access, 'not-the-password')).status).toBe(400)
    const login = await ask('POST', 'token/login/', user, '')
    const headers = {
      'content-type': 'application/json',
      authorization: `Token ${login.body.auth_token}`,
    }
    const url = 'http://127.0.0.1:8000/auth/users/me/'
    const byToken = await doorward.fetch(new Request(url, { method: 'DELETE', headers, body: '{}' }))
    expect(byToken.status).toBe(400)
    await ask('POST', 'jwt/logout/', { refresh: user.refresh }, '')
    expect((await reauthenticate(user.access, user.password)).status).toBe(401)
  })

  it('that changes the password asks for the current one however recent the sign-in is', async () => {
    const { access } = await doorward.signedUpUser()
    expect(await ask('POST', 'users/set_password/', { new_password: 'Another-Ride-1177' }, access)).toEqual(
      MISSING,
    )
  })
})
