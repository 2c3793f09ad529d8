/** Where somebody is signed in is said in the language that the person reads. */
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { MESSAGE_LOCALES } from '../messages/say.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe('the names of devices', async () => {
  const doorward = await createTestDoorward()
  const english = await createTestDoorward({ config: { api: { translated: false } } })
  afterAll(async () => {
    await doorward.close()
    await english.close()
  })

  /** The devices in an answer, to somebody who signed in with Firefox and with something that has no name. */
  async function devices(path: string, language: string, of = doorward): Promise<readonly string[]> {
    const person = await of.administrator()
    const body = JSON.stringify({ email: person.email, password: person.password })
    const headers = { 'content-type': 'application/json', 'user-agent': FIREFOX }
    await of.fetch(new Request('http://127.0.0.1:8000/auth/jwt/create/', { method: 'POST', headers, body }))
    const id = (await of.deps.store.users.byEmail(person.email))?.id
    const asked = { headers: { ...person.headers, 'accept-language': language } }
    const answer = await of.fetch(
      new Request(`http://127.0.0.1:8000/auth/${path.replace(':id', String(id))}`, asked),
    )
    return (await answer.json()).map(({ device }: { device: string }) => device)
  }

  it.each(['sessions/', 'activity/', 'admin/users/:id/sessions/', 'admin/audit/?user=:id'])(
    'come in %s in the language asked for',
    async (path) => {
      expect(await devices(path, 'de')).toContain('Firefox auf Windows')
      expect(await devices(path, 'ja')).toContain('Windows の Firefox')
      expect(await devices(path, 'en')).toContain('Firefox on Windows')
    },
  )

  it('are there in every language of the API, for what has no name too', async () => {
    const named = await Promise.all(MESSAGE_LOCALES.map((language) => devices('sessions/', language)))
    const words = named.map((names) => names.toSorted().join())
    expect(new Set(words).size).toBe(MESSAGE_LOCALES.length)
    for (const names of named)
      expect(names.some((name) => /Firefox.*Windows|Windows.*Firefox/.test(name))).toBe(true)
  })

  it('stay in English where the API is not translated', async () => {
    expect(await devices('sessions/', 'de', english)).toContain('Firefox on Windows')
  })
})
