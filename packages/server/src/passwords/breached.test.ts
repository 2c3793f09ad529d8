import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createSuperuser } from '../flows/create-superuser.ts'
import { createTestDoorward } from '../testing/create-test-doorward.ts'
import { createBreachedPasswords } from './breached.ts'

const LEAKED = 'tulip-harbour-9472'
const SAFE = 'a sentence that nobody else has thought of'

const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex').toUpperCase()
const rangeLine = (text: string, count: number): string => `${sha1(text).slice(5)}:${count}\r\n`

const cleanUp: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step()
})

/** A real host on this machine, and the paths and headers that it was asked with. */
async function rangeHost(answer: RequestListener) {
  const asked: { url: string | undefined; padding: unknown }[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url, padding: request.headers['add-padding'] })
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  cleanUp.push(close)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close }
}

function checkAt(host: string, file: string | null = null) {
  const faults: unknown[] = []
  const { has } = createBreachedPasswords({ host, file, onError: (error) => faults.push(error) })
  return { has: (text: string) => has(new Secret(text)), faults }
}

async function hashFile(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-breached-'))
  cleanUp.push(() => rm(folder, { recursive: true }))
  const path = join(folder, 'hashes.txt')
  await writeFile(path, text)
  return path
}

describe('a host of breached passwords', () => {
  it('names the endings of hashes, and only the five digits before them were sent', async () => {
    const host = await rangeHost((_, response) => response.end(rangeLine('other', 7) + rangeLine(LEAKED, 3)))
    const { has, faults } = checkAt(`${host.url}/`)

    expect(await has(LEAKED)).toBe(true)
    expect(await has(SAFE)).toBe(false)
    expect(faults).toEqual([])
    expect(host.asked).toEqual(
      [LEAKED, SAFE].map((text) => ({ url: `/range/${sha1(text).slice(0, 5)}`, padding: 'true' })),
    )
  })

  it('fills its answers up with lines of count 0, which mean nothing', async () => {
    const host = await rangeHost((_, response) => response.end(rangeLine(LEAKED, 0)))

    expect(await checkAt(host.url).has(LEAKED)).toBe(false)
  })

  const broken: readonly [string, RequestListener][] = [
    ['never answers', () => {}],
    [
      'stops in the middle of an answer',
      (_, response) => {
        response.write(rangeLine('other', 1))
      },
    ],
    ['answers with an error', (_, response) => response.writeHead(503).end(rangeLine(LEAKED, 1))],
    [
      'sends more than any range has',
      (_, response) => response.end(rangeLine('other', 1).repeat(20_000) + rangeLine(LEAKED, 1)),
    ],
  ]
  it.each(broken)('that %s lets the password pass, and the operator is told', async (_, answer) => {
    const host = await rangeHost(answer)
    const { has, faults } = checkAt(host.url)

    expect(await has(LEAKED)).toBe(false)
    expect(faults).toHaveLength(1)
  })

  it('that is down lets the password pass, and the operator is told', async () => {
    const host = await rangeHost(() => {})
    await host.close()
    const { has, faults } = checkAt(host.url)

    expect(await has(LEAKED)).toBe(false)
    expect(faults).toHaveLength(1)
  })

  it('is asked about 32 at once: one more passes without waiting, and the operator is told', async () => {
    const waiting: (() => void)[] = []
    let isOpen = false
    const host = await rangeHost((_, response) => {
      const answer = () => void response.end(rangeLine(LEAKED, 1))
      if (isOpen) answer()
      else waiting.push(answer)
    })
    const { has, faults } = checkAt(host.url)
    const asked = Array.from({ length: 32 }, () => has(LEAKED))

    expect(await has(LEAKED)).toBe(false)
    expect(faults).toEqual([expect.objectContaining({ name: 'BreachedLookUpError' })])
    await expect.poll(() => waiting.length).toBe(32)
    isOpen = true
    for (const answer of waiting) answer()
    expect(new Set(await Promise.all(asked))).toEqual(new Set([true]))
    expect(await has(LEAKED)).toBe(true)
    expect(faults).toHaveLength(1)
  })

  it('cannot send us on to another one', async () => {
    const other = await rangeHost((_, response) => response.end(rangeLine(LEAKED, 1)))
    const host = await rangeHost((request, response) =>
      response.writeHead(302, { location: `${other.url}${request.url}` }).end(),
    )
    const { has, faults } = checkAt(host.url)

    expect(await has(LEAKED)).toBe(false)
    expect(other.asked).toEqual([])
    expect(faults).toHaveLength(1)
  })
})

