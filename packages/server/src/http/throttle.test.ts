import { createTestDoorward, type TestClock, type TestDoorward } from '@doorward/server/testing'
import { decodeJwt } from 'jose'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { testDatabases } from '../testing/databases.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const HOME = '203.0.113.7'
const ATTACKER = '198.51.100.66'

/** Sends a request from an address, as the connection would have it. */
function visitor(doorward: TestDoorward, address: string) {
  let cookie = ''
  return async (path: string, body: object, headers: Record<string, string> = {}) => {
    const request = new Request(`http://127.0.0.1:8000/auth/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie && { cookie }), ...headers },
      body: JSON.stringify(body),
    })
    const answer = await doorward.fetch(request, { incoming: { socket: { remoteAddress: address } } })
    const set = answer.headers.get('set-cookie')
    if (set !== null) cookie = set.split(';', 1)[0] ?? ''
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : JSON.parse(text), headers: answer.headers }
  }
}

/** Sets a clock back, as an administrator does who finds it ahead. */
function setBack(clock: TestClock, seconds: number): void {
  const { now } = clock
  Object.assign(clock, { now: () => now() - seconds * 1000 })
}

const guess = (email: string, n = 0) => ({ email, password: `wrong-guess-${n}` })

for (const database of testDatabases()) {
  describe(`throttling | ${database.name}`, () => {
    let doorward: TestDoorward
    beforeEach(async () => {
      doorward = await createTestDoorward({
        database: await database.url(),
        config: { server: { throttle: true } },
      })
      return () => doorward.close()
    })
    afterAll(() => database.close())

    let count = 0
    const somebody = async () => {
      count += 1
      return doorward.signedUpUser({
        email: `${database.name.toLowerCase()}-${count}@example.com`,
        password: PASSWORD,
      })
    }
    const anAddress = () => `10.${count}.0.${Math.floor(Math.random() * 250)}`

    it('a sixth wrong password from one address has to wait, in the words of Django REST framework', async () => {
      const { email } = await somebody()
      const attack = visitor(doorward, anAddress())
      const statuses = []
      for (let i = 0; i < 5; i += 1) statuses.push((await attack('jwt/create/', guess(email, i))).status)
      expect(statuses).toEqual([401, 401, 401, 401, 401])
      const { status, body, headers } = await attack('jwt/create/', guess(email))
      expect([status, body]).toEqual([
        429,
        { detail: 'Request was throttled. Expected available in 2 seconds.' },
      ])
      expect(headers.get('retry-after')).toBe('2')
    })

    it('waits twice as long each time, and the right password is refused like a wrong one meanwhile', async () => {
      const { email } = await somebody()
      const attack = visitor(doorward, anAddress())
      for (let i = 0; i < 5; i += 1) await attack('jwt/create/', guess(email, i))
      for (const seconds of [2, 4, 8, 16]) {
        const early = await attack('jwt/create/', { email, password: PASSWORD })
        expect([early.status, early.headers.get('retry-after')]).toEqual([429, String(seconds)])
        doorward.clock.advance(seconds)
        expect((await attack('jwt/create/', guess(email))).status).toBe(401)
      }
    })

    it('the clock is set back by a day, and nobody waits for longer than before', async () => {
      const { email } = await somebody()
      const visit = visitor(doorward, anAddress())
      const right = { email, password: PASSWORD }
      for (let i = 0; i < 5; i += 1) await visit('jwt/create/', guess(email, i))
      expect((await visit('jwt/create/', right)).status).toBe(429)
      setBack(doorward.clock, 86_400)
      const early = await visit('jwt/create/', right)
      expect([early.status, early.headers.get('retry-after')]).toEqual([429, '2'])
      doorward.clock.advance(2)
      expect((await visit('jwt/create/', right)).status).toBe(200)
    })

    it('both ways to sign in count as one', async () => {
      const { email } = await somebody()
      const attack = visitor(doorward, anAddress())
      for (let i = 0; i < 5; i += 1) {
        const path = i % 2 ? 'token/login/' : 'jwt/create/'
        expect((await attack(path, guess(email, i))).status, path).not.toBe(429)
      }
      for (const path of ['jwt/create/', 'token/login/']) {
        expect((await attack(path, { email, password: PASSWORD })).status, path).toBe(429)
      }
    })

    it('an unknown address is slowed down exactly like a known one', async () => {
      const { email } = await somebody()
      const tried = async (address: string) => {
        const attack = visitor(doorward, anAddress())
        const answers = []
        for (let i = 0; i < 8; i += 1) {
          const { status, body } = await attack('jwt/create/', guess(address, i))
          answers.push([status, body])
        }
        return answers
      }
      expect(await tried('nobody-there@example.com')).toEqual(await tried(email))
    })

    it('white space around the address opens no other account of guesses', async () => {
      const { email } = await somebody()
      const padding = ['', ' ', '\x1c', '\x1d\x1e', '\x1f', '\x85', '\u2003']
      const attack = visitor(doorward, anAddress())
      for (let i = 0; i < 5; i += 1) await attack('jwt/create/', guess(`${padding[i]}${email}`, i))
      for (const around of padding) {
        expect((await attack('jwt/create/', guess(`${around}${email}${around}`))).status).toBe(429)
      }
    })

    it('a field that the operation does not read chooses no counter: mails to a stranger stay few', async () => {
      const { email } = await somebody()
      const { headers } = await doorward.signIn({ email, password: PASSWORD })
      const stranger = `stranger-${email}`
      const ask = (i: number) =>
        visitor(doorward, anAddress())(
          'users/set_email/',
          { email: `decoy-${i}@example.com`, new_email: stranger, re_new_email: stranger },
          headers,
        )
      const statuses = []
      for (let i = 0; i < 6; i += 1) statuses.push((await ask(i)).status)
      expect(statuses).toEqual([204, 204, 204, 429, 429, 429])
    })

    it('a right password wipes the slate clean', async () => {
      const { email } = await somebody()
      const person = visitor(doorward, anAddress())
      for (let round = 0; round < 3; round += 1) {
        for (let i = 0; i < 4; i += 1) await person('jwt/create/', guess(email, i))
        expect((await person('jwt/create/', { email, password: PASSWORD })).status, String(round)).toBe(200)
      }
    })

    it('who signs in to an own account in between gets no clean slate for guessing at others', async () => {
      const own = await somebody()
      const address = anAddress()
      let throttled = 0
      for (let i = 0; i < 120; i += 1) {
        const attack = visitor(doorward, address)
        const { status } = await attack('jwt/create/', guess(`victim-${i}@example.com`))
        if (status === 429) throttled += 1
        if (i % 10 === 0) await attack('jwt/create/', { email: own.email, password: PASSWORD })
      }
      expect(throttled).toBeGreaterThan(40)
    })

    it('all addresses of one IPv6 customer are one, and those of another are not', async () => {
      const { email } = await somebody()
      for (let i = 0; i < 5; i += 1) {
        await visitor(doorward, `2001:db8:0:${count}::${i}`)('jwt/create/', guess(email, i))
      }
      const same = await visitor(doorward, `2001:0db8:0000:${count}:ffff::1`)('jwt/create/', guess(email))
      const other = await visitor(doorward, '2001:db8:ff::1')('jwt/create/', guess(email))
      expect([same.status, other.status]).toEqual([429, 401])
    })

    it('somebody who guesses from everywhere cannot keep the owner out of a device that is known', async () => {
      const { email } = await somebody()
      const owner = visitor(doorward, HOME)
      expect((await owner('jwt/create/', { email, password: PASSWORD })).status).toBe(200)
      let i = 0
      let last = 0
      for (; i < 40 && last !== 429; i += 1) {
        last = (await visitor(doorward, `10.99.${count}.${i}`)('jwt/create/', guess(email, i))).status
      }
      expect(last).toBe(429)
      const stranger = visitor(doorward, '192.0.2.200')
      expect((await stranger('jwt/create/', { email, password: PASSWORD })).status).toBe(429)
      expect((await owner('jwt/create/', { email, password: PASSWORD })).status).toBe(200)
    })

    it('the owner is told by mail once a day, with a link that lets them in at once', async () => {
      const { email } = await somebody()
      for (let i = 0; i < 60; i += 1) {
        await visitor(doorward, `10.98.${count}.${i}`)('jwt/create/', guess(email, i))
        doorward.clock.advance(i < 20 ? 0 : 900)
      }
      const mails = await doorward.mails(email)
      expect(mails.filter(({ kind }) => kind === 'failed_sign_ins')).toHaveLength(1)

      const owner = visitor(doorward, '192.0.2.44')
      await owner('users/reset_password/', { email })
      const link = await doorward.lastLink(email, 'password_reset')
      const words = { new_password: 'Another-Ride-5932', re_new_password: 'Another-Ride-5932' }
      expect((await owner('users/reset_password_confirm/', { ...link, ...words })).status).toBe(204)
      const answer = await owner('jwt/create/', { email, password: 'Another-Ride-5932' })
      expect(answer.status).toBe(200)
    })

    it('a known device has an allowance of guesses too, and a made-up cookie has none', async () => {
      const { email } = await somebody()
      const thief = visitor(doorward, HOME)
      await thief('jwt/create/', { email, password: PASSWORD })
      const statuses = []
      for (let i = 0; i < 12; i += 1) statuses.push((await thief('jwt/create/', guess(email, i))).status)
      expect(statuses.filter((status) => status === 401)).toHaveLength(10)

      const address = anAddress()
      const forged = { cookie: `doorward-device=${'1z'.padEnd(5, '1')}-${'a'.repeat(16)}-${'b'.repeat(22)}` }
      const tries = []
      for (let i = 0; i < 6; i += 1) {
        tries.push((await visitor(doorward, address)('jwt/create/', guess(email, i), forged)).status)
      }
      expect(tries).toContain(429)
    })

    it('the device cookie of one account is none for another', async () => {
      const mine = await somebody()
      const victim = await somebody()
      const attacker = visitor(doorward, anAddress())
      await attacker('jwt/create/', { email: mine.email, password: PASSWORD })
      const statuses = []
      for (let i = 0; i < 7; i += 1)
        statuses.push((await attacker('jwt/create/', guess(victim.email, i))).status)
      expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
    })

    it('mails to one address are limited for each purpose by itself', async () => {
      const { email } = await somebody()
      const statuses = []
      for (let i = 0; i < 5; i += 1) {
        statuses.push((await visitor(doorward, anAddress())('users/reset_password/', { email })).status)
      }
      expect(statuses).toEqual([204, 204, 204, 429, 429])
      expect((await visitor(doorward, anAddress())('users/reset_email/', { email })).status).toBe(204)
    })

    it('an address is mailed three times an hour at most, however often it is registered', async () => {
      const { email } = await somebody()
      const person = { first_name: 'A', last_name: 'B', role: 'buyer', password: PASSWORD, email }
      for (let i = 0; i < 8; i += 1) await visitor(doorward, anAddress())('users/', person)
      const kinds = (await doorward.mails(email)).map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'activation' || kind === 'account_exists')).toHaveLength(3)
    })

    it('a form that is filled in wrong does not count as a registration', async () => {
      const register = visitor(doorward, anAddress())
      const person = { first_name: 'A', last_name: 'B', role: 'buyer', email: `form-${count}@example.com` }
      for (let i = 0; i < 30; i += 1) {
        expect((await register('users/', { ...person, password: 'short' })).status).toBe(400)
      }
      expect((await register('users/', { ...person, password: PASSWORD })).status).toBe(201)
    })

    it('guessing links and refresh tokens is slowed down for each address', async () => {
      const attack = visitor(doorward, anAddress())
      const link = { uid: 'MQ', token: 'd5x2k1-0123456789abcdef0123456789abcdef' }
      const links = []
      for (let i = 0; i < 22; i += 1) links.push((await attack('users/activation/', link)).status)
      expect(links.slice(0, 20)).toEqual(Array(20).fill(400))
      expect(links.slice(20)).toEqual([429, 429])
      const refreshes = []
      for (let i = 0; i < 62; i += 1) refreshes.push((await attack('jwt/refresh/', { refresh: 'x' })).status)
      expect(refreshes.slice(59)).toEqual([401, 429, 429])
    })

    it('whoever holds a stolen access token cannot guess the password through it', async () => {
      const { headers } = await somebody()
      const thief = visitor(doorward, anAddress())
      const statuses = []
      for (let i = 0; i < 7; i += 1) {
        const body = { current_password: `wrong-${i}` }
        statuses.push((await thief('jwt/reauthenticate/', body, { ...headers })).status)
      }
      expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
      const another = await thief(
        'users/set_password/',
        { current_password: PASSWORD, new_password: 'Another-Ride-5932' },
        { ...headers },
      )
      expect(another.status).toBe(429)
    })

    it('ending the other sessions is no way around it: a success that showed no password forgives no guess', async () => {
      const { headers } = await somebody()
      const thief = visitor(doorward, anAddress())
      const statuses = []
      for (let i = 0; i < 7; i += 1) {
        const guesses = { current_password: `wrong-${i}` }
        statuses.push((await thief('sessions/revoke_others/', guesses, { ...headers })).status)
        // right after the sign-in it takes no password
        expect((await thief('sessions/revoke_others/', {}, { ...headers })).status).toBe(200)
      }
      expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429])
    })

    it('nor can they through what staff may do without a password, whatever stands in its field', async () => {
      const { headers } = await doorward.administrator()
      const thief = visitor(doorward, anAddress())
      const statuses = []
      for (let i = 0; i < 12; i += 1) {
        const current_password = `wrong-${i}`
        statuses.push((await thief('jwt/reauthenticate/', { current_password }, { ...headers })).status)
        const made = { email: `made-${i}-${anAddress()}@example.com`, password: PASSWORD, current_password }
        await thief('admin/users/', made, { ...headers })
      }
      expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(5)
      expect(statuses.at(-1)).toBe(429)
    })

    it('whoever guesses through a stolen session keeps nobody from ending it, with no password asked for', async () => {
      const { headers, access } = await somebody()
      const thief = visitor(doorward, anAddress())
      for (let i = 0; i < 7; i += 1)
        await thief('jwt/reauthenticate/', { current_password: `wrong-${i}` }, { ...headers })
      const url = `http://127.0.0.1:8000/auth/sessions/${decodeJwt(access).sid}/`
      const ended = await doorward.fetch(new Request(url, { method: 'DELETE', headers }))
      expect(ended.status).toBe(204)
    })
  })
}

