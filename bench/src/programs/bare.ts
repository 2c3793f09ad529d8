/**
 * The limit: a server that says the same bytes to everybody and knows nobody. Arguments: the port, the frame
 * (`node`, `hono`, `express`), and the answer as JSON: status, headers in turn, body.
 */
import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'

const [port = '', frame = 'node', text = ''] = process.argv.slice(2)
const { status, headers, body } = JSON.parse(text) as {
  status: number
  headers: [string, string][]
  body: string
}

if (frame === 'hono') {
  const fields = Object.fromEntries(headers)
  const app = new Hono()
  app.all('*', () => new Response(body, { status, headers: fields }))
  serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
} else if (frame === 'express') {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use((_request, response) => {
    response.status(status).set(Object.fromEntries(headers)).send(body)
  })
  app.listen(Number(port), '127.0.0.1')
} else {
  const list = [...headers.flat(), 'content-length', String(Buffer.byteLength(body))]
  createServer((_, response) => {
    response.writeHead(status, list).end(body)
  }).listen(Number(port), '127.0.0.1')
}
