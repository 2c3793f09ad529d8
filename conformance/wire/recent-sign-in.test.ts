/** What could take an account away from its owner asks for the password, or for a sign-in that is recent enough. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string | readonly string[]>>
}

const MISSING = { status: 400, body: { current_password: ['This field is required.'] } }
const WRONG = { status: 400, body: { current_password: ['Invalid password.'] } }

let doorward: TestDoorward

async function ask(method: string, path: string, body: object, access: string): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    ...(access !== '' && { authorization: access.includes(' ') ? access : `Bearer ${access}` }),
  }
  const url = `http://127.0.0.1:8000/auth/${path}`
  const answer = await doorward.fetch(new Request(url, { method, headers, body: JSON.stringify(body) }))
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

let count = 0
const changeEmail = (access: string, more = {}) => {
  count += 1
  return ask('POST', 'users/set_email/', { new_email: `moved-${count}@example.com`, ...more }, access)
}
const reauthenticate = (access: string, password: string) =>
  ask('POST', 'jwt/reauthenticate/', { current_password: password }, access)

/** Somebody who signed in eleven minutes ago and has refreshed since. */
async function lateUser(person = doorward.signedUpUser()): Promise<SignedInUser> {
  const user = await person
  let { refresh } = user
  for (const seconds of [250, 250, 161]) {
    doorward.clock.advance(seconds)
    const { body } = await ask('POST', 'jwt/refresh/', { refresh }, '')
    refresh = String(body.refresh)
    Object.assign(user, { access: body.access, refresh })
  }
  return user
}

