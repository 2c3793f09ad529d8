/** Orders that only buyers see. */
import { requireUser } from '@doorward/server/next'
import { verifier } from '../../lib/accounts.ts'

/** `GET /orders`. */
export const GET = requireUser(verifier, { role: 'buyer' }, (_request, { userId, role }) =>
  Response.json({ buyer: userId, role, orders: [] }),
)

/** `DELETE /orders`: asks for a sign-in of the last ten minutes, and whether it goes on at this moment. */
export const DELETE = requireUser(
  verifier,
  { role: 'buyer', maxAge: 600, fresh: true },
  () => new Response(null, { status: 204 }),
)
