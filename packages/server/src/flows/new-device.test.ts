import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { regionOf } from '../domain/network.ts'
import { testDatabases } from '../testing/databases.ts'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
const NEWER_FIREFOX = FIREFOX.replaceAll('140', '141')
const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Safari/604.1'
const HOME = '203.0.113.7'

for (const database of testDatabases()) {
  describe(`a sign-in from a new device | ${database.name}`, () => {
    let doorward: TestDoorward
    let person: { email: string; password: string }
    beforeEach(async () => {
      doorward = await createTestDoorward({ database: await database.url() })
      person = await doorward.register({ email: `tina-${Math.random()}@example.com` })
      await doorward.activate(person.email)
      await signIn(FIREFOX, HOME)
      return () => doorward.close()
    })
    afterAll(() => database.close())

    const signIn = async (agent: string, address: string, cookie = '') => {
      const request = new Request('http://127.0.0.1:8000/auth/jwt/create/', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': agent, ...(cookie && { cookie }) },
        body: JSON.stringify(person),
      })
      const answer = await doorward.fetch(request, { incoming: { socket: { remoteAddress: address } } })
      expect(answer.status).toBe(200)
      return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    }
    const told = async () => (await doorward.mails(person.email)).filter(({ kind }) => kind === 'new_device')

    it('is told to the owner, with what it was, from where and when', async () => {
      await signIn(SAFARI, '198.51.100.9')
      const [mail] = await told()
      expect(mail?.text).toContain('Safari on iPhone, 198.51.100.9')
      expect(mail?.text).toContain('January 1, 2030')
    })

    it('is not the first one of all, nor the same browser in the same network, also when it is updated', async () => {
      await signIn(FIREFOX, HOME)
      await signIn(NEWER_FIREFOX, '203.0.113.200')
      expect(await told()).toEqual([])
    })

    it('is the same browser in another network, unless it shows the cookie of its last sign-in', async () => {
      const cookie = await signIn(FIREFOX, HOME)
      await signIn(FIREFOX, '198.51.100.9', cookie)
      expect(await told()).toEqual([])
      await signIn(FIREFOX, '192.0.2.9')
      expect(await told()).toHaveLength(1)
    })

    it('is not one whose session was ended', async () => {
      const user = await doorward.signIn(person)
      await signIn(SAFARI, HOME)
      const request = new Request('http://127.0.0.1:8000/auth/sessions/revoke_others/', {
        method: 'POST',
        headers: { ...user.headers, 'content-type': 'application/json' },
      })
      await doorward.fetch(request)
      const before = (await told()).length
      await signIn(SAFARI, HOME)
      expect(await told()).toHaveLength(before)
    })
  })
}

describe('a network | roughly where', () => {
  it.each([
    ['203.0.113.7', '203.0'],
    ['2001:db8:1:2::3', '2001:db8'],
    ['', ''],
  ])('%s is in %s', (address, region) => {
    expect(regionOf(address)).toBe(region)
  })
})
