/** What the codes about tokens and sessions mean for whoever writes a client: why it happened, and what to do. */
import type { ErrorCode } from './errors.ts'

/** Why, and what to do. Codes that say everything in their sentence are not in it. */
export const ERROR_ADVICE: Partial<Record<ErrorCode, string>> = {
  refresh_token_expired:
    'Nobody refreshed for as long as a refresh token lives, or the session reached its longest life. Send the person to ' +
    'the sign-in; nothing is wrong.',
  refresh_token_revoked:
    'The token belongs to no session, or is not its current one where tokens do not rotate. Forget it and send the ' +
    'person to the sign-in.',
  refresh_token_reused:
    'A refresh token came back after its successor was used, or after the window of its rotation: two parties hold the ' +
    'same family, so the session was ended and its owner was told by mail. Forget all its tokens and send the person to ' +
    'the sign-in. If it happens to honest people, a client keeps an old token: store the successor before using it, and ' +
    'let only one tab refresh at a time. `ROTATION_GRACE` widens the window.',
  session_ended:
    'Somebody signed out, here or from another device; the password, the address or the role changed; staff ended it; or ' +
    'a spent refresh token came back before. Forget its tokens and send the person to the sign-in.',
  token_revoked:
    'The signature is good and the time is not over, but the session was ended. A refresh answers `session_ended`; send ' +
    'the person to the sign-in.',
  token_expired: 'The time is over. Refresh once and repeat the call with the new access token.',
  token_invalid:
    'It is no token of this server: cut off, changed, signed with a key that is gone, from another issuer or for another ' +
    'audience. Refresh once; if that is refused too, send the person to the sign-in.',
  token_wrong_type:
    'A token for another purpose, such as a refresh token in the Authorization header. Send access tokens with calls, and ' +
    'refresh tokens to `jwt/refresh/` alone.',
  token_blacklisted:
    'The refresh token was spent or signed out. Use its successor, or send the person to the sign-in.',
  token_claim_expired: 'The sliding token can no longer be renewed. Send the person to the sign-in.',
  access_token_not_valid:
    'The reason stands beside it: `token_expired`, `token_invalid`, `token_wrong_type`, `token_revoked`.',
  reauthentication_required:
    'The person signed in too long ago for this. Ask for the current password, send it to `jwt/reauthenticate/`, and repeat ' +
    'the call with the access token from there.',
  too_many_sessions:
    'Show the sessions of `GET sessions/` on a device that is signed in, and let the person end one; it asks for ' +
    '`current_password`, unless the sign-in is recent.',
  cross_site_refused:
    'A cookie came from a page that is not one of ours. If it is yours, put its origin into `CORS_ORIGINS`.',
  unavailable:
    'The check could not be made: the database, or the list of ended sessions, was not reached. Nothing is wrong with the ' +
    'token; repeat after the seconds in `Retry-After`.',
  overloaded:
    'More passwords wait to be checked than the machine can check in time. Repeat after `Retry-After`.',
}
