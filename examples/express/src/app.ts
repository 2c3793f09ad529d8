/** An Express app with the whole API of accounts mounted, and orders that only buyers see. */
import type { Mountable } from '@doorward/server'
import { mountDoorward, requireUser, userOf } from '@doorward/server/express'
import { createVerifier } from '@doorward/server/verifier'
import express from 'express'

/** Makes the app. */
export function createShop(doorward: Mountable): express.Express {
  const verifier = createVerifier({ doorward })
  const app = express()
  // before or after: the API takes what a parser has read, too
  app.use(express.json(), express.urlencoded())
  app.use(mountDoorward(doorward))

  app.get('/orders', requireUser(verifier, { role: 'buyer' }), (request, response) => {
    const { userId, role } = userOf(request)
    response.json({ buyer: userId, role, orders: [] })
  })
  // what cannot be undone asks for a sign-in of the last ten minutes, and whether it goes on at this moment
  const sure = requireUser(verifier, { role: 'buyer', maxAge: 600, fresh: true })
  app.delete('/orders', sure, (_request, response) => {
    response.status(204).end()
  })
  return app
}
