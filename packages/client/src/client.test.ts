/** The client against a real server: the story from registering to signing out, and what happens when things go wrong. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listen, type ServedDoorward, serveDoorward } from '../../../test/serve.ts'
import type { DoorwardClient } from './create-client.ts'
import { createClient } from './create-client.ts'
import { asksForPassword, type DoorwardClientError, errorOf } from './errors.ts'
import type { SessionState } from './state.ts'
import type { SessionStorage } from './storage.ts'

let doorward: ServedDoorward
let client: DoorwardClient

const NAMES = { first_name: 'Maya', last_name: 'Santoso', role: 'buyer' }
const PASSWORD = 'Kiddie-Ride-4821'

const refusal = async (promise: Promise<unknown>): Promise<DoorwardClientError> =>
  promise.then(
    () => expect.unreachable('it was not refused'),
    (error: DoorwardClientError) => error,
  )

const newPerson = async () => {
  const { email, password } = await doorward.register(NAMES)
  await doorward.activate(email)
  return { email, password }
}
const refreshes = () => doorward.requests.filter((one) => one.includes('/jwt/refresh/')).length
const later = () => doorward.clock.advance(6 * 60)

beforeAll(async () => {
  doorward = await serveDoorward()
})
afterAll(() => doorward.close())
beforeEach(() => {
  doorward.requests.length = 0
  doorward.intercept = null
  client = createClient({ baseUrl: `${doorward.url}/auth` })
})
afterEach(() => {
  client.close()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

describe('the client | the story', () => {
  it('registers, activates, signs in, reads the account, signs out', async () => {
    const email = 'maya@example.com'
    const registered = await client.register({ ...NAMES, email, password: PASSWORD })
    expect(registered).toEqual({ ...NAMES, email })
    await client.activate(await doorward.lastLink(email, 'activation'))
    const user = await client.signIn({ email, password: PASSWORD })
    expect(user).toMatchObject({ ...NAMES, email })
    expect(client.getState()).toEqual({ status: 'signedIn', user, endedBy: null })
    expect(await client.getUser()).toEqual(user)
    await client.signOut()
    expect(client.getState()).toEqual({ status: 'signedOut', user: null, endedBy: null })
    expect(await client.getUser()).toBeNull()
  })

  it('signing out ends the session on the server', async () => {
    const person = await newPerson()
    const { refresh } = await doorward.signIn(person)
    const here = createClient({
      baseUrl: `${doorward.url}/auth`,
      storage: { read: () => JSON.stringify({ id: 'here', access: null, refresh }), write: () => {} },
    })
    expect((await here.getUser())?.email).toBe(person.email)
    await here.signOut()
    await client.signIn(person)
    expect(await client.sessions()).toHaveLength(1)
  })

  it('resends the activation mail', async () => {
    const { email } = await doorward.register(NAMES)
    await client.resendActivation(email)
    expect(await doorward.mails(email)).toHaveLength(2)
  })

  it('forgets and resets the password', async () => {
    const { email } = await newPerson()
    await client.requestPasswordReset(email)
    const link = await doorward.lastLink(email, 'password_reset')
    await client.resetPassword({ ...link, new_password: 'Brave-Horse-1177' })
    expect((await client.signIn({ email, password: 'Brave-Horse-1177' })).email).toBe(email)
  })

  it('changes profile, password and address, and deletes the account', async () => {
    const person = await newPerson()
    await client.signIn(person)
    expect(await client.updateMe({ first_name: 'Maria' })).toMatchObject({ first_name: 'Maria' })
    expect(client.getState().user?.first_name).toBe('Maria')
    await client.changePassword({ current_password: person.password, new_password: 'Brave-Horse-1177' })
    await client.changeEmail({ new_email: `new-${person.email}` })
    expect(client.getState().user?.email).toBe(person.email)
    await client.confirmEmailChange(await doorward.lastLink(`new-${person.email}`, 'email_change'))
    expect((await client.me()).email).toBe(`new-${person.email}`)
    await client.deleteMe()
    expect(client.getState().status).toBe('signedOut')
    const gone = await refusal(client.signIn({ email: `new-${person.email}`, password: 'Brave-Horse-1177' }))
    expect(gone.code).toBe('no_active_account')
  })

  it('changes the address by a mailed link', async () => {
    const { email, password } = await newPerson()
    await client.requestEmailReset(email)
    await client.resetEmail({ ...(await doorward.lastLink(email, 'email_reset')), new_email: `2-${email}` })
    await client.confirmEmailChange(await doorward.lastLink(`2-${email}`, 'email_change'))
    expect((await client.signIn({ email: `2-${email}`, password })).email).toBe(`2-${email}`)
  })

  it('takes a change of the address back by the link at the old one', async () => {
    const { email, password } = await newPerson()
    await client.signIn({ email, password })
    await client.changeEmail({ new_email: `4-${email}` })
    await client.confirmEmailChange(await doorward.lastLink(`4-${email}`, 'email_change'))
    await client.undoEmailChange(await doorward.lastLink(email, 'email_undo'))
    const link = await doorward.lastLink(email, 'password_reset')
    await client.resetPassword({ ...link, new_password: 'Brave-Horse-1177' })
    expect((await client.signIn({ email, password: 'Brave-Horse-1177' })).email).toBe(email)
  })

  it('lists the devices and signs others out', async () => {
    const person = await newPerson()
    await client.signIn(person)
    await doorward.signIn(person)
    await doorward.signIn(person)
    const others = (await client.sessions()).filter(({ current }) => !current)
    expect(others).toHaveLength(2)
    await client.endSession(String(others[0]?.id))
    expect(await client.endOtherSessions()).toBe(1)
    expect(await client.sessions()).toHaveLength(1)
  })

  it('says when the password is asked for before others are signed out, and takes it', async () => {
    const person = await newPerson()
    await client.signIn(person)
    await doorward.signIn(person)
    await doorward.signIn(person)
    doorward.clock.advance(601)
    const [other] = (await client.sessions()).filter(({ current }) => !current)
    const end = (proof = {}) => client.endSession(String(other?.id), proof)
    expect(asksForPassword(await refusal(end()))).toBe(true)
    expect(asksForPassword(await refusal(client.endOtherSessions()))).toBe(true)
    expect(asksForPassword(await refusal(client.endSession('none')))).toBe(false)
    await end({ current_password: person.password })
    expect(await client.endOtherSessions({ current_password: person.password })).toBe(1)
  })

  it('tells what happened to the account, and chooses the language of its mails', async () => {
    const person = await newPerson()
    await client.signIn(person)
    expect((await client.activity()).map(({ action }) => action)).toEqual([
      'signed_in',
      'activated',
      'registered',
    ])
    await client.setLanguage('id')
    await client.changePassword({ current_password: person.password, new_password: 'Brave-Horse-1177' })
    expect((await doorward.mails(person.email)).at(-1)?.subject).toContain('kata sandi')
  })

  it('proves again who one is, so that a sensitive change needs no password', async () => {
    const person = await newPerson()
    await client.signIn(person)
    doorward.clock.advance(20 * 60)
    const stale = await refusal(client.changeEmail({ new_email: `3-${person.email}` }))
    expect(stale.issues).toMatchObject([{ path: 'current_password', code: 'required' }])
    await client.reauthenticate(person.password)
    await client.changeEmail({ new_email: `3-${person.email}` })
    expect((await doorward.mails(`3-${person.email}`)).at(-1)?.kind).toBe('email_change')
  })
})

describe('the client | its options', () => {
  it.each([
    'https://accounts.example.com/auth?tenant=7',
    'https://accounts.example.com/auth?',
    'https://accounts.example.com/auth#top',
    'localhost:8000/auth',
    '/auth',
    '',
  ])('a base URL like "%s" is refused, and it is said why', (baseUrl) => {
    expect(() => createClient({ baseUrl })).toThrow(TypeError)
    expect(() => createClient({ baseUrl })).toThrow(/"baseUrl".*"https:\/\/accounts\.example\.com\/auth"/)
  })

  it('an origin that is none is refused, and it is said which', () => {
    const origins = ['https://sales.example.com', 'localhost:3000']
    expect(() => createClient({ baseUrl: `${doorward.url}/auth`, origins })).toThrow(/"localhost:3000"/)
  })
})

describe('the client | refusals', () => {
  it('names every field with a stable code and a sentence', async () => {
    const error = await refusal(
      client.register({ ...NAMES, first_name: '', email: 'nobody', password: '123' }),
    )
    expect(error.status).toBe(400)
    expect(error.name).toBe('DoorwardClientError')
    expect(error.issues).toContainEqual({
      path: 'first_name',
      code: 'blank',
      message: 'This field may not be blank.',
    })
    expect(error.messages('email')).toEqual(['Enter a valid email address.'])
    expect(error.requestId).toMatch(/^[\w-]{36}$/)
  })

  it('a wrong password is no active account, and nobody is signed in', async () => {
    const { email } = await newPerson()
    const error = await refusal(client.signIn({ email, password: 'wrong' }))
    expect([error.status, error.code]).toEqual([401, 'no_active_account'])
    expect(client.getState().status).toBe('signedOut')
  })

  it('says how long to wait', async () => {
    doorward.intercept = async () => new Response(null, { status: 429, headers: { 'retry-after': '7' } })
    const error = await refusal(client.requestPasswordReset('maya@example.com'))
    expect([error.status, error.retryAfter, error.code]).toEqual([429, 7, 'unexpected_answer'])
  })

  it('says how long to wait when that is told as a date, by the clock of the server', async () => {
    const answer = (headers: Record<string, string>) =>
      errorOf(new Response('<h1>Later</h1>', { status: 503, headers })).then(({ retryAfter }) => retryAfter)
    const date = 'Sun, 06 Nov 1994 08:49:37 GMT'
    expect(await answer({ date, 'retry-after': 'Sun, 06 Nov 1994 08:51:07 GMT' })).toBe(90)
    expect(await answer({ date, 'retry-after': 'Sun, 06 Nov 1994 08:49:00 GMT' })).toBe(0)
    expect(await answer({ 'retry-after': 'Sun, 06 Nov 1994 08:51:07 GMT' })).toBeNull()
    expect(await answer({ date, 'retry-after': 'soon' })).toBeNull()
    expect(await answer({ date })).toBeNull()
  })

  it('a server that is not there is a network error', async () => {
    const nobody = createClient({ baseUrl: 'http://127.0.0.1:9/auth' })
    const error = await refusal(nobody.requestPasswordReset('maya@example.com'))
    expect([error.status, error.code]).toEqual([0, 'network_error'])
  })

  it('reads what another server of the same protocol answers', async () => {
    doorward.intercept = async () =>
      Response.json({ non_field_errors: ['Unable.'], email: ['Taken.'] }, { status: 400 })
    const error = await refusal(client.activate({ uid: 'a', token: 'b' }))
    expect(error.messages(null)).toEqual(['Unable.'])
    expect(error.messages('email')).toEqual(['Taken.'])
    expect(error.code).toBe('uncoded')
    doorward.intercept = async () => Response.json({ detail: 'Not here.' }, { status: 404 })
    const missing = await refusal(client.activate({ uid: 'a', token: 'b' }))
    expect([missing.code, missing.message]).toEqual(['uncoded', 'Not here.'])
  })
})

describe('the client | refreshing', () => {
  it('renews an access token that is about to expire before it is used', async () => {
    await client.signIn(await newPerson())
    let clock = 0
    const original = performance.now
    performance.now = () => original.call(performance) + clock
    later()
    clock = 6 * 60_000
    doorward.requests.length = 0
    await client.me()
    performance.now = original
    expect(doorward.requests).toEqual(['POST /auth/jwt/refresh/', 'GET /auth/users/me/'])
  })

  it('a token that the server no longer takes is renewed, and the request repeated once', async () => {
    await client.signIn(await newPerson())
    later()
    doorward.requests.length = 0
    await client.updateMe({ first_name: 'Maria' })
    expect(doorward.requests).toEqual([
      'PATCH /auth/users/me/',
      'POST /auth/jwt/refresh/',
      'PATCH /auth/users/me/',
    ])
  })

  it('ten requests at once share one refresh', async () => {
    await client.signIn(await newPerson())
    later()
    const answers = await Promise.all(Array.from({ length: 10 }, () => client.me()))
    expect(answers).toHaveLength(10)
    expect(refreshes()).toBe(1)
  })

  it('a wrong clock on the device ends nothing', async () => {
    const original = Date.now
    Date.now = () => original() + 400 * 24 * 3600_000
    await client.signIn(await newPerson())
    Date.now = original
    await client.me()
    expect(refreshes()).toBe(0)
  })

  it('a failed network signs nobody out, and afterwards everything goes on', async () => {
    await client.signIn(await newPerson())
    later()
    doorward.intercept = async (request) =>
      request.url.includes('/jwt/refresh/') ? new Response('Bad gateway', { status: 502 }) : null
    expect((await refusal(client.me())).status).toBe(502)
    expect(client.getState().status).toBe('signedIn')
    doorward.intercept = null
    expect((await client.me()).first_name).toBe('Maya')
  })

  it('needs no AbortSignal.timeout, which React Native lacks', async () => {
    await client.signIn(await newPerson())
    later()
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      throw new TypeError('AbortSignal.timeout is not a function')
    })
    expect((await client.me()).first_name).toBe('Maya')
  })

  it('an answer that is lost on its way is asked for again, and the session goes on', async () => {
    await client.signIn(await newPerson())
    later()
    let lost = 0
    doorward.intercept = async (request) => {
      if (!request.url.includes('/jwt/refresh/') || lost > 0) return null
      lost += 1
      await doorward.fetch(request)
      const broken = new ReadableStream({ pull: (controller) => controller.error(new TypeError('broken')) })
      return new Response(broken, { headers: { 'content-type': 'application/json' } })
    }
    expect((await client.me()).first_name).toBe('Maya')
    expect([lost, refreshes()]).toEqual([1, 2])
    later()
    expect((await client.me()).first_name).toBe('Maya')
  })

  it('the page of a hotel that wants one to sign in signs nobody out', async () => {
    await client.signIn(await newPerson())
    later()
    doorward.intercept = async () => new Response('<h1>Welcome to our Wi-Fi</h1>')
    expect((await refusal(client.me())).code).toBe('unexpected_answer')
    expect(client.getState().status).toBe('signedIn')
    doorward.intercept = async (request) =>
      request.url.includes('/jwt/refresh/') ? Response.json({ room: 12 }) : null
    expect((await refusal(client.me())).code).toBe('unexpected_answer')
    doorward.intercept = null
    expect((await client.me()).first_name).toBe('Maya')
  })

  it('a 401 without a code of the server signs nobody out', async () => {
    await client.signIn(await newPerson())
    later()
    doorward.intercept = async (request) =>
      request.url.includes('/jwt/refresh/') ? new Response('Proxy says no', { status: 401 }) : null
    await refusal(client.me())
    expect(client.getState().status).toBe('signedIn')
  })

  it('a session that was ended elsewhere ends here, and says why', async () => {
    const person = await newPerson()
    await client.signIn(person)
    const other = createClient({ baseUrl: `${doorward.url}/auth` })
    await other.signIn(person)
    await other.endOtherSessions()
    const states: SessionState[] = []
    client.subscribe((state) => states.push(state))
    expect((await refusal(client.me())).code).toBe('session_ended')
    expect(states).toEqual([{ status: 'signedOut', user: null, endedBy: 'session_ended' }])
  })

  it('an answer that comes after signing out brings nobody back', async () => {
    await client.signIn(await newPerson())
    later()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    doorward.intercept = async (request) => {
      if (request.url.includes('/jwt/refresh/')) await held
      return null
    }
    const late = refusal(client.me())
    await client.signOut()
    release()
    expect((await late).code).toBe('session_ended')
    expect(await client.getUser()).toBeNull()
  })
})

describe('the client | two of them on one storage', () => {
  const sharing = () => {
    let text: string | null = null
    const storage = {
      read: async () => text,
      write: async (next: string | null) => {
        text = next
      },
    }
    return () => createClient({ baseUrl: `${doorward.url}/auth`, storage })
  }

  it('tokens that the other has renewed are used rather than renewed again', async () => {
    const create = sharing()
    const here = create()
    await here.signIn(await newPerson())
    const there = create()
    await there.me()
    later()
    await here.me()
    await there.me()
    expect(refreshes()).toBe(1)
  })

  it('tokens that come late, to a tab that stood still, do not replace newer ones', async () => {
    vi.stubGlobal('navigator', {})
    const create = sharing()
    const here = create()
    await here.signIn(await newPerson())
    const there = create()
    await there.getUser()
    later()
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    doorward.intercept = async (request) => {
      if (!request.url.includes('/jwt/refresh/')) return null
      doorward.intercept = null
      const answer = await doorward.fetch(request)
      await held
      return answer
    }
    const late = here.me()
    await expect.poll(refreshes).toBe(1)
    await there.me()
    later()
    await there.me()
    release()
    await late
    later()
    expect((await there.me()).first_name).toBe('Maya')
    expect((await here.me()).first_name).toBe('Maya')
  })

  it('a proof that is answered late does not replace a newer refresh token', async () => {
    const create = sharing()
    const here = create()
    const person = await newPerson()
    await here.signIn(person)
    const there = create()
    await there.getUser()
    doorward.intercept = async (request) => {
      if (!request.url.includes('/jwt/reauthenticate/')) return null
      doorward.intercept = null
      const answer = await doorward.fetch(request)
      later()
      await there.me()
      return answer
    }
    await here.reauthenticate(person.password)
    later()
    expect((await here.me()).first_name).toBe('Maya')
    expect((await there.me()).first_name).toBe('Maya')
  })

  it('what was begun as one person is never repeated as another', async () => {
    const create = sharing()
    const [maya, tina] = [await newPerson(), await newPerson()]
    const here = create()
    await here.signIn(maya)
    await create().signIn(tina)
    later()
    expect((await refusal(here.updateMe({ first_name: 'Maria' }))).code).toBe('session_ended')
    const there = create()
    expect(await there.getUser()).toMatchObject({ email: tina.email, first_name: 'Maya' })
    await expect.poll(() => here.getState().user?.email).toBe(tina.email)
  })
})

describe('the client | a storage that fails', () => {
  const storage = { text: null as string | null, isBroken: false }
  const failing = (): SessionStorage => {
    const unlessBroken = () => {
      if (storage.isBroken) throw new Error('The keychain is locked.')
    }
    return {
      read: async () => {
        unlessBroken()
        return storage.text
      },
      write: async (text) => {
        unlessBroken()
        storage.text = text
      },
    }
  }
  beforeEach(() => {
    Object.assign(storage, { text: null, isBroken: false })
    client = createClient({ baseUrl: `${doorward.url}/auth`, storage: failing() })
  })

  it('ends no session: what could not be kept is known until it can', async () => {
    await client.signIn(await newPerson())
    storage.isBroken = true
    later()
    expect((await client.me()).first_name).toBe('Maya')
    storage.isBroken = false
    later()
    expect((await client.me()).first_name).toBe('Maya')
    const next = createClient({ baseUrl: `${doorward.url}/auth`, storage: failing() })
    expect((await next.getUser())?.first_name).toBe('Maya')
  })

  it('keeps nobody from signing in and out', async () => {
    storage.isBroken = true
    const person = await newPerson()
    expect((await client.signIn(person)).email).toBe(person.email)
    await client.signOut()
    expect(client.getState().status).toBe('signedOut')
    expect(doorward.requests.at(-1)).toBe('POST /auth/jwt/logout/')
    expect(await client.getUser()).toBeNull()
  })

  it('is of no harm if it holds something else', async () => {
    for (const text of [
      '{',
      '[]',
      'null',
      '7',
      '{"id":"a","access":7}',
      '{"id":"a","access":"b","refresh":{}}',
    ]) {
      storage.text = text
      const here = createClient({ baseUrl: `${doorward.url}/auth`, storage: failing() })
      await here.getUser()
      await here.signOut()
      expect(await here.getUser()).toBeNull()
    }
  })

  it('that is full leaves no spent token behind for another tab', async () => {
    const kept = new Map<string, string>()
    let isFull = false
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      removeItem: (key: string) => kept.delete(key),
      setItem: (key: string, text: string) => {
        if (isFull) throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
        kept.set(key, text)
      },
    })
    const here = createClient({ baseUrl: `${doorward.url}/auth`, storage: 'local' })
    await here.signIn(await newPerson())
    isFull = true
    for (let turn = 0; turn < 2; turn += 1) {
      later()
      expect((await here.me()).first_name).toBe('Maya')
    }
    const there = createClient({ baseUrl: `${doorward.url}/auth`, storage: 'local' })
    expect(await there.getUser()).toBeNull()
    expect((await here.me()).first_name).toBe('Maya')
  })
})

describe('the client | fetch', () => {
  it('adds the token for the listed origins, and repeats once after a refresh, body and all', async () => {
    const bodies: string[] = []
    const sales = await listen(async (request) => {
      bodies.push(await request.text())
      const { status } = await fetch(`${doorward.url}/auth/users/me/`, {
        headers: { authorization: request.headers.get('authorization') ?? '' },
      })
      return status === 200 ? Response.json({ ok: true }) : refused(status)
    })
    const refused = (status: number) =>
      Response.json(
        { detail: 'Given token not valid for any token type', code: 'token_not_valid' },
        { status },
      )
    const here = createClient({ baseUrl: `${doorward.url}/auth`, origins: [sales.url], headerType: 'Bearer' })
    await here.signIn(await newPerson())
    later()
    const answer = await here.fetch(`${sales.url}/api/sales/`, { method: 'POST', body: 'one horse' })
    expect([answer.status, bodies]).toEqual([200, ['one horse', 'one horse']])
    await sales.close()
  })

  it('never sends the token to another origin', async () => {
    const seen: (string | null)[] = []
    const stranger = await listen((request) => {
      seen.push(request.headers.get('authorization'))
      return new Response()
    })
    await client.signIn(await newPerson())
    await expect(client.fetch(`${stranger.url}/`)).rejects.toThrow(TypeError)
    expect(seen).toEqual([])
    await stranger.close()
  })

  it('a header of another name is sent to a server that wants it, and follows no redirect', async () => {
    const headerName = 'x-access-token'
    const other = await serveDoorward({ config: { api: { headerName } } })
    const seen: (string | null)[] = []
    const own = await listen((request) => {
      seen.push(request.headers.get(headerName))
      return Response.redirect(`${own.url}/elsewhere`, 302)
    })
    const here = createClient({ baseUrl: `${other.url}/auth`, origins: [own.url], headerName })
    const { email, password } = await other.register(NAMES)
    await other.activate(email)
    expect(await here.signIn({ email, password })).toMatchObject({ email })
    expect((await refusal(here.fetch(`${own.url}/`))).code).toBe('network_error')
    expect(seen).toEqual([expect.stringMatching(/^JWT /)])
    await Promise.all([own.close(), other.close()])
  })

  it('a redirect to another origin does not take the token along', async () => {
    const seen: (string | null)[] = []
    const stranger = await listen((request) => {
      seen.push(request.headers.get('authorization'))
      return new Response()
    })
    const redirecting = await listen(() => Response.redirect(`${stranger.url}/`, 302))
    const here = createClient({ baseUrl: `${doorward.url}/auth`, origins: [redirecting.url] })
    await here.signIn(await newPerson())
    await here.fetch(`${redirecting.url}/`)
    expect(seen).toEqual([null])
    await Promise.all([stranger.close(), redirecting.close()])
  })

  it('leaves a 401 alone that has another reason', async () => {
    await client.signIn(await newPerson())
    const original = doorward.requests.length
    const answer = await client.fetch(`${doorward.url}/auth/jwt/create/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'maya@example.com', password: 'wrong' }),
    })
    expect(answer.status).toBe(401)
    expect(doorward.requests.slice(original)).toEqual(['POST /auth/jwt/create/'])
  })

  it('what the caller calls off is the caller’s own', async () => {
    const signal = AbortSignal.abort()
    await expect(client.fetch(`${doorward.url}/auth/`, { signal })).rejects.toMatchObject({
      name: 'AbortError',
    })
  })

  it('rejects with the reason that the caller gave, before and while it waits', async () => {
    const reason = new Error('The person went on.')
    const signal = AbortSignal.abort(reason)
    await expect(client.fetch(`${doorward.url}/auth/`, { signal })).rejects.toBe(reason)
    const controller = new AbortController()
    doorward.intercept = async () => {
      controller.abort('enough')
      return null
    }
    await expect(client.fetch(`${doorward.url}/auth/`, controller)).rejects.toBe('enough')
  })
})

describe('the client | the djoser preset', () => {
  it('speaks to it, retyped passwords and all', async () => {
    const djoser = await serveDoorward({ preset: 'djoser' })
    const here = createClient({ baseUrl: `${djoser.url}/auth` })
    const email = 'maya@example.com'
    await here.register({ ...NAMES, email, password: PASSWORD })
    await here.activate(await djoser.lastLink(email, 'activation'))
    await here.signIn({ email, password: PASSWORD })
    djoser.clock.advance(61 * 60)
    expect((await here.me()).email).toBe(email)
    await here.changePassword({ current_password: PASSWORD, new_password: 'Brave-Horse-1177' })
    await here.signOut()
    expect(here.getState().status).toBe('signedOut')
    await djoser.close()
  })
})
