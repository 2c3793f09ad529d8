import { setTimeout } from 'node:timers/promises'
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const DAY = 86_400

for (const database of testDatabases()) {
  describe(`a new address | ${database.name}`, () => {
    let doorward: TestDoorward
    let user: SignedInUser
    let count = 0
    const fresh = () => {
      count += 1
      return `new-${count}@example.com`
    }
    beforeEach(async () => {
      doorward = await createTestDoorward({ database: await database.url() })
      user = await doorward.signedUpUser({ email: fresh(), password: PASSWORD })
      return () => doorward.close()
    })
    afterAll(() => database.close())

    const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      })
      const answer = await doorward.fetch(request)
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    }
    const ask = (newEmail: string, by: SignedInUser = user) =>
      post('users/set_email/', { new_email: newEmail, current_password: by.password }, { ...by.headers })
    const confirm = async (email: string) =>
      post('users/set_email_confirm/', await doorward.lastLink(email, 'email_change'))
    const undo = async (email: string) =>
      post('users/set_email_undo/', await doorward.lastLink(email, 'email_undo'))
    const signIn = async (email: string, password = PASSWORD) =>
      (await post('jwt/create/', { email, password })).status
    const kindsTo = async (email: string) => (await doorward.mails(email)).map(({ kind }) => kind)
    /** Asks for the change and confirms it. */
    const move = async (email: string, by: SignedInUser = user) => {
      await ask(email, by)
      return confirm(email)
    }

    it('counts only when the link mailed to it was used; until then the old one signs in', async () => {
      const email = fresh()
      expect(await ask(email)).toEqual({ status: 204, body: {} })
      expect([await signIn(user.email), await signIn(email)]).toEqual([200, 401])
      expect((await confirm(email)).status).toBe(204)
      expect([await signIn(user.email), await signIn(email)]).toEqual([401, 200])
      expect(await kindsTo(email)).toEqual(['email_change', 'email_changed'])
      expect((await kindsTo(user.email)).at(-1)).toBe('email_changed_notice')
    })

    it('ends the other sessions, and not the one that asked', async () => {
      const other = await doorward.signIn(user)
      await move(fresh())
      const me = ({ headers }: SignedInUser) =>
        doorward.fetch(new Request('http://127.0.0.1:8000/auth/users/me/', { headers: { ...headers } }))
      expect([(await me(user)).status, (await me(other)).status]).toEqual([200, 401])
    })

    it('is confirmed once, however many try at the same time', async () => {
      const email = fresh()
      await ask(email)
      const link = await doorward.lastLink(email, 'email_change')
      const all = await Promise.all(Array.from({ length: 8 }, () => post('users/set_email_confirm/', link)))
      expect(all.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400, 400, 400, 400, 400])
      expect((await kindsTo(email)).filter((kind) => kind === 'email_changed')).toHaveLength(1)
    })

    it('is the one asked for last: an earlier link ends', async () => {
      const [first, second] = [fresh(), fresh()]
      await ask(first)
      await ask(second)
      expect((await confirm(first)).status).toBe(400)
      expect((await confirm(second)).status).toBe(204)
    })

    it('asked for by a thief ends when the owner sets a new password', async () => {
      const email = fresh()
      await ask(email)
      await post('users/reset_password/', { email: user.email })
      const reset = await doorward.lastLink(user.email, 'password_reset')
      await post('users/reset_password_confirm/', { ...reset, new_password: 'Another-Ride-5932' })
      expect((await confirm(email)).status).toBe(400)
    })

    it('can be confirmed after a sign-in on another device', async () => {
      const email = fresh()
      await ask(email)
      doorward.clock.advance(60)
      await doorward.signIn(user)
      expect((await confirm(email)).status).toBe(204)
    })

    it('cannot be confirmed after three days', async () => {
      const email = fresh()
      await ask(email)
      doorward.clock.advance(3 * DAY + 1)
      expect((await confirm(email)).body).toEqual({ token: ['Invalid token for given user.'] })
    })

    it('that has an account is not told to whoever asks: its owner gets a mail, and nothing changes', async () => {
      const owner = await doorward.signedUpUser({ email: fresh(), password: PASSWORD })
      expect((await ask(owner.email)).status).toBe(204)
      expect((await kindsTo(owner.email)).at(-1)).toBe('email_change_taken')
      await expect(doorward.lastLink(owner.email, 'email_change')).rejects.toThrow(TypeError)
      expect([await signIn(user.email), await signIn(owner.email)]).toEqual([200, 200])
    })

    it('that somebody registered with and never proved belongs to whoever proves it', async () => {
      const email = fresh()
      await doorward.register({ email, password: 'Squatter-Pass-1' })
      expect((await move(email)).status).toBe(204)
      expect([await signIn(email, 'Squatter-Pass-1'), await signIn(email)]).toEqual([401, 200])
    })

    it('that somebody registered with and proves at the same moment belongs to them', async () => {
      const email = fresh()
      await doorward.register({ email, password: 'Quicker-Pass-1' })
      await ask(email)
      const link = await doorward.lastLink(email, 'email_change')
      const { store } = doorward.deps
      const waiting = (await store.users.byEmail(email)) ?? expect.fail('nobody')
      let late: ReturnType<typeof post> | undefined
      await store.transaction(async ({ users }) => {
        await users.activate(waiting)
        late = post('users/set_email_confirm/', link)
        await setTimeout(100)
      })
      expect((await late)?.status).toBe(400)
      expect([await signIn(user.email), await signIn(email, 'Quicker-Pass-1')]).toEqual([200, 200])
    })

    it('is taken back by the link at the old address: address, sessions and password', async () => {
      const email = fresh()
      await move(email)
      const thief = await doorward.signIn({ email, password: PASSWORD })
      expect((await undo(user.email)).status).toBe(204)
      expect([await signIn(email), await signIn(user.email)]).toEqual([401, 401])
      const me = new Request('http://127.0.0.1:8000/auth/users/me/', { headers: { ...thief.headers } })
      expect((await doorward.fetch(me)).status).toBe(401)

      const reset = await doorward.lastLink(user.email, 'password_reset')
      await post('users/reset_password_confirm/', { ...reset, new_password: 'Another-Ride-5932' })
      expect(await signIn(user.email, 'Another-Ride-5932')).toBe(200)
    })

    it('is taken back although the thief changed the password and then the address once more', async () => {
      const [second, third] = [fresh(), fresh()]
      await move(second)
      const thief = await doorward.signIn({ email: second, password: PASSWORD })
      const words = { current_password: PASSWORD, new_password: 'Thief-Pass-3344' }
      await post('users/set_password/', words, { ...thief.headers })
      const again = await doorward.signIn({ email: second, password: 'Thief-Pass-3344' })
      await move(third, { ...again, password: 'Thief-Pass-3344' })
      expect((await undo(user.email)).status).toBe(204)
      expect((await doorward.mails(user.email)).at(-1)?.kind).toBe('email_restored')
      expect((await undo(second)).status, 'the thief cannot take it back again').toBe(400)
    })

    it('is taken back although the thief registered the old address for another account', async () => {
      await move(fresh())
      await doorward.register({ email: user.email, password: 'Thief-Pass-3344' })
      expect((await undo(user.email)).status).toBe(204)
      expect((await kindsTo(user.email)).at(-1)).toBe('email_restored')
    })

    it('is taken back once, and within a week', async () => {
      await move(fresh())
      const link = await doorward.lastLink(user.email, 'email_undo')
      const both = await Promise.all([
        post('users/set_email_undo/', link),
        post('users/set_email_undo/', link),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual([204, 400])

      const late = await doorward.signedUpUser({ email: fresh(), password: PASSWORD })
      await move(fresh(), late)
      doorward.clock.advance(7 * DAY + 1)
      expect((await undo(late.email)).status).toBe(400)
    })

    it('by the link of an e-mail reset has to be proven too, and the link is used up', async () => {
      const email = fresh()
      await post('users/reset_email/', { email: user.email })
      const link = await doorward.lastLink(user.email, 'email_reset')
      expect((await post('users/reset_email_confirm/', { ...link, new_email: email })).status).toBe(204)
      expect((await post('users/reset_email_confirm/', { ...link, new_email: fresh() })).status).toBe(400)
      expect(await signIn(user.email)).toBe(200)
      expect((await confirm(email)).status).toBe(204)
    })
  })
}

describe('a new address | without confirmation', () => {
  it('counts at once where the settings say so, and can still be taken back', async () => {
    const doorward = await createTestDoorward({ config: { emailChange: { confirmNewAddress: false } } })
    const user = await doorward.signedUpUser()
    const send = (path: string, body: object, headers = {}) =>
      doorward.fetch(
        new Request(`http://127.0.0.1:8000/auth/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      )
    const body = { new_email: 'moved@example.com', current_password: user.password }
    expect((await send('users/set_email/', body, user.headers)).status).toBe(204)
    expect((await doorward.signIn({ ...user, email: 'moved@example.com' })).access).not.toBe('')
    expect((await send('users/set_email_confirm/', {})).status).not.toBe(204)
    const link = await doorward.lastLink(user.email, 'email_undo')
    expect((await send('users/set_email_undo/', link)).status).toBe(204)
    await doorward.close()
  })
})
