/** What deploys Doorward names things that exist. The image itself is built where there is a Docker engine. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, matchesGlob, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROWS } from '../packages/server/src/config/table.ts'
import { instructions } from './dockerfile.ts'

const ROOT = resolve(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
/** The last pattern that fits decides; `!` takes a file in again. */
const isIgnored = (path: string): boolean =>
  ignored.findLast((line) => matchesGlob(path, line.replace(/^!/, '')))?.startsWith('!') === false

describe('the Dockerfile', () => {
  const copied = instructions
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))

  it('copies files that exist and that the build context has', () => {
    expect(copied.length).toBeGreaterThan(8)
    for (const path of copied) {
      expect(existsSync(join(ROOT, path)), path).toBe(true)
      expect(isIgnored(path), path).toBe(false)
    }
  })

  it('copies the manifest of every workspace, which npm ci needs', () => {
    const patterns: readonly string[] = JSON.parse(read('package.json')).workspaces
    const plain = patterns.filter((pattern) => !pattern.includes('*'))
    for (const pattern of patterns.filter((one) => one.includes('*'))) {
      expect(copied, pattern).toContain(pattern.replace('/*', ''))
    }
    for (const folder of plain) expect(copied).toContain(`${folder}/package.json`)
  })

  it('leaves secrets, data and the history out', () => {
    for (const path of ['.env', '.git', 'data', 'secrets', '.env.production', 'doorward.log'])
      expect(isIgnored(path), path).toBe(true)
    // in whatever folder somebody started the server
    for (const path of ['.env', 'data', 'secrets', '.env.production', 'doorward.log', 'node_modules'])
      expect(isIgnored(`apps/doorward/${path}`), path).toBe(true)
  })

  it('starts where a doorward.config.ts goes, beside the packages that it imports', () => {
    const folder = instructions.findLast((line) => line.startsWith('WORKDIR '))?.split(' ')[1]
    expect(instructions.find((line) => line.startsWith('ENTRYPOINT'))).toContain(`"${folder}/node_modules/`)
    expect(read('docs/guides/deploy.md')).toContain(`${folder}/doorward.config.ts`)
  })

  it('runs as nobody special, with a health check, and gets signals itself', () => {
    expect(instructions).toContain('USER node')
    expect(instructions.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true)
    expect(instructions.find((line) => line.startsWith('ENTRYPOINT'))).toMatch(/^ENTRYPOINT \["node"/)
    expect(instructions.findLastIndex((line) => line.startsWith('USER'))).toBeGreaterThan(
      instructions.findLastIndex((line) => line.startsWith('RUN')),
    )
  })
})

describe('what the deployment sets', () => {
  const known = new Set(ROWS.flatMap(({ spec }) => (spec.env ? [spec.env, `${spec.env}_FILE`] : [])))

  it('is settings that exist', () => {
    const [service = ''] = read('compose.yaml').split('\n  postgres:')
    const set = [...service.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name ?? '')
    expect(set).toContain('DOORWARD_SECRET_FILE')
    expect(set.filter((name) => !known.has(name))).toEqual([])
    const image = instructions.find((line) => line.startsWith('ENV ')) ?? ''
    const names = [...image.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name ?? '')
    expect(names.filter((name) => !known.has(name))).toEqual([])
    // a variable that is set in both forms is a fault
    expect(names.filter((name) => set.includes(`${name}_FILE`))).toEqual([])
  })

  it('is read from secrets that the same service is given', () => {
    for (const service of read('compose.yaml').split(/^ {2}(?=\w+:$)/m)) {
      const given = service.match(/^ {4}secrets: \[(.*)\]$/m)?.[1]?.split(', ') ?? []
      const asked = [...service.matchAll(/_FILE: \/run\/secrets\/(\w+)/g)].map(([, name]) => name ?? '')
      expect(asked.toSorted()).toEqual(given.toSorted())
    }
  })

  it('are secrets that the script makes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-secrets-'))
    const make = (env: Readonly<Record<string, string>>) =>
      spawnSync('sh', [join(ROOT, 'deploy/secrets.sh')], {
        ...{ cwd: folder, encoding: 'utf8' },
        env: { PATH: process.env.PATH, ...env },
      })
    const made = make({})
    expect(made.status, made.stderr).toBe(0)
    const files = [...read('compose.yaml').matchAll(/file: \.\/(secrets\/\w+)/g)].map(
      ([, path]) => path ?? '',
    )
    expect(files).toHaveLength(5)
    // containers are given the files, which their users read; the folder keeps everybody else on the machine out
    for (const path of files) expect(statSync(join(folder, path)).mode & 0o777, path).toBe(0o644)
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700)
    const first = readFileSync(join(folder, 'secrets/doorward_secret'), 'utf8')
    expect(first).toMatch(/^[0-9a-f]{64}$/)
    expect([made.stdout, readFileSync(join(folder, 'secrets/smtp_url'), 'utf8')]).toEqual([
      expect.stringContaining('secrets/smtp_url'),
      '',
    ])
    // said once more with what was missing: that is added, and what is there stays
    const SMTP_URL = 'smtp://user:password@mail.example.org:587'
    make({ SMTP_URL })
    expect(readFileSync(join(folder, 'secrets/doorward_secret'), 'utf8')).toBe(first)
    expect(readFileSync(join(folder, 'secrets/smtp_url'), 'utf8')).toBe(SMTP_URL)
    rmSync(folder, { recursive: true })
  })
})

