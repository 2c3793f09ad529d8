/** The frame of the few pages that the server itself writes, without scripts and without anything from elsewhere. */
import type { Context } from 'hono'
import { html } from 'hono/html'

/** What a page is made of; everything put into it is escaped. */
export type Markup = ReturnType<typeof html>

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Headers of a page: nothing may be embedded, fetched from elsewhere, kept, or told to another site. */
export const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/** Answers with a page. */
export function answerPage(
  c: Context,
  content: Markup,
  status: 200 | 400 | 404 = 200,
): Response | Promise<Response> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value)
  return c.html(content, status)
}

/** A whole page around its content. */
export const pageFrame = (title: string, content: Markup | Markup[] | string): Markup => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`

/** A list of what is wrong, which screen readers announce. */
export const faultList = (faults: readonly string[]): Markup | string =>
  faults.length === 0 ? '' : html`<ul role="alert">${faults.map((fault) => html`<li>${fault}</li>`)}</ul>`

/** The answer to a path that does not exist: a page, as in the reference. */
export async function notFoundPage(c: Context): Promise<Response> {
  const page = pageFrame('Not Found', html`<p>The requested resource was not found on this server.</p>`)
  const response = await answerPage(c, page, 404)
  response.headers.set('referrer-policy', 'same-origin')
  return response
}
