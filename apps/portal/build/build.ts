/**
 * Builds the web pages into `dist`, in about a second, and compresses them once for all answers. Nothing is done when
 * `dist` was made from the sources as they are, so it can run before every start and every test.
 */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { InlineConfig, PluginOption } from 'vite'
import { DIST } from './folder.ts'

const ROOT = join(import.meta.dirname, '../../..')
const PORTAL = join(import.meta.dirname, '..')
const SOURCES = ['apps/portal/{src,build}/**/*', 'apps/portal/index.html', 'packages/{client,react}/src/**/*']
const LOCKS = ['package-lock.json']
/** Below this, in bytes, compressing saves no packet. */
const WORTH_COMPRESSING = 1024

/** What came of it. */
export type Outcome = 'built' | 'fresh' | 'no builder'

/** Builds the pages if they are not there or were made from other sources. */
export async function buildPortal(): Promise<Outcome> {
  const fingerprint = fingerprintOfSources()
  const stamp = join(DIST, 'sources.sha256')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return 'fresh'
  const tools = await loadTools()
  if (tools === null) return 'no builder'
  // beside `dist` and then renamed, so that a server that starts meanwhile finds either all of it or the old one
  const folder = `${DIST}.${process.pid}`
  try {
    await forProduction(() => tools.build(optionsOf(folder, tools.react())))
    writeFileSync(join(folder, 'locales.json'), JSON.stringify(localesOf(folder)))
    compress(folder)
    writeFileSync(join(folder, 'sources.sha256'), fingerprint)
    rmSync(DIST, { recursive: true, force: true })
    renameSync(folder, DIST)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return 'built'
}

function optionsOf(outDir: string, react: PluginOption): InlineConfig {
  return {
    root: PORTAL,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [react],
    build: {
      outDir,
      assetsDir: 'portal',
      assetsInlineLimit: 0,
      manifest: 'manifest.json',
      modulePreload: { polyfill: false },
    },
  }
}

/** React and Vite look at the environment, and tests set it: what is built must not depend on who builds it. */
async function forProduction<T>(work: () => Promise<T>): Promise<T> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    return await work()
  } finally {
    if (before === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = before
  }
}

/** The builder is a tool of development: a server that was installed without those has its pages already. */
async function loadTools() {
  try {
    const [{ build }, { default: react }] = await Promise.all([
      import('vite'),
      import('@vitejs/plugin-react'),
    ])
    return { build, react }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null
    throw error
  }
}

function fingerprintOfSources(): string {
  const paths = [...SOURCES, ...LOCKS].flatMap((pattern) =>
    globSync(pattern, { cwd: ROOT, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  const hash = createHash('sha256')
  for (const path of paths.toSorted()) {
    hash.update(`${relative(ROOT, path).replaceAll('\\', '/')}\0`)
    hash.update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** Where each language's texts ended up: the server lets the browser load them together with the program. */
function localesOf(folder: string): Record<string, string> {
  const manifest: Record<string, { file: string }> = JSON.parse(
    readFileSync(join(folder, 'manifest.json'), 'utf8'),
  )
  return Object.fromEntries(
    Object.entries(manifest).flatMap(([source, { file }]) => {
      const locale = /^src\/locales\/([\w-]+)\.ts$/.exec(source)?.[1]
      return locale === undefined ? [] : [[locale, `/${file}`]]
    }),
  )
}

function compress(folder: string): void {
  for (const name of globSync('portal/*.{js,css,svg}', { cwd: folder })) {
    const path = join(folder, name)
    const content = readFileSync(path)
    if (content.length < WORTH_COMPRESSING) continue
    const size = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
    writeFileSync(`${path}.br`, brotliCompressSync(content, { params: size }))
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  }
}

if (import.meta.main) {
  const started = performance.now()
  const outcome = await buildPortal()
  if (outcome === 'built')
    console.log(`Built the web pages in ${Math.round(performance.now() - started)} ms.`)
  if (outcome === 'no builder') console.warn('The web pages were not built: Vite is not installed.')
}
