/** Headers that no answer lacks, whatever it answers to. */
import { createTestDoorward } from '@doorward/server/testing'
import { describe, expect, it } from 'vitest'

const PATHS = [
  ...[
    '/auth/',
    '/auth/users/me/',
    '/auth/nothing/',
    '/auth/jwt/create/',
    '/openapi.json',
    '/docs',
    '/docs/start.js',
  ],
  ...['/docs/swagger-ui.css', '/docs/errors', '/health', '/ready', '/metrics', '/.well-known/jwks.json'],
  ...['/mailbox/messages', '/setup/made-up', '/nothing', '/'],
]

const headersOf = async (publicUrl: string) => {
  const doorward = await createTestDoorward({ config: { server: { publicUrl } } })
  const answers = await Promise.all(PATHS.map((path) => doorward.fetch(new Request(`${publicUrl}${path}`))))
  await doorward.close()
  return answers.map(({ headers }, index) => ({ path: PATHS[index] ?? '', headers }))
}

describe('security headers', () => {
  it('are on every answer: nothing is guessed, framed or told to other sites, and no server is named', async () => {
    for (const { path, headers } of await headersOf('http://127.0.0.1:8000')) {
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('x-frame-options'), path).toBe('DENY')
      expect(headers.get('referrer-policy'), path).toMatch(/^(same-origin|no-referrer)$/)
      if (!path.startsWith('/auth/') || path === '/auth/nothing/')
        expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
      for (const name of ['server', 'x-powered-by', 'strict-transport-security']) {
        expect(headers.get(name), `${path} ${name}`).toBeNull()
      }
    }
  })

  it('keep browsers on https where the server is reached by it', async () => {
    for (const { path, headers } of await headersOf('https://accounts.example.com')) {
      expect(headers.get('strict-transport-security'), path).toBe('max-age=63072000')
    }
  })
})
