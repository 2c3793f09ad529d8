/** Something behind `proxy.ts`, which lets nobody pass without a token. */

/** `GET /account`. */
export const GET = (): Response => Response.json({ message: 'only for those who are signed in' })
