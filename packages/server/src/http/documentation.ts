/** `/openapi.json`, `/docs` (everything it needs served from here) and `/docs/errors`, the catalogue of errors. */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Settings } from '../config/settings.ts'
import { ERROR_ADVICE } from '../domain/error-advice.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { ERRORS } from '../domain/errors.ts'
import type { OpenApiDocument } from './openapi.ts'
import { BARE_POLICY, pageHeaders } from './page-headers.ts'

const ASSETS: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css; charset=utf-8'],
  ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
  ['favicon-32x32.png', 'image/png'],
])

/** Swagger UI sets styles from its script, and its icons are data. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

const START = `window.addEventListener('load', () => {
  window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, persistAuthorization: false })
})
`

/** Adds the documents. */
export function documentationPages(
  app: Hono,
  { openapi, settings }: { readonly openapi: () => OpenApiDocument; readonly settings: Settings },
): void {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  app.get('/openapi.json', (c) => c.json(openapi()))
  app.get('/docs', (c) => page(c, docsPage(settings.server.siteName), DOCS_POLICY))
  app.get('/docs/errors', (c) => page(c, errorsPage(), BARE_POLICY))
  app.get('/docs/start.js', (c) => c.body(START, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/docs/:asset', async (c, next) => {
    const type = ASSETS.get(c.req.param('asset'))
    if (type === undefined) return next()
    const bytes = await readFile(join(folder, c.req.param('asset')))
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'cache-control': 'public, max-age=86400',
    })
  })
}

function page(c: Context, content: ReturnType<typeof html>, policy: string): Response | Promise<Response> {
  for (const [name, value] of Object.entries(pageHeaders(policy))) c.header(name, value)
  return c.html(content)
}

const docsPage = (siteName: string) => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${siteName}: API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<main id="docs"></main>
<noscript>These pages need JavaScript; the document itself is at <a href="/openapi.json">/openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

/** One row for each code; the `type` of a problem document points at its row. */
const errorsPage = () => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Errors of the API</title>
</head>
<body>
<h1>Errors of the API</h1>
<p>Clients that accept <code>application/problem+json</code> get these codes; they never change.</p>
<table>
<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Sentence</th>
<th scope="col">What to do</th></tr></thead>
<tbody>
${Object.entries(ERRORS).map(
  ([code, { status, message }]) =>
    html`<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${status}</td><td>${message}</td>
<td>${ERROR_ADVICE[code as ErrorCode] ?? ''}</td></tr>
`,
)}
</tbody>
</table>
</body>
</html>
`
