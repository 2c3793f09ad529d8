/** `@doorward/server/fastify`: ask for a signed-in person in a Fastify app. */
import { DoorwardError } from '../domain/errors.ts'
import { refusal } from './refusal.ts'
import type { UserPolicy, Verified, Verifier } from './verifier.ts'

/** The parts of Fastify's request and reply that are used. */
interface FastifyRequest {
  readonly headers: { readonly authorization?: string | undefined }
  user?: Verified
}

interface FastifyReply {
  code(status: number): FastifyReply
  header(name: string, value: string): FastifyReply
  send(body: string): unknown
}

/** A `preHandler` that puts the person into `request.user`; otherwise it answers 401, 403 or 503. */
export const requireUser =
  (verifier: Verifier, policy: UserPolicy = {}) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    try {
      request.user = await verifier.check(request.headers.authorization, policy)
      return undefined
    } catch (error) {
      if (!(error instanceof DoorwardError)) throw error
      const answer = refusal(error, verifier.scheme)
      reply.code(answer.status)
      for (const [name, value] of answer.headers) reply.header(name, value)
      return reply.send(await answer.text())
    }
  }