describe('a file of breached passwords', () => {
  const leaked = Array.from({ length: 999 }, (_, index) => `leaked password ${index}`)
  const hashes = leaked.map(sha1).sort()

  it.each([
    ['hashes alone', `${hashes.join('\n')}\n`],
    ['no end of the last line', hashes.join('\n')],
    ['counts, as it is downloaded', hashes.map((hash, index) => `${hash}:${index * 7919}\r\n`).join('')],
    ['small letters', hashes.map((hash) => `${hash.toLowerCase()}:1\n`).join('')],
  ])('is searched, with %s', async (_, text) => {
    const { has, faults } = checkAt('', await hashFile(text))

    for (const password of leaked) expect(await has(password), password).toBe(true)
    for (const password of leaked) expect(await has(`not ${password}`), password).toBe(false)
    expect(faults).toEqual([])
  })

  it('may be empty', async () => {
    const { has, faults } = checkAt('', await hashFile(''))

    expect(await has(LEAKED)).toBe(false)
    expect(faults).toEqual([])
  })

  it('that holds something else lets the password pass, and the operator is told', async () => {
    const { has, faults } = checkAt('', await hashFile('not a hash\n'.repeat(100)))

    expect(await has(LEAKED)).toBe(false)
    expect(faults).toHaveLength(1)
  })

  it('that is not there refuses to start', () => {
    expect(() => checkAt('', '/nowhere/hashes.txt')).toThrow('ENOENT')
  })
})

describe('where a password is chosen', () => {
  const REFUSAL = ['This password is known from a data breach. Choose another one.']

  async function start() {
    const breachedFile = await hashFile(`${sha1(LEAKED)}\n`)
    const doorward = await createTestDoorward({ config: { passwords: { breachedFile } } })
    cleanUp.push(doorward.close)
    const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const answer = await doorward.fetch(
        new Request(`http://localhost/auth/${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      )
      return { status: answer.status, body: answer.status === 204 ? null : await answer.json() }
    }
    return { doorward, post }
  }

  it('a breached one is refused at registration, change and reset', async () => {
    const { doorward, post } = await start()
    const profile = { first_name: 'Ana', last_name: 'Lee', role: 'staff' }
    const taken = { email: 'ana@example.org', ...profile, password: LEAKED, re_password: LEAKED }
    expect(await post('users/', taken)).toEqual({ status: 400, body: { password: REFUSAL } })

    const user = await doorward.signedUpUser()
    const change = { current_password: user.password, new_password: LEAKED, re_new_password: LEAKED }
    expect(await post('users/set_password/', change, user.headers)).toEqual({
      status: 400,
      body: { new_password: REFUSAL },
    })

    await post('users/reset_password/', { email: user.email })
    await doorward.deliverMails()
    const link = await doorward.lastLink(user.email)
    const reset = { ...link, new_password: LEAKED, re_new_password: LEAKED }
    expect(await post('users/reset_password_confirm/', reset)).toEqual({
      status: 400,
      body: { new_password: REFUSAL },
    })
    // the refusal has not used the link up
    const good = { ...link, new_password: SAFE, re_new_password: SAFE }
    expect((await post('users/reset_password_confirm/', good)).status).toBe(204)
  })

  it('a breached one is refused for staff too', async () => {
    const { doorward, post } = await start()
    const staff = await doorward.administrator()
    const account = { email: 'new@example.org', first_name: 'New', last_name: 'One', role: 'staff' }
    expect(await post('admin/users/', { ...account, password: LEAKED }, staff.headers)).toEqual({
      status: 400,
      body: { password: REFUSAL },
    })

    const invited = { ...account, email: 'invited@example.org' }
    expect((await post('admin/users/invite/', invited, staff.headers)).status).toBe(201)
    const link = await doorward.lastLink(invited.email)
    const accept = { ...link, new_password: LEAKED, re_new_password: LEAKED }
    expect(await post('users/accept_invitation/', accept)).toEqual({
      status: 400,
      body: { new_password: REFUSAL },
    })

    const superuser = createSuperuser(doorward.deps, {
      email: 'root@example.org',
      profile: {},
      password: new Secret(LEAKED),
      origin: { address: '', userAgent: 'a test', requestId: '' },
    })
    await expect(superuser).rejects.toMatchObject({ code: 'password_breached' })
  })
})
