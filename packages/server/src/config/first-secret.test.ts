import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ensureSecret, secretDirectory } from './first-secret.ts'
import { resolveSettings } from './resolve.ts'

const fresh = () => join(mkdtempSync(join(tmpdir(), 'doorward-secret-')), 'data')
const development = resolveSettings().settings

describe('the first secret | development without one', () => {
  it('makes 64 hex digits that only their owner can read, and nothing else', () => {
    const dir = fresh()
    const { settings, message } = ensureSecret(development, { dir })
    expect(settings.secrets.list).toEqual([readFileSync(join(dir, 'secret'), 'utf8').trim()])
    expect(settings.secrets.list[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
    expect(readdirSync(dir)).toEqual(['secret'])
    expect(message).toContain(join(dir, 'secret'))
    expect(Object.isFrozen(settings) && Object.isFrozen(settings.secrets.list)).toBe(true)
  })

  it('the next start reads the same one', () => {
    const dir = fresh()
    const first = ensureSecret(development, { dir }).settings.secrets.list
    expect(ensureSecret(development, { dir }).settings.secrets.list).toEqual(first)
  })

  it('security: the message never shows the secret', () => {
    const { settings, message } = ensureSecret(development, { dir: fresh() })
    expect(message).not.toContain(settings.secrets.list[0])
  })

  it('security: a file that others could read is closed to them', () => {
    const dir = fresh()
    ensureSecret(development, { dir })
    chmodSync(join(dir, 'secret'), 0o644)
    ensureSecret(development, { dir })
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
  })

  it('a file with something else in it is refused without being shown or replaced', () => {
    const dir = fresh()
    ensureSecret(development, { dir })
    writeFileSync(join(dir, 'secret'), 'hunter2')
    expect(() => ensureSecret(development, { dir })).toThrow(/^(?!.*hunter2).*is not what Doorward wrote/s)
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toBe('hunter2')
  })

  it('a directory that cannot be made is refused with its reason', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'doorward-secret-')), 'file')
    writeFileSync(file, '')
    expect(() => ensureSecret(development, { dir: file })).toThrow(/cannot be made \(E(?:EXIST|NOTDIR)\)/)
  })
})

describe('the first secret | anywhere else', () => {
  it('a secret that is set stays, and no file is written', () => {
    const { settings } = resolveSettings({ env: { DOORWARD_SECRET: 'x'.repeat(32) } })
    expect(ensureSecret(settings, { dir: '/nowhere' })).toEqual({ settings, message: null })
  })

  it('stands beside the SQLite file', () => {
    expect(secretDirectory({ database: { url: 'sqlite:./var/shop.db' } })).toBe('./var')
    expect(secretDirectory({ database: { url: 'sqlite::memory:' } })).toBe('data')
    expect(secretDirectory({ database: { url: 'postgres://db/shop' } })).toBe('data')
  })
})
