import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfiguration } from './load.ts'

/** A directory with files in it. */
function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'doorward-project-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content)
  return dir
}

const siteName = async (cwd: string, env: Record<string, string> = {}, configPath?: string) =>
  (await loadConfiguration({ cwd, env, configPath })).settings.server.siteName

describe('loading the configuration | files of the project', () => {
  it('an empty directory gives the secure default', async () => {
    const { settings, configFile } = await loadConfiguration({ cwd: project({}), env: {} })
    expect(settings.server.siteName).toBe('Doorward')
    expect(configFile).toBeNull()
  })

  it('reads doorward.config.ts, with its types', async () => {
    const cwd = project({
      'doorward.config.ts': "export const config: object = { server: { siteName: 'From TypeScript' } }",
    })
    expect(await siteName(cwd)).toBe('From TypeScript')
  })

  it('reads doorward.config.mjs, and a default export', async () => {
    const cwd = project({ 'doorward.config.mjs': "export default { server: { siteName: 'By default' } }" })
    const { settings, configFile } = await loadConfiguration({ cwd, env: {} })
    expect(settings.server.siteName).toBe('By default')
    expect(configFile).toBe(join(cwd, 'doorward.config.mjs'))
  })

  it('reads the file that the command line names', async () => {
    const cwd = project({ 'doorward.config.mjs': "export const config = { server: { siteName: 'Usual' } }" })
    mkdirSync(join(cwd, 'etc'))
    writeFileSync(join(cwd, 'etc/other.mjs'), "export const config = { server: { siteName: 'Named' } }")
    expect(await siteName(cwd, {}, 'etc/other.mjs')).toBe('Named')
  })

  it('refuses a named file that is not there, one that does not load, and one without configuration', async () => {
    const cwd = project({ 'broken.mjs': 'export const = 1', 'empty.mjs': 'export const other = {}' })
    await expect(siteName(cwd, {}, 'missing.ts')).rejects.toThrow('missing.ts does not exist')
    await expect(siteName(cwd, {}, 'broken.mjs')).rejects.toThrow('broken.mjs cannot be loaded')
    await expect(siteName(cwd, {}, 'empty.mjs')).rejects.toThrow('empty.mjs exports no configuration')
  })
})

describe('loading the configuration | .env', () => {
  it('goes before the configuration file and after the real environment', async () => {
    const cwd = project({
      '.env': '# the shop\nSITE_NAME="From .env"\n',
      'doorward.config.mjs': "export const config = { server: { siteName: 'From the file' } }",
    })
    expect(await siteName(cwd)).toBe('From .env')
    expect(await siteName(cwd, { SITE_NAME: 'Real' })).toBe('Real')
  })

  it('a real variable, even a blank one, also silences the _FILE form in .env', async () => {
    const cwd = project({ '.env': 'SITE_NAME_FILE=/nowhere\n' })
    expect(await siteName(cwd, { SITE_NAME: 'Real' })).toBe('Real')
    expect(await siteName(cwd, { SITE_NAME: '' })).toBe('Doorward')
  })

  it('faults of .env and of the configuration file are reported together', async () => {
    const cwd = project({
      '.env': 'DOORWARD_SECERT=x\nPORT=http\n',
      'doorward.config.mjs': 'export const config = { server: { sitename: 1 } }',
    })
    await expect(siteName(cwd)).rejects.toThrow(
      /has 3 faults.*DOORWARD_SECERT.*server\.sitename.*`siteName`.*server\.port \(PORT\)/s,
    )
  })
})
