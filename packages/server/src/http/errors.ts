/** Renders errors, from the one table, in the two forms there are: DRF's bodies and RFC 9457 problem details. */
import type { ErrorCode, Issue } from '../domain/errors.ts'
import { DoorwardError, ERRORS, fail } from '../domain/errors.ts'
import type { Reply } from './exchange.ts'
import type { MessageLanguage } from './messages/language.ts'
import { say } from './messages/say.ts'
import type { AnswerForm } from './negotiation.ts'

/** What rendering needs to know of the settings and the request. */
export interface RenderOptions {
  readonly form: AnswerForm
  /** The project's own sentences, which win over those of a language. */
  readonly messages: Partial<Record<ErrorCode, string>>
  /** The language asked for, or null for the table's English. */
  readonly language: MessageLanguage | null
  /** The scheme that WWW-Authenticate names. */
  readonly scheme: string
  /** Where the catalogue of errors is. */
  readonly docsUrl: string
  readonly requestId: string
}

/** Any error as one of ours: what was not foreseen says nothing about itself. */
export const asDoorwardError = (error: unknown): DoorwardError =>
  error instanceof DoorwardError ? error : fail('internal_error')

/** The answer to a request that was refused. */
export function renderError(error: DoorwardError, options: RenderOptions): Reply {
  const { status, form } = ERRORS[error.code]
  const headers: string[] = []
  if (status === 401) headers.push('www-authenticate', `${options.scheme} realm="api"`)
  const seconds = error.issues[0].params?.seconds
  if (seconds !== undefined) headers.push('retry-after', String(seconds))
  if (options.language) headers.push('content-language', options.language.code)
  if (options.form === 'problem') {
    headers.push('content-type', 'application/problem+json')
    return { status, headers, body: JSON.stringify(problemBody(error, options)) }
  }
  if (form === 'empty') return { status, headers: [...headers, 'content-length', '0'], body: null }
  headers.push('content-type', 'application/json')
  return { status, headers, body: JSON.stringify(drfBody(error, options)) }
}

function drfBody(error: DoorwardError, options: RenderOptions): unknown {
  const [first] = error.issues
  const spec: (typeof ERRORS)[ErrorCode] & { wireCode?: string } = ERRORS[first.code]
  const detail = say(first, options)
  switch (spec.form) {
    case 'detail':
      return { detail }
    case 'coded':
      return { detail, code: spec.wireCode ?? first.code }
    case 'credential': {
      const message = error.reason ? say(error.reason, options) : detail
      const sliding = error.reason?.params?.sliding !== undefined
      const kind = sliding
        ? { token_class: 'SlidingToken', token_type: 'sliding' }
        : { token_class: 'AccessToken', token_type: 'access' }
      return { detail, code: spec.wireCode, messages: [{ ...kind, message }] }
    }
    case 'list':
      return error.issues.map((one) => say(one, options))
    default:
      return byField(error.issues, options)
  }
}

function byField(issues: readonly Issue[], options: RenderOptions): Record<string, readonly string[]> {
  const fields: Record<string, string[]> = {}
  for (const one of issues) {
    const name = one.path ?? 'non_field_errors'
    fields[name] = [...(fields[name] ?? []), say(one, options)]
  }
  return fields
}

function problemBody(error: DoorwardError, options: RenderOptions): Record<string, unknown> {
  const first = error.reason ?? error.issues[0]
  const { status } = ERRORS[error.code]
  const isField = ERRORS[error.code].form === 'field'
  const seconds = error.issues[0].params?.seconds
  return {
    type: `${options.docsUrl}#${first.code}`,
    title: isField
      ? (options.language?.fieldsNeedAttention ?? 'Some fields need attention.')
      : say(error.issues[0], options),
    status,
    code: first.code,
    detail: say(first, options),
    ...(isField && {
      errors: error.issues.map((one) => ({
        path: one.path,
        code: one.code,
        message: say(one, options),
      })),
    }),
    request_id: options.requestId,
    ...(seconds !== undefined && { retry_after: Number(seconds) }),
  }
}
