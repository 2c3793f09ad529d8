/** Reading the audit log over the wire. On both databases. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTestDoorward,
  type SignedInUser,
  type TestDoorward,
} from '../../testing/create-test-doorward.ts'
import { testDatabases } from '../../testing/databases.ts'

interface Entry {
  readonly id: number
  readonly at: string
  readonly action: string
  readonly result: string
  readonly by: string | null
  readonly actor: number | null
  readonly user: number | null
  readonly address: string | null
  readonly user_agent: string | null
}

const AGENT = '=HYPERLINK("http://evil.example")'

for (const database of testDatabases()) {
  describe(`the audit log on the wire | ${database.name}`, async () => {
    let doorward: TestDoorward
    let [maya, staff]: SignedInUser[] = []
    let mayaId = 0

    beforeAll(async () => {
      doorward = await createTestDoorward({ database: await database.url() })
      maya = await doorward.signedUpUser()
      staff = await doorward.administrator()
      mayaId = (await doorward.deps.store.users.byEmail(maya.email))?.id ?? 0
      const body = JSON.stringify({ email: maya.email, password: 'guess' })
      const headers = { 'content-type': 'application/json', 'user-agent': AGENT }
      await doorward.fetch(new Request('http://test/auth/jwt/create/', { method: 'POST', headers, body }))
      await get(`users/${mayaId}/reactivate/`, staff, 'POST')
    })
    afterAll(async () => {
      await doorward.close()
      await database.close()
    })

    const get = (path: string, as?: SignedInUser, method = 'GET') =>
      doorward.fetch(
        new Request(`http://127.0.0.1:8000/auth/${path}`, { method, headers: as?.headers ?? {} }),
      )
    const entries = async (path: string, as?: SignedInUser): Promise<readonly Entry[]> => {
      const answer = await get(path, as)
      expect(answer.status, path).toBe(200)
      return answer.json()
    }
    const actions = async (path: string) => (await entries(path, staff)).map(({ action }) => action)

    it('shows people what happened to their own account, and nothing of others', async () => {
      const own = await entries('activity/', maya)
      expect(own.map(({ action }) => action)).toEqual([
        'reactivated',
        'sign_in_failed',
        'signed_in',
        'activated',
        'registered',
      ])
      expect(own.map(({ by }) => by)).toEqual(['staff', null, 'you', 'you', null])
    })

    it('tells people where strangers came from, but not where staff work', async () => {
      const [byStaff, byStranger] = await entries('activity/', maya)
      expect(byStranger).toMatchObject({ result: 'failure', user_agent: AGENT })
      expect(byStaff).toMatchObject({ address: null, user_agent: null })
    })

    it('is for staff alone, beyond the own account', async () => {
      expect((await get('activity/')).status).toBe(401)
      expect((await get('admin/audit/')).status).toBe(401)
      expect((await get('admin/audit/', maya)).status).toBe(403)
      expect((await get('admin/audit/?format=csv', maya)).status).toBe(403)
    })

    it('lets staff look for an account, for who did it, for an action, and for a time', async () => {
      const administrator = (await doorward.deps.store.users.byEmail(staff?.email ?? ''))?.id
      expect(await actions(`admin/audit/?actor=${administrator}`)).toEqual(['reactivated', 'signed_in'])
      expect(await actions(`admin/audit/?user=${mayaId}&action=sign_in_failed`)).toEqual(['sign_in_failed'])
      expect(await actions('admin/audit/?address=192.0.2.9')).toEqual([])
      const start = new Date(doorward.clock.now()).toISOString()
      expect((await actions(`admin/audit/?since=${start}`)).length).toBeGreaterThan(4)
      expect(await actions(`admin/audit/?until=${start}`)).toEqual([])
    })

    it('leads from page to page by the Link header, with the filter kept', async () => {
      const seen: number[] = []
      let path: string | undefined = `admin/audit/?user=${mayaId}&limit=2`
      for (let pages = 0; path !== undefined && pages < 9; pages += 1) {
        const answer = await get(path, staff)
        seen.push(...((await answer.json()) as Entry[]).map(({ id }) => id))
        path = /<.*\/auth\/(.*)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
      }
      expect(seen).toEqual((await entries('activity/', maya)).map(({ id }) => id))
    })

    it.each([
      ['action=nothing', 400],
      ['user=abc', 400],
      ['limit=0', 400],
      ['limit=1001', 400],
      ['since=yesterday', 400],
      ['format=xml', 400],
      ['unknown=1', 200],
    ])('answers ?%s with %i', async (query, status) => {
      expect((await get(`admin/audit/?${query}`, staff)).status).toBe(status)
    })

    it('gives all of it as JSON, and notes who took it', async () => {
      const answer = await get('admin/audit/?format=json', staff)
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="audit.json"')
      const all = (await answer.json()) as Entry[]
      expect(all.slice(1)).toEqual((await entries('admin/audit/', staff)).slice(1))
      expect(all[0]).toMatchObject({ action: 'audit_exported', user: null })
    })

    it('gives it as CSV in which a hostile User-Agent is no formula', async () => {
      const answer = await get('admin/audit/?format=csv&action=sign_in_failed', staff)
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
      const [head, line, ...rest] = (await answer.text()).split('\r\n')
      expect(head).toBe('id,at,action,result,actor,user,address,user_agent,request_id,details')
      expect(line).toContain(`,"'=HYPERLINK(""http://evil.example"")",`)
      expect(line).toContain('"{""reason"":""wrong_password""}"')
      expect(rest).toEqual([''])
    })

    it('gives more entries than one page holds, each once', async () => {
      const entry = { actorId: null, userId: 77, address: '', userAgent: '', requestId: '', details: {} }
      await doorward.deps.store.transaction(async ({ audit }) => {
        for (let i = 0; i < 1001; i += 1) await audit.add({ ...entry, at: i, action: 'signed_in' })
      })
      const all = (await (await get('admin/audit/?format=json&user=77', staff)).json()) as Entry[]
      expect(new Set(all.map(({ id }) => id)).size).toBe(1001)
      const server = createServer(doorward.listener).listen(0, '127.0.0.1')
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      const url = `http://127.0.0.1:${port}/auth/admin/audit/?format=json&user=77`
      expect(await (await fetch(url, { headers: staff?.headers ?? {} })).json()).toEqual(all)
      server.close()
      const none = await (await get('admin/audit/?format=json&user=78', staff)).json()
      expect(none).toEqual([])
    })
  })
}

describe('the audit log on the wire | djoser', () => {
  it('does not exist, as in Djoser', async () => {
    const doorward = await createTestDoorward({ preset: 'djoser' })
    const staff = await doorward.administrator()
    for (const path of ['activity/', 'admin/audit/']) {
      const answer = await doorward.fetch(new Request(`http://test/auth/${path}`, { headers: staff.headers }))
      expect(answer.status).toBe(404)
    }
    await doorward.close()
  })
})
