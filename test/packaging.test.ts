/** The packages as people get them: packed, installed in an empty folder, and started. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { buildPackages, packPackages } from '../scripts/build-packages.ts'
import { installSteps } from './dockerfile.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorward-packed-'))
/** The Node that runs the tests comes first, for `#!/usr/bin/env node` takes the first one there is. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, NODE_OPTIONS: '' }

const inFolder = (command: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  spawnSync(command, args, { cwd: folder, env: { ...env, ...more }, encoding: 'utf8' })

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  return typeof address === 'object' && address ? address.port : 0
}

let files: readonly string[]
beforeAll(() => {
  files = packPackages(buildPackages())
}, 300_000)

describe('the packages | packed and installed in an empty folder', () => {
  beforeAll(() => {
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']
    const installed = inFolder('npm', ['install', ...flags, ...files])
    expect(installed.status, installed.stderr).toBe(0)
  }, 300_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('start with `npx doorward start`, with the web pages, and stop on SIGTERM', async () => {
    const port = await freePort()
    const server = spawn(join(folder, 'node_modules/.bin/doorward'), ['start'], {
      cwd: folder,
      env: { ...env, PORT: String(port), NODE_ENV: 'development' },
    })
    const url = `http://127.0.0.1:${port}`
    await vi.waitFor(async () => expect((await fetch(`${url}/ready`)).status).toBe(200), {
      timeout: 30_000,
      interval: 100,
    })
    const page = await fetch(`${url}/register`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')?.toLowerCase()]).toEqual([
      200,
      'text/html; charset=utf-8',
    ])
    expect(await page.text()).toContain('<script')
    expect((await fetch(`${url}/auth/users/me/`)).status).toBe(401)
    const exited = once(server, 'exit')
    server.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
  }, 60_000)

  it('are a library too, whose parts can be imported', () => {
    const program = `
      import { createDoorward, resolveSettings } from '@doorward/server'
      import { createVerifier } from '@doorward/server/verifier'
      import { createTestDoorward } from '@doorward/server/testing'
      import * as client from '@doorward/client'
      const doorward = await createTestDoorward()
      const { headers } = await doorward.signedUpUser()
      const answer = await doorward.fetch(new Request('http://x/auth/users/me/', { headers }))
      console.log(answer.status, typeof createDoorward, typeof resolveSettings, typeof createVerifier, Object.keys(client).length > 0)
      await doorward.close()
    `
    writeFileSync(join(folder, 'program.js'), program)
    const ran = inFolder(process.execPath, ['program.js'])
    expect(ran.stdout.trim(), ran.stderr).toBe('200 function function function true')
  })

  it('bring types that a strict project can check to the last', () => {
    const program = `
      import { createDoorward } from '@doorward/server'
      import { endOtherSessions } from '@doorward/server/administration'
      import { mountDoorward, requireUser } from '@doorward/server/hono'
      import { createTestDoorward } from '@doorward/server/testing'
      import { createVerifier } from '@doorward/server/verifier'
      import { createClient, type User } from '@doorward/client'
      export const parts = [createDoorward, endOtherSessions, mountDoorward, requireUser, createTestDoorward, createVerifier]
      export const nameOf = (user: User): string => user.email
      export const client = createClient({ baseUrl: 'https://accounts.example.com/auth' })
    `
    writeFileSync(join(folder, 'types.ts'), program)
    const tsc = join(import.meta.dirname, '../node_modules/.bin/tsc')
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node']
    const checked = inFolder(tsc, [...flags, 'types.ts'])
    expect(checked.stdout).toBe('')
  }, 60_000)

  it('say their version and commands', () => {
    const help = inFolder(join(folder, 'node_modules/.bin/doorward'), ['--help'])
    expect(help.stdout).toContain('migrate')
    expect(help.status).toBe(0)
  })
})

/** Packages with their versions and checksums, as a lock file names them. */
const lockedIn = (path: string): readonly string[] => {
  const { packages }: { packages: Record<string, { version?: string; integrity?: string }> } = JSON.parse(
    readFileSync(path, 'utf8'),
  )
  return Object.entries(packages).map(
    ([at, { version, integrity }]) => `${at.split('node_modules/').pop()} ${version} ${integrity}`,
  )
}

describe('the packages | installed by the steps of the Dockerfile', () => {
  const root = resolve(import.meta.dirname, '..')
  const srv = mkdtempSync(join(tmpdir(), 'doorward-image-'))
  beforeAll(() => {
    for (const step of installSteps(root)) {
      const more = { npm_config_prefer_offline: 'true' }
      const ran = spawnSync('sh', ['-c', step], { cwd: srv, env: { ...env, ...more }, encoding: 'utf8' })
      expect(ran.status, ran.stderr).toBe(0)
    }
  }, 300_000)
  afterAll(() => rmSync(srv, { recursive: true, force: true }))

  it('are what the lock file names to the last dependency, and none for development', () => {
    const installed = lockedIn(join(srv, 'node_modules/.package-lock.json'))
    const known = new Set(lockedIn(join(root, 'package-lock.json')))
    const others = installed.filter((one) => !known.has(one)).map((one) => one.split(' ')[0])
    expect(others.toSorted()).toEqual(['@doorward/portal', '@doorward/server', 'doorward'])
    expect(installed.filter((one) => /^(?:typescript|vite|vitest|react|playwright-core) /.test(one))).toEqual(
      [],
    )
    expect(installed.length).toBeGreaterThan(40)
  })

  it('read a configuration that imports them', () => {
    const config = `import { defineConfig } from '@doorward/server'
      export const config = defineConfig({ server: { siteName: 'Toys' } })`
    writeFileSync(join(srv, 'doorward.config.ts'), config)
    const args = ['node_modules/doorward/bin/doorward.js', 'mail', 'preview', 'activation']
    const shown = spawnSync(process.execPath, args, { cwd: srv, env, encoding: 'utf8' })
    expect([shown.status, shown.stderr]).toEqual([0, ''])
    expect(shown.stdout).toContain('Toys')
  })
})
