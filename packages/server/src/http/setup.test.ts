/** The link that makes the first administrator, as somebody without it tries it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTestDoorward } from '../testing/create-test-doorward.ts'

it.each(['made-up', 'a'.repeat(32), `${'a'.repeat(31)}%C3%A9`, '%F0%9F%8E%A0'.repeat(16)])(
  'a made-up link (%s) does not exist, and is no fault of the server',
  async (token) => {
    const doorward = await createTestDoorward()
    const url = `http://127.0.0.1:8000/setup/${token}`
    const headers = { 'content-type': 'application/json' }
    const posted = await doorward.fetch(new Request(url, { method: 'POST', headers, body: '{}' }))
    expect([posted.status, (await doorward.fetch(new Request(url))).status]).toEqual([404, 404])
    // told of every fault that nobody foresaw
    await doorward.close()
  },
)

it('makes an administrator of no role where the project declares roles without `admin`', async () => {
  const config = { users: { roles: ['buyer'] } }
  // the link leads to a page, so there is none without pages
  const pages = mkdtempSync(join(tmpdir(), 'doorward-setup-'))
  mkdirSync(join(pages, 'portal'))
  writeFileSync(join(pages, 'index.html'), '<!doctype html>')
  writeFileSync(join(pages, 'locales.json'), '{}')
  const doorward = await createTestDoorward({ config, portal: pages })
  const link = doorward.setupUrl ?? ''
  const body = {
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Staff',
    password: 'Kiddie-Ride-4821',
  }
  const headers = { 'content-type': 'application/json' }
  const made = await doorward.fetch(
    new Request(link, { method: 'POST', headers, body: JSON.stringify(body) }),
  )
  expect([made.status, await made.json()]).toMatchObject([201, { email: body.email, role: '' }])
  await doorward.close()
  rmSync(pages, { recursive: true })
})
