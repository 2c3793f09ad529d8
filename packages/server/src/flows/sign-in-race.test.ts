/** A sign-in beside what throws everybody out: whoever knows only the old password is left with nothing. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createTestDoorward } from '../testing/create-test-doorward.ts'
import { testDatabases } from '../testing/databases.ts'
import { deleteUser } from './delete-user.ts'
import { signIn } from './sign-in.ts'
import { signInWithDatabaseToken } from './sign-in-with-database-token.ts'

const OLD = 'Kiddie-Ride-4821'
const NEW = 'Carousel-Horse-9137'
const HERE = { address: '203.0.113.7', userAgent: 'a browser', requestId: 'r' }
/** Django's hash of the old password, which the first sign-in replaces. */
const DJANGO = 'pbkdf2_sha256$260000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='

for (const database of testDatabases()) {
  describe(`sign-in | ${database.name}`, async () => {
    const doorward = await createTestDoorward({ database: await database.url() })
    const { deps } = doorward
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })
    const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const answer = await doorward.fetch(
        new Request(`http://127.0.0.1:8000/auth/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      )
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    }
    const change = { current_password: OLD, new_password: NEW, re_new_password: NEW }

    /** The flows' dependencies, with something happening right after the password was found to be right. */
    const afterTheCheck = (happens: () => Promise<unknown>): typeof deps => ({
      ...deps,
      passwords: {
        ...deps.passwords,
        verify: async (password, hash) => {
          const verified = await deps.passwords.verify(password, hash)
          await happens()
          return verified
        },
      },
    })

    it('is refused when the password was changed while it was checked, with either kind of token', async () => {
      for (const [enter, code] of [
        [signIn, 'no_active_account'],
        [signInWithDatabaseToken, 'invalid_credentials'],
      ] as const) {
        const user = await doorward.signedUpUser({ password: OLD })
        const slow = afterTheCheck(() => post('users/set_password/', change, user.headers))
        const late = enter(slow, { email: user.email, password: new Secret(OLD), origin: HERE })
        await expect(late).rejects.toMatchObject({ code })
        expect((await post('jwt/create/', { email: user.email, password: NEW })).status).toBe(200)
      }
    })

    it('leaves no session that nobody ends beside the deletion of the account', async () => {
      const { email } = await doorward.signedUpUser({ password: OLD })
      const target = await deps.store.users.byEmail(email)
      if (!target) throw new TypeError('there is no account')
      let late: Promise<unknown> = Promise.resolve()
      const beside: typeof deps.store.transaction = (work) =>
        deps.store.transaction((store) => {
          const endAllOf: typeof store.sessions.endAllOf = async (which) => {
            const ended = await store.sessions.endAllOf(which)
            late = signIn(deps, { email, password: new Secret(OLD), origin: HERE })
            await Promise.race([late.catch(() => {}), setTimeout(500)])
            return ended
          }
          return work({ ...store, sessions: { ...store.sessions, endAllOf } })
        })
      const rest = { caller: null, currentPassword: undefined, origin: HERE }
      await deleteUser({ ...deps, store: { ...deps.store, transaction: beside } }, { ...rest, target })
      await expect(late).rejects.toMatchObject({ code: 'no_active_account' })
    })

    it('is refused when staff switched the account off while the password was checked', async () => {
      const { email } = await doorward.signedUpUser({ password: OLD })
      const { id = 0 } = (await deps.store.users.byEmail(email)) ?? {}
      const staff = await doorward.administrator()
      const slow = afterTheCheck(() => post(`users/${id}/deactivate/`, {}, staff.headers))
      const late = signIn(slow, { email, password: new Secret(OLD), origin: HERE })
      await expect(late).rejects.toMatchObject({ code: 'no_active_account' })
    })

    it('leaves no session of the old password, however many are on their way during the change', async () => {
      for (let round = 0; round < 4; round += 1) {
        const user = await doorward.signedUpUser({ password: OLD })
        const credentials = { email: user.email, password: OLD }
        const flood = Array.from({ length: 8 }, () => post('jwt/create/', credentials))
        const changed = post('users/set_password/', change, user.headers)
        const more = Array.from({ length: 8 }, () => post('jwt/create/', credentials))
        expect((await changed).status).toBe(204)
        for (const { status, body } of await Promise.all([...flood, ...more])) {
          expect([200, 401]).toContain(status)
          if (status === 200) {
            expect((await post('jwt/refresh/', { refresh: body.refresh })).body.code).toBe('session_ended')
          }
        }
      }
    })

    it('upgrades an old hash once, and lets everybody in who came with the right password meanwhile', async () => {
      const { email } = await doorward.signedUpUser({ password: OLD })
      const { id = 0 } = (await deps.store.users.byEmail(email)) ?? {}
      await deps.store.users.update(id, { passwordHash: DJANGO })
      const attempts = Array.from({ length: 6 }, () => post('jwt/create/', { email, password: OLD }))
      expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual(Array(6).fill(200))
      expect((await deps.store.users.byId(id))?.passwordHash).toMatch(/^\$argon2id\$/)
    })
  })
}