describe.each(testDatabases())('a sensitive operation | $name', (database) => {
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

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

  it('asks for the password when the clock was set back by more since the sign-in', async () => {
    const user = await doorward.signedUpUser()
    const { clock } = doorward
    const { now } = clock
    Object.assign(clock, { now: () => now() - 601_000 })
    const { body } = await ask('POST', 'jwt/refresh/', { refresh: user.refresh }, '')
    const answer = await changeEmail(String(body.access))
    Object.assign(clock, { now })
    expect(answer).toEqual(MISSING)
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

  describe('ending sessions', () => {
    const end = (id: string, access: string, body = {}) => ask('DELETE', `sessions/${id}/`, body, access)
    const endOthers = (access: string, body = {}) => ask('POST', 'sessions/revoke_others/', body, access)
    const sessionOf = ({ access }: SignedInUser) => String(decodeJwt(access).sid)
    const goesOn = async ({ refresh }: SignedInUser) =>
      (await ask('POST', 'jwt/refresh/', { refresh }, '')).status === 200

    it('of other devices needs no password right after the sign-in', async () => {
      const lost = await doorward.signedUpUser()
      const [phone, owner] = [await doorward.signIn(lost), await doorward.signIn(lost)]
      expect((await end(sessionOf(lost), owner.access)).status).toBe(204)
      expect(await endOthers(owner.access)).toEqual({ status: 200, body: { ended: 1 } })
      expect([await goesOn(lost), await goesOn(phone), await goesOn(owner)]).toEqual([false, false, true])
    })

    it('of other devices asks for the password ten minutes later, each time, and a wrong one ends nothing', async () => {
      const owner = await lateUser()
      const [phone, tablet] = [await doorward.signIn(owner), await doorward.signIn(owner)]
      const guess = { current_password: 'not-the-password' }
      const password = { current_password: owner.password }
      expect(await end(sessionOf(phone), owner.access)).toEqual(MISSING)
      expect(await endOthers(owner.access)).toEqual(MISSING)
      expect(await end(sessionOf(phone), owner.access, guess)).toEqual(WRONG)
      expect(await endOthers(owner.access, guess)).toEqual(WRONG)
      expect([await goesOn(phone), await goesOn(tablet)]).toEqual([true, true])
      expect((await end(sessionOf(phone), owner.access, password)).status).toBe(204)
      // the token of before is the same sign-in as before
      expect(await end(sessionOf(tablet), owner.access)).toEqual(MISSING)
      expect(await endOthers(owner.access)).toEqual(MISSING)
      expect(await endOthers(owner.access, password)).toEqual({ status: 200, body: { ended: 1 } })
      expect([await goesOn(owner), await goesOn(phone), await goesOn(tablet)]).toEqual([true, false, false])
    })

    it('goes on with the token that proving oneself again gives', async () => {
      const owner = await lateUser()
      const other = await doorward.signIn(owner)
      const access = String((await reauthenticate(owner.access, owner.password)).body.access)
      expect((await end(sessionOf(other), access)).status).toBe(204)
      expect((await endOthers(access)).status).toBe(200)
    })

    it('of this device never asks', async () => {
      const owner = await lateUser()
      expect((await end(sessionOf(owner), owner.access)).status).toBe(204)
      expect(await goesOn(owner)).toBe(false)
    })

    it('asks for no password where there is nothing to end', async () => {
      const owner = await lateUser()
      const [over, stranger] = [await doorward.signIn(owner), await doorward.signedUpUser()]
      await ask('POST', 'jwt/logout/', { refresh: over.refresh }, '')
      for (const id of [sessionOf(over), sessionOf(stranger), 'none'])
        expect((await end(id, owner.access)).status, id).toBe(404)
      expect(await goesOn(stranger)).toBe(true)
    })

    it('asks for the password where a database token is shown, which is no sign-in', async () => {
      const owner = await doorward.signedUpUser()
      const login = await ask('POST', 'token/login/', owner, '')
      const token = `Token ${login.body.auth_token}`
      expect(await end(sessionOf(owner), token)).toEqual(MISSING)
      expect(await endOthers(token)).toEqual(MISSING)
      expect(await goesOn(owner)).toBe(true)
      expect((await endOthers(token, { current_password: owner.password })).body).toEqual({ ended: 1 })
    })

    it('needs a recent sign-in where the account has no usable password any more', async () => {
      const owner = await doorward.signedUpUser()
      const other = await doorward.signIn(owner)
      await doorward.signIn(owner)
      const { users } = doorward.deps.store
      const account = await users.byEmail(owner.email)
      await users.update(account?.id ?? 0, { passwordHash: '!none' })
      expect((await end(sessionOf(other), owner.access)).status).toBe(204)
      expect((await endOthers(owner.access)).body).toEqual({ ended: 1 })
    })

    it('of staff themselves goes no other way: a stolen token of theirs ends none of them', async () => {
      const owner = await lateUser(doorward.administrator())
      const other = await doorward.signIn(owner)
      const id = (await doorward.deps.store.users.byEmail(owner.email))?.id
      const refused = { status: 403, body: { detail: 'You cannot do this to your own account.' } }
      for (const session of [other, owner])
        expect(
          await ask('DELETE', `admin/users/${id}/sessions/${sessionOf(session)}/`, {}, owner.access),
        ).toEqual(refused)
      expect(await ask('DELETE', `admin/users/${id}/sessions/`, {}, owner.access)).toEqual(refused)
      expect(await ask('POST', `users/${id}/revoke_sessions/`, {}, owner.access)).toEqual(refused)
      expect([await goesOn(owner), await goesOn(other)]).toEqual([true, true])
    })

    it('of somebody else asks staff nothing', async () => {
      const { access } = await lateUser(doorward.administrator())
      const [one, other] = [await doorward.signedUpUser(), await doorward.signedUpUser()]
      const idOf = async ({ email }: SignedInUser) => (await doorward.deps.store.users.byEmail(email))?.id
      const path = `admin/users/${await idOf(one)}/sessions/${sessionOf(one)}/`
      expect((await ask('DELETE', path, {}, access)).status).toBe(204)
      const all = await ask('POST', `users/${await idOf(other)}/revoke_sessions/`, {}, access)
      expect(all).toEqual({ status: 200, body: { ended: 1 } })
    })
  })
})

describe('where the password is always asked for', () => {
  it('ending the session in use needs none, and any other needs it right after the sign-in', async () => {
    const strict = await createTestDoorward({ config: { sessions: { recentSignIn: 0 } } })
    const owner = await strict.signedUpUser()
    const other = await strict.signIn(owner)
    const end = async ({ access }: SignedInUser, body?: string) => {
      const url = `http://127.0.0.1:8000/auth/sessions/${decodeJwt(access).sid}/`
      const headers = { ...owner.headers, ...(body && { 'content-type': 'application/json' }) }
      return (await strict.fetch(new Request(url, { method: 'DELETE', headers, ...(body && { body }) })))
        .status
    }
    expect(await end(other)).toBe(400)
    expect(await end(other, JSON.stringify({ current_password: owner.password }))).toBe(204)
    expect(await end(owner)).toBe(204)
    await strict.close()
  })
})
