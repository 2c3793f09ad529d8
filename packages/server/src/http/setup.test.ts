/** The link that makes the first administrator, as somebody without it tries it. */
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
