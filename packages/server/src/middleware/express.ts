/** `@doorward/server/express`: mount the whole API in an Express app, and ask for a signed-in person. */
import type { RequestHandler } from 'express'
import type { Mountable } from '../create-doorward.ts'
import { DoorwardError } from '../domain/errors.ts'
import { credentialOf } from './credential.ts'
import { answer, isOurs, send } from './mounting.ts'
import { refusal } from './refusal.ts'
import type { Guarded } from './user-of.ts'
import type { UserPolicy, Verifier } from './verifier.ts'

export { userOf } from './user-of.ts'

/**
 * The whole API: `app.use(mountDoorward(doorward))`, before or after body parsers. It answers at the paths of
 * `api.authPath` whatever the app around it is mounted at; other requests go on to the next handler.
 */
export const mountDoorward =
  (doorward: Mountable): RequestHandler =>
  (request, response, next) => {
    if (!isOurs(doorward.settings, request.originalUrl)) next()
    else answer(doorward, request, response).catch(next)
  }

/** Lets a request pass with a good token, after which `userOf(request)` is the person; else 401, 403 or 503. */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}): RequestHandler =>
  (request, response, next) => {
    verifier.check(credentialOf(request, verifier), policy).then(
      (user) => {
        Object.assign(request, { user } satisfies Guarded)
        next()
      },
      (error: unknown) => {
        if (error instanceof DoorwardError) send(refusal(error, verifier.scheme), response).catch(next)
        else next(error)
      },
    )
  }
