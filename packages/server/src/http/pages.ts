/** The few answers in HTML that the server itself writes, without scripts and without anything from elsewhere. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { BARE_POLICY, pageHeaders } from './page-headers.ts'

/** The answer to a path that does not exist: a page, as in the reference. */
export async function notFoundPage(
  c: Context,
  sentence = 'The requested resource was not found on this server.',
): Promise<Response> {
  for (const [name, value] of Object.entries(pageHeaders(BARE_POLICY))) c.header(name, value)
  c.header('referrer-policy', 'same-origin')
  return c.html(
    html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not Found</title>
</head>
<body><h1>Not Found</h1><p>${sentence}</p></body>
</html>
`,
    404,
  )
}
