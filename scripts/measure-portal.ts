/**
 * Measures the web pages as they are built: their sizes, and how soon something is to be seen, on a desktop and on a
 * slow phone. Writes what it finds into `docs/reference/portal.md`. `node scripts/measure-portal.ts`
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { DIST } from '../apps/portal/build/folder.ts'
import type { Stage } from '../apps/portal/test/stage.ts'
import { openStage } from '../apps/portal/test/stage.ts'

const DOCUMENT = join(import.meta.dirname, '../docs/reference/portal.md')
const PAGES = ['/sign-in', '/register', '/activate/MQ/a-token']
const ROUNDS = 5

/** The devices: the second is the one that Lighthouse calls mobile (1.6 Mbit/s, 150 ms, a quarter of the speed). */
const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 }, network: null, slowdown: 1 },
  'slow phone': {
    viewport: { width: 390, height: 844 },
    network: { offline: false, latency: 150, downloadThroughput: 209_715, uploadThroughput: 96_000 },
    slowdown: 4,
  },
} as const

interface Figures {
  /** First contentful paint, largest contentful paint and the time the main thread was blocked, in milliseconds. */
  readonly first: number
  readonly largest: number
  readonly blocked: number
  /** How much the page jumped: 0 is not at all. */
  readonly shift: number
  readonly bytes: number
  readonly requests: number
}

async function measure(stage: Stage, path: string, device: keyof typeof DEVICES): Promise<Figures> {
  const { viewport, network, slowdown } = DEVICES[device]
  const page = await stage.visitor({ viewport })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  if (network) await devtools.send('Network.emulateNetworkConditions', network)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  let bytes = 0
  let requests = 0
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
    requests += 1
  })
  await page.addInitScript(observe)
  await page.goto(path)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForLoadState('networkidle')
  const seen = await readObserved(page)
  await page.context().close()
  return { ...seen, bytes, requests }
}

/** Runs in the page, before anything of it. */
function observe(): void {
  const seen = { first: 0, largest: 0, blocked: 0, shift: 0 }
  Object.assign(window, { seen })
  const on = (type: string, note: (entry: PerformanceEntry & Record<string, number>) => void) =>
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) note(entry as never)
    }).observe({ type, buffered: true })
  on('paint', (entry) => {
    if (entry.name === 'first-contentful-paint') seen.first = entry.startTime
  })
  on('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime
  })
  on('longtask', (entry) => {
    seen.blocked += Math.max(0, entry.duration - 50)
  })
  on('layout-shift', (entry) => {
    seen.shift += entry.value ?? 0
  })
}

const readObserved = (page: Page) =>
  page.evaluate(() => (window as unknown as { seen: Omit<Figures, 'bytes' | 'requests'> }).seen)

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

async function speedTable(stage: Stage): Promise<string> {
  const rows = ['| page | device | first paint | largest paint | blocked | shift | bytes | requests |']
  rows.push('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const path of PAGES) {
    for (const device of Object.keys(DEVICES) as (keyof typeof DEVICES)[]) {
      const rounds: Figures[] = []
      for (let round = 0; round < ROUNDS; round++) rounds.push(await measure(stage, path, device))
      const of = (key: keyof Figures) => median(rounds.map((figures) => figures[key]))
      const times = [of('first'), of('largest'), of('blocked')].map((time) => `${Math.round(time)} ms`)
      const rest = [of('shift').toFixed(3), `${(of('bytes') / 1000).toFixed(1)} kB`, of('requests')]
      rows.push(`| \`${path}\` | ${device} | ${[...times, ...rest].join(' | ')} |`)
    }
  }
  return rows.join('\n')
}

function sizeTable(): string {
  const folder = join(DIST, 'portal')
  const size = (name: string) => {
    try {
      return `${(statSync(join(folder, name)).size / 1000).toFixed(1)} kB`
    } catch {
      return '–'
    }
  }
  const names = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name))
  const rows = names
    .map((name) => ({ name, bytes: statSync(join(folder, name)).size }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .map(({ name }) => {
      const stem = name.replace(/-[\w-]{8}(\.\w+)$/, '$1')
      return `| \`${stem}\` | ${size(name)} | ${size(`${name}.gz`)} | ${size(`${name}.br`)} |`
    })
  return ['| file | plain | gzip | brotli |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const between = (text: string, name: string, content: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`),
    (_, start: string, end: string) => `${start}\n\n${content}\n\n${end}`,
  )

const stage = await openStage()
const speed = await speedTable(stage)
await stage.close()
const before = readFileSync(DOCUMENT, 'utf8')
writeFileSync(DOCUMENT, between(between(before, 'sizes', sizeTable()), 'speed', speed))
console.log(speed)
