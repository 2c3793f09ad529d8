/** A Hono app with the whole API of accounts mounted, and orders that only buyers see. */
import type { Mountable } from '@doorward/server'
import { mountDoorward, requireUser } from '@doorward/server/hono'
import { createVerifier } from '@doorward/server/verifier'
import { Hono } from 'hono'

/** Makes the app. */
export function createShop(doorward: Mountable): Hono {
  const verifier = createVerifier({ doorward })
  const app = new Hono()
  app.use(mountDoorward(doorward))

  app.get('/orders', requireUser(verifier, { role: 'buyer' }), (c) => {
    const { userId, role } = c.get('user')
    return c.json({ buyer: userId, role, orders: [] })
  })
  // what cannot be undone asks for a sign-in of the last ten minutes, and whether it goes on at this moment
  const sure = requireUser(verifier, { role: 'buyer', maxAge: 600, fresh: true })
  app.delete('/orders', sure, (c) => c.body(null, 204))
  return app
}
