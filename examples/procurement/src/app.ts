/**
 * Step 4 of the story: another endpoint, called with the access token. This service has no accounts, no passwords
 * and no database of people: it checks tokens, and keeps sales by the id that a token names.
 */

import { requireUser } from '@doorward/server/hono'
import type { Verified, Verifier } from '@doorward/server/verifier'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { readSale } from './sale-input.ts'
import type { Sales } from './sales.ts'

/** What the app is made from. */
export interface ProcurementInput {
  readonly sales: Sales
  readonly verifier: Verifier
  /** Roles that may add sales; empty: everybody signed in. */
  readonly creators: readonly string[]
  /** Origins of front ends that may call. */
  readonly origins: readonly string[]
}

const DENIED = { detail: 'You do not have permission to perform this action.' }
const ALLOW = { allow: 'GET, POST, HEAD, OPTIONS', vary: 'Accept' }

/** The app with `/api/sales/` and `/api/sales/<id>/`. Buyers see their own sales; the role decides who may add one. */
export function createProcurement({ sales, verifier, creators, origins }: ProcurementInput) {
  const app = new Hono<{ Variables: { user: Verified } }>({ strict: false })
  app.use('/api/*', cors({ origin: [...origins], allowHeaders: ['authorization', 'content-type'] }))
  app.use('/api/*', requireUser(verifier))

  app.get('/api/sales', (c) => c.json(sales.ownedBy(String(c.get('user').userId)), 200, ALLOW))
  app.get('/api/sales/:id{[0-9]+}', (c) => {
    const sale = sales.find(String(c.get('user').userId), Number(c.req.param('id')))
    return sale ? c.json(sale) : c.json({ detail: 'Not found.' }, 404)
  })
  app.post('/api/sales', async (c) => {
    const { userId, role } = c.get('user')
    if (creators.length > 0 && !creators.includes(role ?? '')) return c.json(DENIED, 403, ALLOW)
    const body: unknown = await c.req.json().catch(() => undefined)
    if (body === undefined) return c.json({ detail: 'JSON parse error - Invalid JSON' }, 400, ALLOW)
    const read = readSale(body)
    return 'faults' in read
      ? c.json(read.faults, 400, ALLOW)
      : c.json(sales.add(String(userId), read.sale), 201, ALLOW)
  })
  app.all('/api/sales', (c) => c.json({ detail: `Method "${c.req.method}" not allowed.` }, 405, ALLOW))
  return app
}
