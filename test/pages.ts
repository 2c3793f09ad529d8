/** Pages of one module on an origin of their own, and what tests of pages do all the time. */
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { bundle } from './bundle.ts'
import type { Listening } from './serve.ts'
import { listen } from './serve.ts'

/** Serves a module, built, and its style at every path. */
export async function servePages(entry: string, style = ''): Promise<Listening> {
  const code = await bundle(entry)
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Accounts</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css"></head>
<body><main id="root"></main><script type="module" src="/main.js"></script></body></html>`
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/main.js': [code, 'text/javascript'],
    '/style.css': [`body{background:light-dark(#fff,#161b26);color-scheme:light dark}${style}`, 'text/css'],
  }
  return listen((request) => {
    const [body, type] = files[new URL(request.url).pathname] ?? [html, 'text/html']
    return new Response(body, { headers: { 'content-type': type } })
  })
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

/** What axe finds wrong with the page as it is now: rule and element. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // evaluated rather than added as a script, which a strict Content-Security-Policy would refuse
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axeSource())
  const results = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  )
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

async function axeSource(): Promise<string> {
  const { source } = createRequire(import.meta.url)('axe-core') as { source: string }
  return source
}