describe('throttling | what it costs', () => {
  it('hashes no password for a request that is refused, also where other fields are wrong', async () => {
    const doorward = await createTestDoorward({
      config: { server: { throttle: true }, throttle: { hashing: '2 per 1h, then 1h to 1h' } },
    })
    let hashed = 0
    const { passwords } = doorward.deps
    const { verify } = passwords
    Object.assign(passwords, {
      verify: (...given: Parameters<typeof verify>) => {
        hashed += 1
        return verify(...given)
      },
    })
    const user = await doorward.signedUpUser()
    hashed = 0
    const attack = visitor(doorward, ATTACKER)
    for (let i = 0; i < 20; i += 1) {
      await attack('jwt/create/', guess(user.email, i))
      await attack('users/set_email/', { new_email: '', current_password: 'x' }, { ...user.headers })
    }
    expect(hashed).toBe(2)
    await doorward.close()
  })

  it('can be switched off, and the preset of the reference has none', async () => {
    for (const options of [{ config: { server: { throttle: false } } }, { preset: 'djoser' } as const]) {
      const doorward = await createTestDoorward(options)
      const attack = visitor(doorward, ATTACKER)
      const statuses = new Set<number>()
      for (let i = 0; i < 60; i += 1)
        statuses.add((await attack('jwt/create/', guess('a@example.com', i))).status)
      expect([...statuses]).toEqual([401])
      await doorward.close()
    }
  })
})

