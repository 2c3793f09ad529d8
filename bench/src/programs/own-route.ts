/**
 * An app with a route of its own that only signed-in people reach, and Doorward mounted beside it in the same
 * process. Arguments: the port, and the frame (`node`, `hono`, `express`). Settings come from the environment.
 */
import { createServer } from 'node:http'
import { createDoorward, loadConfiguration } from '@doorward/server'
import { requireUser as requireUserExpress } from '@doorward/server/express'
import { requireUser as requireUserHono } from '@doorward/server/hono'
import { createVerifier } from '@doorward/server/verifier'
import { serve } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'

const [port = '', frame = 'node'] = process.argv.slice(2)
const { settings } = await loadConfiguration({ cwd: process.cwd(), env: process.env })
const doorward = await createDoorward({ settings })
const verifier = createVerifier({ doorward })

/** What the route says. */
const report = (userId: number | string, role: string | null) => ({
  report: 'sales of the week',
  userId,
  role,
})

const isOwn = (url: string | undefined): boolean => url === '/reports'

if (frame === 'hono') {
  const app = new Hono()
  app.get('/reports', requireUserHono(verifier), (c) => {
    const { userId, role } = c.get('user' as never) as { userId: number; role: string }
    return c.json(report(userId, role))
  })
  app.all('*', (c) => doorward.fetch(c.req.raw, c.env))
  serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
} else if (frame === 'express') {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.get('/reports', requireUserExpress(verifier), (request, response) => {
    const { userId, role } = (request as unknown as { user: { userId: number; role: string } }).user
    response.json(report(userId, role))
  })
  createServer((request, response) =>
    isOwn(request.url) ? app(request, response) : doorward.listener(request, response),
  ).listen(Number(port), '127.0.0.1')
} else {
  createServer(async (request, response) => {
    if (!isOwn(request.url)) return doorward.listener(request, response)
    try {
      const { userId, role } = await verifier.check(request.headers.authorization)
      const body = JSON.stringify(report(userId, role))
      const length = String(Buffer.byteLength(body))
      response.writeHead(200, ['content-type', 'application/json', 'content-length', length]).end(body)
    } catch {
      response.writeHead(401).end()
    }
  }).listen(Number(port), '127.0.0.1')
}
