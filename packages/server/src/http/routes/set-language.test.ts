/** A person chooses the language of mails. On both databases. */
import { afterAll, describe, expect, it } from 'vitest'
import { createTestDoorward } from '../../testing/create-test-doorward.ts'
import { testDatabases } from '../../testing/databases.ts'

for (const database of testDatabases()) {
  describe(`language | ${database.name}`, async () => {
    const doorward = await createTestDoorward({ database: await database.url() })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })
    const put = (headers: object, body: unknown) =>
      doorward.fetch(
        new Request('http://127.0.0.1:8000/auth/users/me/language/', {
          method: 'PUT',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      )

    it('mails come in the language that was chosen, and in that of the site again after null', async () => {
      const user = await doorward.signedUpUser()
      const chosen = await put(user.headers, { language: 'id' })
      expect(await chosen.json()).toMatchObject({ language: 'id' })
      const reset = () =>
        doorward.fetch(
          new Request('http://127.0.0.1:8000/auth/users/reset_password/', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ email: user.email }),
          }),
        )
      await reset()
      const inIndonesian = (await doorward.mails(user.email)).at(-1)
      expect(inIndonesian?.subject).toContain('kata sandi')
      expect((await put(user.headers, { language: null })).status).toBe(200)
      await reset()
      const inEnglish = (await doorward.mails(user.email)).at(-1)
      expect(inEnglish?.subject).toContain('Password reset')
    })

    it('refuses a language that there is not, a missing one, and anybody who is not signed in', async () => {
      const user = await doorward.signedUpUser()
      const unknown = await put(user.headers, { language: 'tlh' })
      expect([unknown.status, await unknown.json()]).toEqual([
        400,
        { language: ['"tlh" is not a valid choice.'] },
      ])
      expect(await (await put(user.headers, {})).json()).toEqual({ language: ['This field is required.'] })
      expect((await put({}, { language: 'id' })).status).toBe(401)
    })
  })
}