describe('throttling | behind proxies', () => {
  const tryFrom = async (doorward: TestDoorward, forwarded: string, peer = '10.0.0.1') => {
    const attack = visitor(doorward, peer)
    return (await attack('jwt/create/', guess('tina@example.com'), { 'x-forwarded-for': forwarded })).status
  }

  it('a forwarded address that nobody vouches for changes nothing, and the operator is told once', async () => {
    const warnings: string[] = []
    const doorward = await createTestDoorward({
      config: { server: { throttle: true } },
      onWarning: (message) => warnings.push(message),
    })
    const statuses = []
    for (let i = 0; i < 6; i += 1) statuses.push(await tryFrom(doorward, `203.0.113.${i}`))
    expect(statuses.at(-1)).toBe(429)
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('TRUST_PROXY')
    await doorward.close()
  })

  it.each([
    ['1', (i: number) => `203.0.113.99, 192.0.2.${i}`],
    ['10.0.0.0/8', (i: number) => `203.0.113.99, 192.0.2.${i}, 10.3.3.3`],
    ['10.0.0.0/8', (i: number) => `203.0.113.99, 192.0.2.${i}:4711`],
  ])(
    'with TRUST_PROXY=%s the client is the one that the nearest proxy saw',
    async (trustProxy, forwarded) => {
      const doorward = await createTestDoorward({ config: { server: { throttle: true, trustProxy } } })
      for (let i = 0; i < 12; i += 1) expect(await tryFrom(doorward, forwarded(i))).toBe(401)
      await doorward.close()
    },
  )

  it.each([
    ['1', (i: number) => `203.0.113.${i}, 192.0.2.1`],
    ['1', (i: number) => `203.0.113.${i}, 192.0.2.1:4${i}`],
    ['1', (i: number) => `203.0.113.${i}, unknown`],
    ['10.0.0.0/8', (i: number) => `203.0.113.${i}, 192.0.2.1`],
  ])('with TRUST_PROXY=%s what a client writes itself is not believed', async (trustProxy, forwarded) => {
    const doorward = await createTestDoorward({ config: { server: { throttle: true, trustProxy } } })
    const statuses = []
    for (let i = 0; i < 6; i += 1) statuses.push(await tryFrom(doorward, forwarded(i)))
    expect(statuses.at(-1)).toBe(429)
    await doorward.close()
  })
})
