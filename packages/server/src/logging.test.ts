/** What a server writes to its log while people and strangers use it, and what it keeps for itself when it breaks. */
import { afterAll, describe, expect, it } from 'vitest'
import { createDoorward } from './create-doorward.ts'
import { createLogging } from './logging.ts'
import { testSettings } from './testing/test-settings.ts'

/** Failed sign-ins are counted, and who registers can sign in. */
const OPEN = { server: { throttle: true }, registration: { activationMail: false } }

const INSIDE = 'select password_hash from users'

/** A server whose log is read; the claims of its tokens can be made to fail, as a project's own code may. */
async function start() {
  const lines: string[] = []
  let isBroken = false
  const customClaims = () => {
    if (isBroken) throw new RangeError(INSIDE)
    return {}
  }
  const production = { logLevel: 'info', environment: 'production' } as const
  const settings = testSettings({ config: { ...OPEN, tokens: { customClaims } } })
  const logging = createLogging({ server: production }, { write: (line) => lines.push(line) })
  const doorward = await createDoorward({ settings, deliver: false, ...logging })
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: object) =>
    doorward.fetch(
      new Request(`http://127.0.0.1:8000/auth/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body && { body: JSON.stringify(body) }),
      }),
      { incoming: { socket: { remoteAddress: '192.0.2.7' } } },
    )
  return {
    send,
    close: doorward.close,
    breakDown: (now: boolean) => {
      isBroken = now
    },
    /** What was logged since the last look, one value for each line. */
    logged: () => lines.splice(0).map((line) => JSON.parse(line) as Record<string, unknown>),
    raw: lines,
  }
}

describe('the log of a server', async () => {
  const server = await start()
  const { send, logged } = server
  afterAll(server.close)
  const signIn = { email: 'maya@example.com', password: 'Kiddie-Ride-4821' }
  const profile = { first_name: 'Maya', last_name: 'Santoso', role: 'buyer' }

  it('has a line for every request that was refused: when, what, why, and in which request', async () => {
    const before = Date.now()
    for (let i = 0; i < 6; i += 1) await send('POST', 'jwt/create/', { 'x-request-id': `r-${i}` }, signIn)
    await send('GET', 'admin/users/')
    await send('POST', 'users/', {}, { ...signIn, ...profile, email: 'no address' })
    const lines = logged()
    expect(lines.map(({ method, status, code }) => [method, status, code])).toEqual([
      ...Array(5).fill(['POST', 401, 'no_active_account']),
      ['POST', 429, 'throttled'],
      ['GET', 401, 'not_authenticated'],
      ['POST', 400, 'invalid_email'],
    ])
    expect(lines[5]).toMatchObject({ path: '/auth/jwt/create/', requestId: 'r-5', msg: 'request' })
    for (const { time } of lines) {
      expect(time).toBeGreaterThanOrEqual(before)
      expect(time).toBeLessThanOrEqual(Date.now())
    }
  })

  it('cannot be written into: whatever a request holds stays inside of its line', async () => {
    const forged = '{"level":30,"msg":"request","status":200}'
    await send('GET', `users/me/%0A${encodeURIComponent(forged)}`, { 'x-request-id': `r"\u00a0${forged}` })
    await send('POST', 'jwt/create/', { 'user-agent': forged }, { ...signIn, email: `a\n${forged}\u2028` })
    for (const line of server.raw) expect(line.trimEnd()).not.toMatch(/[\n\r\u2028\u2029]/)
    const lines = logged()
    expect(lines).toHaveLength(2)
    for (const { requestId } of lines) expect(requestId).toMatch(/^[\w-]{1,64}$/)
    expect(JSON.stringify(lines)).not.toContain('Kiddie')
  })

  it('has all of an error that nobody foresaw, whose answer tells nothing; the next request is answered', async () => {
    const person = { ...signIn, email: 'tina@example.com' }
    expect((await send('POST', 'users/', {}, { ...person, ...profile })).status).toBe(201)
    logged()
    server.breakDown(true)
    const broken = await send('POST', 'jwt/create/', { 'x-request-id': 'r-broken' }, person)
    server.breakDown(false)
    expect([broken.status, await broken.text()]).toEqual([500, '{"detail":"A server error occurred."}'])
    const [fault, request] = logged()
    expect(fault).toMatchObject({
      level: 50,
      about: 'r-broken',
      err: { type: 'RangeError', message: INSIDE },
    })
    expect(request).toMatchObject({ status: 500, code: 'internal_error', requestId: 'r-broken' })
    expect((await send('POST', 'jwt/create/', {}, person)).status).toBe(200)
  })
})
