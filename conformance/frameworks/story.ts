/**
 * The story through an app of some framework that has the API mounted, told by a client that knows nothing of the
 * framework: register, activate, sign in, call, refresh, sign out; by JSON, by form, and with the cookie of a browser.
 */
import type { LinkParts } from '../../packages/server/src/tokens/link-tokens.ts'

/** Where the app is, and what it protects. */
export interface Mounted {
  /** Where the app listens. */
  readonly url: string
  /** The API's path in it. */
  readonly authPath: string
  /** A route of the app for buyers. */
  readonly protectedPath: string
  /** The link that was mailed to an address. */
  linkTo(email: string): Promise<LinkParts>
}

/** What was answered: status and body, or the scheme that a 401 names. */
export type Chapter = readonly [what: string, status: number, detail?: unknown]

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
  readonly headers: Headers
}

const PASSWORD = 'Kiddie-Ride-4821'
const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const isForm = headers['content-type'] === FORM_TYPE
  const content = isForm ? new URLSearchParams(body as Record<string, string>) : JSON.stringify(body)
  const all = { 'content-type': JSON_TYPE, ...headers }
  return read(await fetch(url, { method: 'POST', headers: all, body: String(content) }))
}

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.startsWith(JSON_TYPE)
  return { status: answer.status, body: isJson ? JSON.parse(text) : {}, headers: answer.headers }
}

/** Tells the story, and returns what was answered at each step. */
export async function tellStory(mounted: Mounted): Promise<readonly Chapter[]> {
  const auth = `${mounted.url}${mounted.authPath}`
  const chapters: Chapter[] = []
  const note = (what: string, { status, headers }: Answer, detail?: unknown) => {
    const scheme = headers.get('www-authenticate')
    chapters.push(detail === undefined && scheme === null ? [what, status] : [what, status, detail ?? scheme])
  }
  const call = async (access: string) =>
    read(await fetch(`${mounted.url}${mounted.protectedPath}`, bearer(access)))

  const buyer = { email: 'tina@example.com', password: PASSWORD }
  const names = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer' }
  note('register', await post(`${auth}/users/`, { ...buyer, ...names, re_password: PASSWORD }))
  note('sign in too early', await post(`${auth}/jwt/create/`, buyer))
  note('activate', await post(`${auth}/users/activation/`, await mounted.linkTo(buyer.email)))
  const { body: first } = await post(`${auth}/jwt/create/`, buyer)
  const called = await call(first.access ?? '')
  note('call', called, called.body.role)
  note('call without a token', await read(await fetch(`${mounted.url}${mounted.protectedPath}`)))
  note('call with a refresh token', await call(first.refresh ?? ''))
  const { body: second, ...refreshed } = await post(`${auth}/jwt/refresh/`, { refresh: first.refresh })
  note('refresh', { body: second, ...refreshed })
  note('call again', await call(second.access ?? ''))
  note('read the account', await read(await fetch(`${auth}/users/me/`, bearer(second.access ?? ''))))
  note('sign out', await post(`${auth}/jwt/logout/`, { refresh: second.refresh }))
  note('call after that', await call(second.access ?? ''))
  note('refresh after that', await post(`${auth}/jwt/refresh/`, { refresh: second.refresh }))
  return [...chapters, ...(await browserChapters(auth, buyer)), ...(await strangerChapters(mounted))]
}

const bearer = (access: string) => ({ headers: { authorization: `Bearer ${access}` } })

/** A form, as browsers send it, and the refresh token in a cookie. */
async function browserChapters(auth: string, buyer: Record<string, string>): Promise<readonly Chapter[]> {
  const form = { ...buyer, token_delivery: 'cookie' }
  const signedIn = await post(`${auth}/jwt/create/`, form, { 'content-type': FORM_TYPE })
  const [cookie = ''] = signedIn.headers.getSetCookie()
  const held = { cookie: cookie.split(';', 1)[0] ?? '' }
  const refreshed = await post(`${auth}/jwt/refresh/`, {}, held)
  const foreign = await post(`${auth}/jwt/refresh/`, {}, { ...held, origin: 'https://evil.example' })
  return [
    ['sign in by form, with a cookie', signedIn.status, /path=([^;]+)/i.exec(cookie)?.[1]],
    ['refresh by cookie', refreshed.status, Object.keys(refreshed.body)],
    ['refresh by cookie from another site', foreign.status],
  ]
}

/** Somebody with another role, and paths that are not the API's. */
async function strangerChapters({
  url,
  authPath,
  protectedPath,
  linkTo,
}: Mounted): Promise<readonly Chapter[]> {
  const auth = `${url}${authPath}`
  const guest = { email: 'gus@example.com', password: PASSWORD }
  const names = { first_name: 'Gus', last_name: 'Santoso', role: 'guest' }
  await post(`${auth}/users/`, { ...guest, ...names, re_password: PASSWORD })
  await post(`${auth}/users/activation/`, await linkTo(guest.email))
  const { body } = await post(`${auth}/jwt/create/`, guest)
  const refused = await read(await fetch(`${url}${protectedPath}`, bearer(body.access ?? '')))
  const keys = await read(await fetch(`${url}/.well-known/jwks.json`))
  const broken = await fetch(`${auth}/jwt/create/`, {
    method: 'POST',
    headers: { 'content-type': JSON_TYPE },
    body: '{"email":',
  })
  const neighbour = await fetch(`${auth}x/jwt/create/`, { method: 'POST' })
  return [
    ['call in another role', refused.status, refused.body.detail],
    ['read the public keys', keys.status, Object.keys(keys.body)],
    ['send broken JSON', broken.status],
    ['a path beside the API', neighbour.status],
  ]
}

/** What the story answers, whatever it is mounted in. `prefix` is the API's path. */
export const told = (authPath: string): readonly Chapter[] => [
  ['register', 201],
  ['sign in too early', 401, 'JWT realm="api"'],
  ['activate', 204],
  ['call', 200, 'buyer'],
  ['call without a token', 401, 'JWT realm="api"'],
  ['call with a refresh token', 401, 'JWT realm="api"'],
  ['refresh', 200],
  ['call again', 200],
  ['read the account', 200],
  ['sign out', 204],
  ['call after that', 401, 'JWT realm="api"'],
  ['refresh after that', 401, 'JWT realm="api"'],
  ['sign in by form, with a cookie', 200, `${authPath}/jwt/`],
  ['refresh by cookie', 200, ['access']],
  ['refresh by cookie from another site', 403],
  ['call in another role', 403, 'You do not have permission to perform this action.'],
  ['read the public keys', 200, ['keys']],
  ['send broken JSON', 400],
  ['a path beside the API', 404],
]
