/** What the operator reads when the server cannot listen where it is told to. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from './run.ts'

describe('start | cannot listen', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-listening-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('on a port that is taken: says so, and which setting is to change', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { code, err } = await run(['start'], { folder, env: { PORT: String(port) } })
    other.close()
    expect([code, err]).toEqual([
      1,
      expect.stringContaining(`port ${port}: it is taken. Set PORT to another`),
    ])
  })

  it('on an address of another machine: says so, and which setting is to change', async () => {
    // RFC 5737 §3: addresses of nobody
    const { code, err } = await run(['start'], { folder, env: { HOST: '192.0.2.1', PORT: '0' } })
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(/192\.0\.2\.1, port 0: .*Set HOST to one that it has/),
    ])
  })
})
