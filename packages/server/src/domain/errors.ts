/**
 * Everything that can go wrong, once: one closed union of codes and one table that gives each code its
 * status, its sentence and its shape in an answer. Nothing here knows about HTTP rendering; `http/errors.ts` does.
 */

/** Where the sentence of an error stands in a DRF body. */
export type ErrorForm =
  /** `{"detail": "…"}` */
  | 'detail'
  /** `{"detail": "…", "code": "…"}` */
  | 'coded'
  /** `{"detail": "…", "code": "token_not_valid", "messages": [{…}]}`: a credential in the header was refused. */
  | 'credential'
  /** `{"<field>": ["…"]}`, or `non_field_errors` when the issue names no field. */
  | 'field'
  /** `["…"]` */
  | 'list'
  /** No body at all. */
  | 'empty'

/** One row of the table of errors. */
export interface ErrorSpec {
  readonly status: number
  readonly form: ErrorForm
  /** The sentence for people; `{name}` stands for a parameter of the issue. */
  readonly message: string
  /** The `code` that SimpleJWT's clients look for, where it differs from our own finer one. */
  readonly wireCode?: string
}

const TOKEN_NOT_VALID = 'token_not_valid'
const INVALID_OR_EXPIRED = 'Token is invalid or expired'

const field = (message: string): ErrorSpec => ({ status: 400, form: 'field', message })
const token = (message: string): ErrorSpec => ({
  status: 401,
  form: 'coded',
  message,
  wireCode: TOKEN_NOT_VALID,
})
const coded = (status: number, message: string): ErrorSpec => ({ status, form: 'coded', message })
const detail = (status: number, message: string): ErrorSpec => ({ status, form: 'detail', message })

/** The table of errors: code → status, form and sentence. Codes are API: they are never renamed. */
export const ERRORS = {
  // the request as a whole
  parse_error: detail(400, 'JSON parse error - {reason}'),
  malformed_form: detail(400, 'Multipart form parse error - {reason}'),
  not_authenticated: detail(401, 'Authentication credentials were not provided.'),
  permission_denied: detail(403, 'You do not have permission to perform this action.'),
  cross_site_refused: detail(403, 'This request came from another site. {reason}'),
  too_many_sessions: detail(
    403,
    'You are signed in on {max} devices already. Sign out on one of them first.',
  ),
  registration_closed: detail(403, 'Registration is closed.'),
  reauthentication_required: coded(403, 'Sign in again, or give the current password, to do this.'),
  not_found: detail(404, 'Not found.'),
  method_not_allowed: detail(405, 'Method "{method}" not allowed.'),
  not_acceptable: detail(406, 'Could not satisfy the request Accept header.'),
  body_too_large: detail(413, 'The body is larger than {max} bytes.'),
  unsupported_media_type: detail(415, 'Unsupported media type "{type}" in request.'),
  throttled: detail(429, 'Request was throttled. Expected available in {seconds} seconds.'),
  internal_error: detail(500, 'A server error occurred.'),
  overloaded: detail(503, 'The server is busy. Try again in {seconds} seconds.'),
  unavailable: detail(503, 'The service is not available right now. Try again in {seconds} seconds.'),

  // fields
  required: field('This field is required.'),
  null: field('This field may not be null.'),
  blank: field('This field may not be blank.'),
  invalid_string: field('Not a valid string.'),
  invalid_email: field('Enter a valid email address.'),
  invalid_integer: field('A valid integer is required.'),
  invalid_number: field('A valid number is required.'),
  invalid_boolean: field('Must be a valid boolean.'),
  invalid_date: field('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'),
  invalid_datetime: field(
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DD, YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  ),
  invalid_cursor: field('This is no page of this list. Follow the Link header from the first one.'),
  invalid_choice: field('"{value}" is not a valid choice.'),
  max_length: field('Ensure this field has no more than {max} characters.'),
  max_value: field('Ensure this value is less than or equal to {max}.'),
  min_value: field('Ensure this value is greater than or equal to {min}.'),
  max_string_length: field('String value too large.'),
  null_characters: field('Null characters are not allowed.'),
  surrogate_characters: field('Surrogate characters are not allowed: U+{codePoint}.'),
  not_an_object: field('Invalid data. Expected a dictionary, but got {type}.'),
  no_data: field('No data provided'),
  email_taken: field('user account with this email already exists.'),
  role_reserved: field('This role can only be given by staff.'),
  password_mismatch: field("The two password fields didn't match."),
  email_mismatch: field("The two email fields didn't match."),
  password_too_similar: field('The password is too similar to the {attribute}.'),
  password_too_short: field('This password is too short. It must contain at least {min} characters.'),
  password_too_long: field('This password is too long. It must contain at most {max} characters.'),
  password_too_common: field('This password is too common.'),
  password_breached: field('This password is known from a data breach. Choose another one.'),
  password_entirely_numeric: field('This password is entirely numeric.'),
  invalid_password: field('Invalid password.'),
  invalid_uid: field("Invalid user id or user doesn't exist."),
  invalid_link_token: field('Invalid token for given user.'),
  invalid_credentials: field('Unable to log in with provided credentials.'),

  // accounts
  stale_token: detail(403, 'Stale token for given user.'),
  cannot_create_user: { status: 400, form: 'list', message: 'Unable to create account.' },
  email_not_found: { status: 400, form: 'list', message: 'User with given email does not exist.' },
  no_activation_to_resend: { status: 400, form: 'empty', message: 'There is no activation to resend.' },
  own_account: detail(403, 'You cannot do this to your own account.'),
  last_administrator: detail(409, 'This is the last active account with staff rights.'),
  account_not_activated: detail(
    409,
    'This account has not been activated, so nobody has proven to own its address.',
  ),
  no_open_invitation: detail(409, 'This account has no open invitation.'),
  no_activation_pending: detail(409, 'This account does not wait for its activation.'),
  no_password_to_reset: detail(409, 'This account is not active, or has no password to reset.'),
  mail_not_given_up: detail(409, 'This mail is not among those that were given up, or its text is gone.'),
  keys_not_stored: detail(409, 'Tokens are signed with a key from the configuration, not with a stored one.'),
  key_in_use: detail(409, 'This key signs tokens now. Rotate the keys first.'),
  no_active_account: detail(401, 'No active account found with the given credentials'),

  // credentials
  bad_authorization_header: coded(401, 'Authorization header must contain two space-delimited values'),
  access_token_not_valid: {
    status: 401,
    form: 'credential',
    message: 'Given token not valid for any token type',
    wireCode: TOKEN_NOT_VALID,
  },
  token_user_missing: token('Token contained no recognizable user identification'),
  token_user_not_found: { ...coded(401, 'User not found'), wireCode: 'user_not_found' },
  token_user_inactive: { ...coded(401, 'User is inactive'), wireCode: 'user_inactive' },
  refresh_user_inactive: detail(401, 'No active account found for the given token.'),
  database_token_invalid: detail(401, 'Invalid token.'),
  database_token_missing: detail(401, 'Invalid token header. No credentials provided.'),
  database_token_spaces: detail(401, 'Invalid token header. Token string should not contain spaces.'),
  database_token_characters: detail(
    401,
    'Invalid token header. Token string should not contain invalid characters.',
  ),
  database_token_user_inactive: detail(401, 'User inactive or deleted.'),

  // tokens
  token_invalid: token(INVALID_OR_EXPIRED),
  token_expired: token(INVALID_OR_EXPIRED),
  token_claim_expired: token("Token '{claim}' claim has expired"),
  token_wrong_type: token('Token has wrong type'),
  token_no_type: token('Token has no type'),
  token_no_id: token('Token has no id'),
  token_no_claim: token("Token has no '{claim}' claim"),
  token_blacklisted: token('Token is blacklisted'),
  verified_token_blacklisted: field('Token is blacklisted'),
  refresh_token_expired: coded(401, 'The refresh token has expired. Sign in again.'),
  refresh_token_revoked: coded(401, 'The refresh token has been revoked. Sign in again.'),
  refresh_token_reused: coded(
    401,
    'This refresh token was used before, so its session was ended. Sign in again.',
  ),
  session_ended: coded(401, 'The session has ended. Sign in again.'),
  token_revoked: token('Token has been revoked'),
} as const satisfies Record<string, ErrorSpec>

