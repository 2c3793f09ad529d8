/** What every call of the client throws when it is refused or not answered: one class with a stable code. */
import type { ErrorCode } from './generated/wire.ts'

/**
 * The server's codes, and the client's own three: no answer came, or one that is not the API's, or one with sentences but
 * no codes, as Djoser itself gives.
 */
export type ClientErrorCode = ErrorCode | 'network_error' | 'unexpected_answer' | 'uncoded'

/** One thing that is wrong: `path` is the field's name on the wire, or null for the request as a whole. */
export interface Issue {
  readonly path: string | null
  readonly code: ClientErrorCode
  /** A sentence for people, in the language that was asked for. */
  readonly message: string
}

/** What the error was made of. */
export interface DoorwardClientErrorInput {
  readonly code: ClientErrorCode
  readonly message: string
  /** The HTTP status; 0 when no answer came. */
  readonly status?: number
  readonly issues?: readonly Issue[]
  readonly retryAfter?: number | null
  readonly requestId?: string | null
  readonly cause?: unknown
}

/** A refusal of the server, or the lack of an answer. `switch (error.code)` is exhaustive. */
export class DoorwardClientError extends Error {
  /** Never renamed: the catalogue is the server's table of errors. */
  readonly code: ClientErrorCode
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  /** Every fault of the fields, in the server's order; empty when the request as a whole was refused. */
  readonly issues: readonly Issue[]
  /** Seconds to wait before asking again, or null. */
  readonly retryAfter: number | null
  /** What to tell the people who run the server, or null. */
  readonly requestId: string | null

  constructor({ code, message, status = 0, issues = [], ...rest }: DoorwardClientErrorInput) {
    super(message, { cause: rest.cause })
    this.name = 'DoorwardClientError'
    this.code = code
    this.status = status
    this.issues = issues
    this.retryAfter = rest.retryAfter ?? null
    this.requestId = rest.requestId ?? null
  }

  /** The sentences about one field, or with null about the request as a whole. */
  messages(path: string | null): readonly string[] {
    return this.issues.filter((issue) => issue.path === path).map(({ message }) => message)
  }
}

/** Whether something thrown is ours. By name, because a page may hold two copies of this module. */
export const isDoorwardClientError = (error: unknown): error is DoorwardClientError =>
  error instanceof Error && error.name === 'DoorwardClientError'

/**
 * Whether something thrown says that the server wants the current password: ask for it, and call again with
 * `current_password`.
 */
export const asksForPassword = (error: unknown): error is DoorwardClientError =>
  isDoorwardClientError(error) && error.issues.some(({ path }) => path === 'current_password')

/** The error for a request that got no answer. */
export const networkError = (cause: unknown): DoorwardClientError =>
  new DoorwardClientError({ code: 'network_error', message: 'The server could not be reached.', cause })

/** The error for an answer that is not the API's: a proxy's page, the sign-in of a hotel. */
export const unexpectedAnswer = (status: number, cause?: unknown): DoorwardClientError =>
  new DoorwardClientError({
    code: 'unexpected_answer',
    message: `The server answered with ${status}.`,
    status,
    cause,
  })

/** What SimpleJWT's clients know of these codes. */
const WIRE_CODES: Readonly<Record<string, ErrorCode>> = {
  token_not_valid: 'token_invalid',
  user_not_found: 'token_user_not_found',
  user_inactive: 'token_user_inactive',
}

/** The error that a refused answer stands for, whether problem details or a body as DRF writes it. */
export async function errorOf(response: Response): Promise<DoorwardClientError> {
  const body: unknown = await response.json().catch(() => null)
  const { status, headers } = response
  return new DoorwardClientError({
    ...(isProblem(body) ? ofProblem(body) : ofDrfBody(body, status)),
    status,
    retryAfter: secondsUntil(headers.get('retry-after') ?? '', headers.get('date')),
    requestId: headers.get('x-request-id'),
  })
}

/** Seconds of a Retry-After, which may be a date by the clock of the server (RFC 9110 sections 10.2.3 and 6.6.1). */
function secondsUntil(retryAfter: string, date: string | null): number | null {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter)
  const left = Date.parse(retryAfter) - Date.parse(date ?? '')
  return Number.isNaN(left) ? null : Math.max(0, Math.ceil(left / 1000))
}

type Parsed = Pick<DoorwardClientErrorInput, 'code' | 'message' | 'issues'>

interface ProblemBody {
  readonly code: ClientErrorCode
  readonly detail: string
  readonly errors?: readonly Issue[]
}

const isProblem = (body: unknown): body is ProblemBody =>
  isObject(body) && typeof body.code === 'string' && typeof body.type === 'string'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const ofProblem = ({ code, detail, errors = [] }: ProblemBody): Parsed => ({
  code,
  message: detail,
  issues: errors,
})

/** Another server that speaks Djoser's protocol gives sentences, and codes only of tokens. */
function ofDrfBody(body: unknown, status: number): Parsed {
  if (Array.isArray(body)) return { code: 'uncoded', message: String(body[0]) }
  if (!isObject(body)) return { code: 'unexpected_answer', message: unexpectedAnswer(status).message }
  if (typeof body.detail === 'string') {
    const code = String(body.code ?? '')
    return { code: (WIRE_CODES[code] ?? (code || 'uncoded')) as ClientErrorCode, message: body.detail }
  }
  const issues = Object.entries(body).flatMap(([name, messages]) =>
    [messages].flat().map((message) => ({
      path: name === 'non_field_errors' ? null : name,
      code: 'uncoded' as const,
      message: String(message),
    })),
  )
  const [first] = issues
  if (!first) return ofDrfBody(null, status)
  return { code: 'uncoded', message: first.message, issues }
}
