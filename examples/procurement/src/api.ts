/**
 * Starts the sales API beside a Doorward. With `DOORWARD_SECRET` it checks tokens with that shared secret (the
 * djoser preset); otherwise it fetches the public keys and follows the list of sessions that have ended.
 */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { VerifierOptions } from '@doorward/server/verifier'
import { createVerifier } from '@doorward/server/verifier'
import { serve } from '@hono/node-server'
import { createProcurement } from './app.ts'
import { openSales } from './sales.ts'

const list = (text = ''): readonly string[] => text.split(',').filter(Boolean)
const { DOORWARD_URL = 'http://127.0.0.1:8000', DOORWARD_SECRET, PORT = '8001', SALES_FILE } = process.env

const source: VerifierOptions = DOORWARD_SECRET
  ? { secret: DOORWARD_SECRET }
  : {
      jwksUrl: `${DOORWARD_URL}/.well-known/jwks.json`,
      revocations: { url: `${DOORWARD_URL}/auth/revocations/` },
    }
const path = SALES_FILE ?? './data/sales.db'
if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })

const app = createProcurement({
  sales: openSales(path),
  verifier: createVerifier(source),
  creators: list(process.env.SALES_CREATORS),
  origins: list(process.env.CORS_ORIGINS ?? 'http://localhost:3000'),
})
serve({ fetch: app.fetch, port: Number(PORT), hostname: '127.0.0.1' }, ({ port }) => {
  process.stdout.write(`Sales are at http://127.0.0.1:${port}/api/sales/, tokens come from ${DOORWARD_URL}\n`)
})
