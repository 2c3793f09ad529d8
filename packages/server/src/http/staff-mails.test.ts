/** Staff mail links to accounts: whoever steals a session of theirs must not flood a mailbox with it. */
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'

for (const database of testDatabases()) {
  describe(`mails that staff send | ${database.name}`, () => {
    let doorward: TestDoorward
    let headers: Record<string, string>
    beforeAll(async () => {
      const config = { server: { throttle: true } }
      doorward = await createTestDoorward({ database: await database.url(), config })
      headers = { ...(await doorward.administrator()).headers, 'content-type': 'application/json' }
    })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })

    const staff = async (path: string, body: object = {}, method = 'POST') => {
      const request = { method, headers, body: JSON.stringify(body) }
      const answer = await doorward.fetch(new Request(`http://127.0.0.1:8000/auth/${path}`, request))
      const text = await answer.text()
      return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
    }

    it('staff mail one account three links an hour of each kind, and others all the same', async () => {
      const idOf = async ({ email }: { email: string }) =>
        (await doorward.deps.store.users.byEmail(email))?.id
      const [id, other] = [
        await idOf(await doorward.signedUpUser()),
        await idOf(await doorward.signedUpUser()),
      ]
      const reset = async (path: string) => (await staff(`admin/users/${path}/send_password_reset/`)).status
      const statuses = []
      for (const path of [`${id}`, `${id}`, `0${id}`, `${id}`, `0${id}`]) statuses.push(await reset(path))
      expect(statuses).toEqual([204, 204, 204, 429, 429])
      expect(await reset(`${other}`)).toBe(204)

      const waiting = await idOf(await doorward.register())
      const activation = []
      for (let i = 0; i < 4; i += 1)
        activation.push((await staff(`admin/users/${waiting}/resend_activation/`)).status)
      expect(activation).toEqual([204, 204, 204, 429])
    })

    it('a mailbox that accounts are moved to, one after the other, is not flooded; other changes go on', async () => {
      const victim = 'victim@example.com'
      const statuses = []
      for (let i = 0; i < 5; i += 1) {
        const { email } = await doorward.signedUpUser()
        const path = `admin/users/${(await doorward.deps.store.users.byEmail(email))?.id}/`
        statuses.push((await staff(path, { email: victim }, 'PATCH')).status)
        expect((await staff(path, { first_name: 'Still' }, 'PATCH')).status).toBe(200)
        expect((await staff(path, { email: `elsewhere-${i}@example.com` }, 'PATCH')).status).toBe(200)
      }
      expect(statuses).toEqual([200, 200, 200, 429, 429])
      // as many tell that an account came as that it left
      expect(await doorward.mails(victim)).toHaveLength(6)
    })

    it('an invitation that is taken back and sent again does not flood a mailbox', async () => {
      const person = { email: 'guest@example.com', first_name: 'A', last_name: 'B', role: 'buyer' }
      const statuses = []
      for (let i = 0; i < 5; i += 1) {
        const { status, body } = await staff('admin/users/invite/', person)
        statuses.push(status)
        if (status !== 201) continue
        const path = `http://127.0.0.1:8000/auth/admin/users/${body.id}/invitation/`
        await doorward.fetch(new Request(path, { method: 'DELETE', headers }))
      }
      expect(statuses).toEqual([201, 201, 201, 429, 429])

      const guest = { ...person, email: 'other-guest@example.com' }
      const { body } = await staff('admin/users/invite/', guest)
      const again = []
      for (let i = 0; i < 4; i += 1) again.push((await staff(`admin/users/${body.id}/invitation/`)).status)
      expect(again).toEqual([200, 200, 200, 429])
    })
  })
}
