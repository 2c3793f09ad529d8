/** `@doorward/server/nest`: mount the whole API in a Nest app, and a guard that asks for a signed-in person. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { CanActivate, ExecutionContext } from '@nestjs/common'
import { HttpException } from '@nestjs/common'
import { DoorwardError } from '../domain/errors.ts'
import { credentialOf } from './credential.ts'
import { refusal } from './refusal.ts'
import type { Guarded } from './user-of.ts'
import type { UserPolicy, Verifier } from './verifier.ts'

export { mountDoorward } from './express.ts'
export { userOf } from './user-of.ts'

/** Of Express the request of Node itself, of Fastify one around it. */
type GuardedRequest =
  | IncomingMessage
  | { readonly headers: IncomingHttpHeaders; readonly raw: IncomingMessage }

/** What Express and Fastify have in common. */
interface HeaderSink {
  header(name: string, value: string): unknown
}

/**
 * A guard: `@UseGuards(requireUser(verifier, { role: 'manager' }))`, after which `userOf(request)` is the person.
 * Without a good token it throws an `HttpException` of 401, 403 or 503, with the body that the server itself has.
 */
export const requireUser = (verifier: Verifier, policy: UserPolicy = {}): CanActivate => ({
  canActivate: async (context: ExecutionContext): Promise<boolean> => {
    const request = context.switchToHttp().getRequest<GuardedRequest>()
    const { headers } = request
    const { rawHeaders } = 'raw' in request ? request.raw : request
    try {
      const user = await verifier.check(credentialOf({ headers, rawHeaders }, verifier), policy)
      Object.assign(request, { user } satisfies Guarded)
      return true
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error
      throw await exceptionOf(
        refusal(error, verifier.scheme),
        context.switchToHttp().getResponse<HeaderSink>(),
      )
    }
  },
})

async function exceptionOf(answered: Response, response: HeaderSink): Promise<HttpException> {
  for (const name of ['www-authenticate', 'retry-after']) {
    const value = answered.headers.get(name)
    if (value !== null) response.header(name, value)
  }
  return new HttpException((await answered.json()) as Record<string, unknown>, answered.status)
}
