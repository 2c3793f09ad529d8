/**
 * How many statements each request costs, counted at the drivers. The numbers stand in `docs/guides/sessions.md`, and
 * are read from there, so that what is written is what happens.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTestDoorward, type TestDoorward } from '@doorward/server/testing'
import { createVerifier } from '@doorward/server/verifier'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { testDatabases } from '../../packages/server/src/testing/databases.ts'
import { isAboutConnection, isBackground, logStatements, statements } from './statement-log.ts'

interface Cost {
  readonly reads: number
  readonly writes: number
  /** `begin` and `commit`. */
  readonly transaction: number
}

/** The rows of the guide's table: what is asked, and what it costs. */
const GUIDE = new Map(
  readFileSync(join(import.meta.dirname, '../../docs/guides/sessions.md'), 'utf8')
    .split('\n')
    .flatMap((line): [string, Cost][] => {
      const [, request = '', ...numbers] = /^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$/.exec(line) ?? []
      const [reads = 0, writes = 0, transaction = 0] = numbers.map(Number)
      return request === '' ? [] : [[request, { reads, writes, transaction }]]
    }),
)

function costOf(seen: readonly string[], countsCatchingUp = false): Cost {
  const looks = seen.filter((sql) => !isAboutConnection(sql))
  const counted = countsCatchingUp ? looks : looks.filter((sql) => !isBackground(sql))
  const count = (form: RegExp) => counted.filter((sql) => form.test(sql)).length
  return {
    reads: count(/^\s*select/i),
    writes: count(/^\s*(insert|update|delete|with)/i),
    transaction: count(/^\s*(begin|commit|start transaction)/i),
  }
}

beforeAll(logStatements)
afterAll(() => {
  vi.restoreAllMocks()
})

describe.each(testDatabases())('statements for each request | $name', (database) => {
  let doorward: TestDoorward
  beforeAll(async () => {
    doorward = await createTestDoorward({ database: await database.url() })
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  const ask = async (method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const request = new Request(`http://127.0.0.1:8000${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = await doorward.fetch(request)
    expect(answer.status).toBeLessThan(300)
    return answer
  }

  /** Prepares a request and returns it, to be sent while statements are counted. */
  const REQUESTS: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
    'a checked request (`requireUser`, `createVerifier`)': async () => {
      const { access } = await doorward.signedUpUser()
      const url = 'http://127.0.0.1:8000'
      const verifier = createVerifier({
        jwksUrl: `${url}/.well-known/jwks.json`,
        revocations: { url: `${url}/auth/revocations/` },
        clock: doorward.clock,
        fetch: (input, init) => doorward.fetch(new Request(input as string, init)),
      })
      return () => verifier.check(`Bearer ${access}`).finally(() => verifier.close())
    },
    '`GET /.well-known/jwks.json`': async () => () => ask('GET', '/.well-known/jwks.json'),
    'a checked request with `fresh`, beside Doorward itself': async () => {
      const { access } = await doorward.signedUpUser()
      const verifier = createVerifier({ doorward })
      return () => verifier.check(`Bearer ${access}`, { fresh: true })
    },
    '`GET revocations/`, as `fresh` asks elsewhere': async () => () =>
      ask('GET', '/auth/revocations/?since=0'),
    '`GET revocations/?wait=`, as verifiers wait': async () => {
      const { refresh } = await doorward.signedUpUser()
      await ask('POST', '/auth/jwt/logout/', { refresh })
      await doorward.deps.revocations.catchUp()
      return () => ask('GET', '/auth/revocations/?since=0&wait=25')
    },
    '`POST jwt/verify/` with an access token': async () => {
      const { access } = await doorward.signedUpUser()
      return () => ask('POST', '/auth/jwt/verify/', { token: access })
    },
    '`GET users/me/`': async () => {
      const { headers } = await doorward.signedUpUser()
      return () => ask('GET', '/auth/users/me/', undefined, headers)
    },
    '`GET users/me/` with a database token': async () => {
      const login = await ask('POST', '/auth/token/login/', await doorward.signedUpUser())
      const { auth_token: token } = (await login.json()) as { auth_token: string }
      return () => ask('GET', '/auth/users/me/', undefined, { authorization: `Token ${token}` })
    },
    '`GET sessions/`': async () => {
      const { headers } = await doorward.signedUpUser()
      return () => ask('GET', '/auth/sessions/', undefined, headers)
    },
    '`POST jwt/refresh/`': async () => {
      const { refresh } = await doorward.signedUpUser()
      return () => ask('POST', '/auth/jwt/refresh/', { refresh })
    },
    '`POST jwt/refresh/` once more with the same token': async () => {
      const { refresh } = await doorward.signedUpUser()
      await ask('POST', '/auth/jwt/refresh/', { refresh })
      return () => ask('POST', '/auth/jwt/refresh/', { refresh })
    },
    '`POST jwt/create/`': async () => {
      const user = await doorward.signedUpUser()
      return () => ask('POST', '/auth/jwt/create/', user)
    },
    '`POST jwt/logout/`': async () => {
      const { refresh } = await doorward.signedUpUser()
      return () => ask('POST', '/auth/jwt/logout/', { refresh })
    },
  }

  it('the guide names every request that is counted here', () => {
    expect([...GUIDE.keys()].sort()).toEqual(Object.keys(REQUESTS).sort())
  })

  it.each(Object.keys(REQUESTS))('%s', async (request) => {
    const send = await REQUESTS[request]?.()
    // no row that was read before is known after a write
    await doorward.deps.store.revocations.blacklist(request, doorward.clock.now())
    statements.length = 0
    await send?.()
    const seen = [...statements]
    // what asks how it is at this moment looks at the list as part of the request
    const isNow = request.includes('fresh')
    expect(costOf(seen, isNow), seen.join('\n')).toEqual(GUIDE.get(request))
  })

  it('an account that was read since the last write is not read again where the database is at hand', async () => {
    const { headers } = await doorward.signedUpUser()
    const me = () => ask('GET', '/auth/users/me/', undefined, headers)
    await me()
    statements.length = 0
    await me()
    const reads = database.name === 'SQLite' ? 0 : 1
    expect(costOf(statements)).toEqual({ reads, writes: 0, transaction: 0 })
  })

  it('counts what really runs: a write by hand is one write', async () => {
    statements.length = 0
    await doorward.deps.store.revocations.blacklist('by hand', doorward.clock.now())
    expect(costOf(statements)).toEqual({ reads: 0, writes: 1, transaction: 0 })
  })
})