/** The closed union of everything that can go wrong. */
export type ErrorCode = keyof typeof ERRORS

/** Values that a sentence mentions, by name. Never a secret. */
export type ErrorParams = Readonly<Record<string, string | number>>

/** One thing that is wrong, and where: `path` is a field's name on the wire, or null for the whole request. */
export interface Issue {
  readonly code: ErrorCode
  readonly path: string | null
  readonly params?: ErrorParams
}

/** Makes an issue of a field. */
export const issue = (path: string | null, code: ErrorCode, params?: ErrorParams): Issue => ({
  path,
  code,
  ...(params && { params }),
})

/**
 * What a flow throws when it refuses. It carries at least one issue; the first decides the status.
 * Its `message` is made of codes alone, so that logging it can never leak what somebody typed.
 */
export class DoorwardError extends Error {
  readonly issues: readonly [Issue, ...Issue[]]
  /** Why a credential was refused, for the form `credential`. */
  readonly reason: Issue | undefined

  constructor(issues: readonly [Issue, ...Issue[]], reason?: Issue, options?: ErrorOptions) {
    super(issues.map((i) => (i.path ? `${i.path}: ${i.code}` : i.code)).join(', '), options)
    this.name = 'DoorwardError'
    this.issues = issues
    this.reason = reason
  }

  /** The code of the first issue, for `switch`. */
  get code(): ErrorCode {
    return this.issues[0].code
  }
}

/** An error about the request as a whole. */
export const fail = (code: ErrorCode, params?: ErrorParams): DoorwardError =>
  new DoorwardError([issue(null, code, params)])

/** An error about one field. */
export const failField = (path: string, code: ErrorCode, params?: ErrorParams): DoorwardError =>
  new DoorwardError([issue(path, code, params)])

/** Throws all the issues at once, if there are any. */
export function refuse(issues: readonly Issue[]): void {
  const [first, ...rest] = issues
  if (first) throw new DoorwardError([first, ...rest])
}

/** The sentence of an issue, with its parameters filled in. `messages` overrides sentences by code. */
export function sentence(problem: Issue, messages: Partial<Record<ErrorCode, string>> = {}): string {
  const template: string = messages[problem.code] ?? ERRORS[problem.code].message
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(problem.params?.[name] ?? ''))
}

/** Waits for several checks and throws the issues of all that refused at once; anything else is thrown as it is. */
export async function allOrIssues<T extends readonly unknown[]>(
  ...checks: { [K in keyof T]: Promise<T[K]> }
): Promise<T> {
  const outcomes = await Promise.allSettled(checks)
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  const unforeseen = reasons.find((reason) => !(reason instanceof DoorwardError))
  if (unforeseen !== undefined) throw unforeseen
  refuse(reasons.flatMap((reason: DoorwardError) => reason.issues))
  return Promise.all(checks) as unknown as Promise<T>
}
