/** The sections of settings about tokens, sessions and keys: SimpleJWT's, and what Doorward adds. */
import type { User } from '../domain/user.ts'
import { functionOrNull } from './checks.ts'
import { choice, duration, flag, list, number, optionalText, optOutWhen, text, value } from './descriptors.ts'

const SIGNATURES = [
  'EdDSA',
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'HS256',
  'HS384',
  'HS512',
] as const

/** Signature algorithms that keys may have (RFC 7518 §3.1, RFC 8037). */
export type SignatureAlgorithm = (typeof SIGNATURES)[number]

/** What may go into an access token beside the standard claims. */
export type CustomClaims = (user: User) => Readonly<Record<string, unknown>>

/** Sections `secrets`, `tokens`, `sessions`, `databaseTokens`. */
export const tokenSettings = {
  secrets: {
    list: list({
      default: [],
      env: 'DOORWARD_SECRET',
      counterpart: 'SECRET_KEY',
      doc: 'The secret that links, refresh tokens and stored keys hang on: at least 32 characters. Several, separated by commas: the first makes, all check, so a secret can be replaced without signing anybody out. Unset in development: made at first start and kept beside the database.',
    }),
  },
  tokens: {
    accessLifetime: duration({
      default: 300,
      djoser: 3600,
      min: 1,
      env: 'ACCESS_TOKEN_LIFETIME',
      counterpart: 'ACCESS_TOKEN_LIFETIME',
      doc: 'How long an access token is good. Short, because it bounds how long a lost one is worth anything.',
      optOut: { when: (time) => time > 3600, risk: 'a lost access token is worth something for long' },
    }),
    refreshLifetime: duration({
      default: 1_209_600,
      djoser: 86_400,
      min: 1,
      env: 'REFRESH_TOKEN_LIFETIME',
      counterpart: 'REFRESH_TOKEN_LIFETIME',
      doc: 'How long a refresh token is good; with rotation, how long a session may be idle.',
    }),
    algorithm: choice(SIGNATURES, {
      default: 'EdDSA',
      djoser: 'HS256',
      env: 'TOKEN_ALGORITHM',
      counterpart: 'ALGORITHM',
      doc: 'Signature of access tokens. Asymmetric, so that other services check without being able to sign.',
    }),
    signingKey: optionalText({
      default: null,
      env: 'TOKEN_SIGNING_KEY',
      counterpart: 'SIGNING_KEY, VERIFYING_KEY',
      doc: 'Private key in PEM form, or the text of an HMAC key. Unset: made at first start; for HS…: the secret.',
    }),
    issuer: optionalText({
      default: null,
      env: 'TOKEN_ISSUER',
      counterpart: 'ISSUER',
      doc: 'The `iss` claim, put into tokens and required in them (RFC 7519 §4.1.1).',
    }),
    audience: optionalText({
      default: null,
      env: 'TOKEN_AUDIENCE',
      counterpart: 'AUDIENCE',
      doc: 'The `aud` claim, put into tokens and required in them (RFC 7519 §4.1.3).',
    }),
    leeway: duration({
      default: 0,
      min: 0,
      max: 300,
      counterpart: 'LEEWAY',
      doc: 'How far clocks may differ when times in a token are checked.',
    }),
    rotate: flag({
      default: true,
      djoser: false,
      counterpart: 'ROTATE_REFRESH_TOKENS',
      doc: 'Whether each refresh gives a new refresh token. With stored sessions the old one is then spent.',
      optOut: optOutWhen(false, 'a stolen refresh token works until its end, and nobody notices'),
    }),
    blacklistAfterRotation: flag({
      default: true,
      djoser: false,
      counterpart: 'BLACKLIST_AFTER_ROTATION',
      doc: 'With stateless sessions: whether the rotated refresh token is refused from then on.',
      optOut: optOutWhen(false, 'a rotated refresh token can be used again'),
    }),
    updateLastLogin: flag({
      default: true,
      djoser: false,
      counterpart: 'UPDATE_LAST_LOGIN, ON_LOGIN_SUCCESS',
      doc: 'Whether `jwt/create` notes the time of the sign-in. It ends links that were mailed before.',
      optOut: optOutWhen(false, 'a sign-in does not end the links that were mailed before'),
    }),
    userIdClaim: text({
      default: 'user_id',
      counterpart: 'USER_ID_CLAIM',
      doc: 'Name of the claim that says whose token it is.',
    }),
    userIdField: choice(['id', 'email'], {
      default: 'id',
      counterpart: 'USER_ID_FIELD (SimpleJWT)',
      doc: 'What of the account that claim holds.',
    }),
    tokenTypeClaim: text({
      default: 'token_type',
      counterpart: 'TOKEN_TYPE_CLAIM',
      doc: 'Name of the claim that says what a token is for. It cannot be switched off: purpose is always checked.',
    }),
    jtiClaim: text({ default: 'jti', counterpart: 'JTI_CLAIM', doc: 'Name of the claim with the token id.' }),
    customClaims: value<CustomClaims | null>({
      default: null,
      counterpart: 'TOKEN_OBTAIN_SERIALIZER',
      doc: 'A function from the account to further claims of its access tokens.',
      check: functionOrNull,
    }),
    roleClaim: flag({
      default: true,
      djoser: false,
      doc: 'Whether access tokens carry `role`, so that other services can decide by it without asking.',
    }),
    blacklistEndpoint: flag({
      default: true,
      djoser: false,
      counterpart: 'TokenBlacklistView (not mounted by Djoser)',
      doc: 'Whether `jwt/blacklist/` exists.',
    }),
    sliding: flag({
      default: false,
      counterpart: 'AUTH_TOKEN_CLASSES, SLIDING_TOKEN_OBTAIN_SERIALIZER, SLIDING_TOKEN_REFRESH_SERIALIZER',
      doc: 'Whether `jwt/create` gives one sliding token instead of a pair, and sliding tokens are accepted.',
      optOut: optOutWhen(true, 'the token that every request carries can also be renewed'),
    }),
    slidingLifetime: duration({
      default: 300,
      min: 1,
      counterpart: 'SLIDING_TOKEN_LIFETIME',
      doc: 'How long a sliding token is good for requests.',
    }),
    slidingRefreshLifetime: duration({
      default: 86_400,
      min: 1,
      counterpart: 'SLIDING_TOKEN_REFRESH_LIFETIME',
      doc: 'How long a sliding token can be refreshed.',
    }),
    slidingRefreshExpClaim: text({
      default: 'refresh_exp',
      counterpart: 'SLIDING_TOKEN_REFRESH_EXP_CLAIM',
      doc: 'Name of the claim that holds that end.',
    }),
  },
  sessions: {
    mode: choice(['stored', 'stateless'], {
      default: 'stored',
      djoser: 'stateless',
      env: 'SESSION_MODE',
      doc: '`stored`: each sign-in is a session that can be seen, ended and rotated safely. `stateless`: refresh tokens stand for themselves, as in SimpleJWT.',
      optOut: { when: (mode) => mode === 'stateless', risk: 'a session can be neither seen nor ended' },
    }),
    absoluteLifetime: duration({
      default: 7_776_000,
      min: 60,
      doc: 'How long a session may last however busy it is.',
    }),
    rotationGrace: duration({
      default: 30,
      min: 0,
      max: 300,
      env: 'ROTATION_GRACE',
      doc: 'How long the refresh token just replaced still gives the same successor: two tabs, a lost answer.',
    }),
    maxPerUser: number({
      default: 100,
      min: 1,
      max: 10_000,
      doc: 'Most sessions of one person at a time.',
    }),
    beyondMax: choice(['end_oldest', 'refuse'], {
      default: 'end_oldest',
      doc: 'What a sign-in beyond that does.',
    }),
    endOnPasswordChange: flag({
      default: true,
      djoser: false,
      counterpart: 'CHECK_REVOKE_TOKEN',
      doc: 'Whether a password change or reset ends the sessions (a change keeps the one that made it).',
      optOut: optOutWhen(false, 'whoever was signed in stays so after a password change'),
    }),
    cookieDelivery: flag({
      default: true,
      djoser: false,
      doc: 'Whether a sign-in may ask for the refresh token in a cookie (`token_delivery: "cookie"`).',
    }),
    cookieSameSite: choice(['Strict', 'Lax', 'None'], {
      default: 'Strict',
      doc: 'SameSite of that cookie. `None` only for a front end on another site, over https.',
    }),
    recentSignIn: duration({
      default: 600,
      min: 0,
      doc: 'How long after a sign-in sensitive operations need no current password.',
    }),
  },
  databaseTokens: {
    enabled: flag({
      default: true,
      counterpart: 'TOKEN_MODEL',
      doc: 'Whether `token/login` and `token/logout` exist and `Authorization: Token …` is heeded.',
    }),
    endOnPasswordChange: flag({
      default: true,
      djoser: false,
      counterpart: 'LOGOUT_ON_PASSWORD_CHANGE',
      doc: 'Whether a password change deletes the database token.',
      optOut: optOutWhen(false, 'whoever has the database token stays signed in after a password change'),
    }),
  },
} as const
