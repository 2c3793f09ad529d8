/** The frame of the few pages that the server itself writes, without scripts and without anything from elsewhere. */
import type { Context } from 'hono'
import { html } from 'hono/html'

const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** Headers of a page: nothing may be embedded, fetched from elsewhere, or told to another site. */
export const PAGE_HEADERS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
}

/** The answer to a path that does not exist: a page, as in the reference. */
export function notFoundPage(c: Context): Response | Promise<Response> {
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Not Found</title></head>
<body><h1>Not Found</h1><p>The requested resource was not found on this server.</p></body>
</html>
`
  for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value)
  c.header('referrer-policy', 'same-origin')
  return c.html(page, 404)
}
