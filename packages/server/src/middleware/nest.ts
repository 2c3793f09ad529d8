/** `@doorward/server/nest`: a guard that asks for a signed-in person. */
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** The part of Nest's execution context that is used. */
interface ExecutionContext {
  switchToHttp(): {
    getRequest<T>(): T
  }
}

interface GuardedRequest {
  readonly headers: { readonly authorization?: string | undefined }
  user?: Verified
}

/** What makes an exception that Nest answers with: give `(body, status) => new HttpException(body, status)`. */
export type ToException = (body: Record<string, unknown>, status: number) => Error

/**
 * A guard for `@UseGuards(requireUser(verifier, toException, { role: 'manager' }))`. The person is in `request.user`.
 * `toException` comes from the application, so that this package needs no Nest.
 */
export const requireUser = (verifier: Verifier, toException: ToException, policy: UserPolicy = {}) => ({
  canActivate: async (context: ExecutionContext): Promise<boolean> => {
    const request = context.switchToHttp().getRequest<GuardedRequest>()
    try {
      request.user = await verifier.check(request.headers.authorization, policy)
      return true
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error
      const answer = refusal(error, verifier.scheme)
      throw toException((await answer.json()) as Record<string, unknown>, answer.status)
    }
  },
})
