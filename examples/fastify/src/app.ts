/** A Fastify app with the whole API of accounts mounted, and orders that only buyers see. */
import type { Mountable } from '@doorward/server'
import { mountDoorward, requireUser, userOf } from '@doorward/server/fastify'
import { createVerifier } from '@doorward/server/verifier'
import type { FastifyInstance } from 'fastify'
import { fastify } from 'fastify'

/** Makes the app. */
export function createShop(doorward: Mountable): FastifyInstance {
  const verifier = createVerifier({ doorward })
  const app = fastify()
  app.register(mountDoorward(doorward))

  app.get('/orders', { preHandler: requireUser(verifier, { role: 'buyer' }) }, async (request) => {
    const { userId, role } = userOf(request)
    return { buyer: userId, role, orders: [] }
  })
  // what cannot be undone asks for a sign-in of the last ten minutes, and whether it goes on at this moment
  const sure = requireUser(verifier, { role: 'buyer', maxAge: 600, fresh: true })
  app.delete('/orders', { preHandler: sure }, async (_request, reply) => reply.code(204).send())
  return app
}
