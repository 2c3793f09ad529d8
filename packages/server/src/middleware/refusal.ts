/** What a service answers when it refuses a token: the same body and headers as the server itself. */

import type { DoorwardError } from '../domain/errors.ts'
import { renderError } from '../http/errors.ts'
import { toResponse } from '../http/web-exchange.ts'

/** The answer as a web-standard response; `scheme` is what WWW-Authenticate names. */
export const refusal = (error: DoorwardError, scheme: string): Response =>
  toResponse(
    renderError(error, { form: 'json', messages: {}, language: null, scheme, docsUrl: '', requestId: '' }),
  )