describe('the systemd unit', () => {
  const unit = read('deploy/doorward.service')

  it('runs the program that the package brings, as a user of its own', () => {
    const { bin, name } = JSON.parse(read('apps/doorward/package.json'))
    expect(unit).toContain(`/node_modules/.bin/${Object.keys(bin)[0]} start`)
    expect(unit).toContain(`/opt/${name}/`)
    expect(unit).toContain('DynamicUser=yes')
  })

  it('is understood by systemd, or where there is none is at least sections of settings', () => {
    for (const line of unit.split('\n')) expect(line).toMatch(/^(?:#.*|\[\w+\]|\w+=.*|)$/)
    if (!existsSync('/usr/bin/systemd-analyze')) return
    const folder = mkdtempSync(join(tmpdir(), 'doorward-unit-'))
    const path = join(folder, 'doorward.service')
    // the program and its environment are not installed here
    writeFileSync(
      path,
      unit.replace(/^ExecStart=.*/m, 'ExecStart=/bin/true').replace(/^EnvironmentFile=.*/m, ''),
    )
    const verified = spawnSync('systemd-analyze', ['verify', path], { encoding: 'utf8' })
    expect([verified.status, verified.stderr]).toEqual([0, ''])
    rmSync(folder, { recursive: true })
  })

  it('has a script that runs the command line as the same user, in the same folder, with the same settings', () => {
    const script = read('deploy/doorward')
    const setting = (name: string) => unit.match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1]
    const same = [
      'DynamicUser',
      'StateDirectory',
      'StateDirectoryMode',
      'WorkingDirectory',
      'UMask',
      'EnvironmentFile',
    ]
    for (const name of same) expect(script).toContain(`--property=${name}=${setting(name)} `)
    expect(script).toContain(`--setenv=${setting('Environment')} `)
    expect(script).toContain(`${setting('ExecStart')?.replace(/ start$/, '')} "$@"`)
    // the user that DynamicUser makes has the name of the unit
    expect(script).toContain('--property=User=doorward ')
    expect(spawnSync('sh', ['-n', join(ROOT, 'deploy/doorward')]).status).toBe(0)
  })

  it.each(['secrets.sh', 'doorward'])('the script %s can be run', (name) => {
    expect(statSync(join(ROOT, 'deploy', name)).mode & 0o111).not.toBe(0)
  })
})

describe('the proxy of the guide', () => {
  const guide = read('docs/guides/deploy.md')

  it('writes no token of a link to its log', () => {
    const [, pattern = '$^'] = /location ~ (\S+) \{\n {4}access_log off;/.exec(guide) ?? []
    const defaults = ROWS.map(({ key, spec }) => (key.startsWith('links.') ? `/${spec.default}` : ''))
    const links = defaults.filter((link) => link.includes('{token}'))
    expect(links.length).toBeGreaterThan(4)
    expect([...links, '/setup/{token}'].filter((link) => !new RegExp(pattern).test(link))).toEqual([])
  })

  it('lets through as much as the server takes', () => {
    const kilobytes = Number(/client_max_body_size (\d+)k/.exec(guide)?.[1])
    const limit = ROWS.find(({ key }) => key === 'server.bodyLimit')?.spec.default
    expect(kilobytes * 1024).toBeGreaterThanOrEqual(Number(limit))
  })
})
