/** That the search through the logs finds what it is there for. */
import { describe, expect, it } from 'vitest'
import { createLogging } from '../packages/server/src/logging.ts'
import { createTestDoorward } from '../packages/server/src/testing/create-test-doorward.ts'
import { testSettings } from '../packages/server/src/testing/test-settings.ts'
import { findSecrets } from './log-trail.ts'

const found = (line: string, secrets: readonly string[] = []) => findSecrets(line, secrets).length

describe('the search for secrets in logs', () => {
  it('finds a password anywhere in a line, and does not repeat it', () => {
    const findings = findSecrets('{"msg":"wrong: Kiddie-Ride-4821!"}', ['Kiddie-Ride-4821'])
    expect(findings).toHaveLength(1)
    expect(found('{"msg":"wrong"}', ['Kiddie-Ride-4821'])).toBe(0)
  })

  it('finds tokens of every kind by their form', async () => {
    const doorward = await createTestDoorward()
    const user = await doorward.signedUpUser()
    const { token } = await doorward.lastLink(user.email, 'activation')
    const answer = await doorward.fetch(
      new Request('http://test/auth/token/login/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: user.email, password: user.password }),
      }),
    )
    const { auth_token } = await answer.json()
    const stored = (await doorward.deps.store.users.byEmail(user.email))?.passwordHash
    for (const secret of [user.access, user.refresh, token, auth_token, stored]) {
      expect(found(`{"msg":"see ${secret}"}`), secret).toBe(1)
    }
    await doorward.close()
  })

  it('takes no request id, session id, path or time for a secret', () => {
    const line = {
      requestId: '0b9b5d0e-4a3b-4f2c-9b57-2f4b3c8b8f10',
      session: 'wOGXCxoFXUhmSDCkk9qWMQ',
      path: '/auth/users/set_password/',
      at: '2030-01-01T00:00:00.000Z',
    }
    expect(found(JSON.stringify(line), ['password', '12345678', 'x'])).toBe(0)
  })
})

describe('logs | what is written of an error', () => {
  it('is its kind, code, message and stack, and that of its causes; nothing that hangs on it', () => {
    const lines: string[] = []
    const { onError } = createLogging(testSettings({}), { write: (line) => lines.push(line) })
    const cause = Object.assign(new TypeError('below'), { parameters: ['Kiddie-Ride-4821'] })
    const error = new Error('above', { cause })
    onError(Object.assign(error, { code: 'EAUTH', response: 'Kiddie-Ride-4821' }), 'request-1')
    expect(lines.join('')).not.toContain('Kiddie-Ride-4821')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      about: 'request-1',
      err: { type: 'Error', code: 'EAUTH', message: 'above', cause: { type: 'TypeError', message: 'below' } },
    })
  })
})
