/** Every kind of token that exists, good and in each way no good: what the matrix offers to each operation. */
import { randomBytes } from 'node:crypto'
import type { TestCredentials, TestDoorward } from '@doorward/server/testing'
import { CompactSign, decodeProtectedHeader, generateKeyPair } from 'jose'
import { Secret } from '../../packages/server/src/domain/secret.ts'
import type { User } from '../../packages/server/src/domain/user.ts'
import { createLinkTokens } from '../../packages/server/src/tokens/link-tokens.ts'

/** What a token is for. `database` is DRF's, `revocations` the signed page of the feed. */
export type Purpose =
  | 'access'
  | 'refresh'
  | 'sliding'
  | 'revocations'
  | 'activation'
  | 'invitation'
  | 'password_reset'
  | 'email_reset'
  | 'email_change'
  | 'email_undo'
  | 'database'

/** What is wrong with a token; null: nothing. */
export type Fault = 'another key' | 'tampered' | 'expired' | 'ended' | "another user's uid" | null

/** A token to offer. */
export interface Kind {
  readonly name: string
  readonly purpose: Purpose
  readonly fault: Fault
  readonly token: string
  /** The `uid` that goes with it. */
  readonly uid: string
}

/** The purposes of mailed links. */
export const LINKS = [
  'activation',
  'invitation',
  'password_reset',
  'email_reset',
  'email_change',
  'email_undo',
] as const

/** Whether tokens of the purpose are signed ones. */
export const isJwt = (purpose: Purpose): boolean =>
  purpose === 'access' || purpose === 'refresh' || purpose === 'sliding' || purpose === 'revocations'

type TokenSet = Readonly<Record<Purpose, string>> & { readonly uid: string }

const URL_OF = 'http://127.0.0.1:8000/auth/'

/** Posts as a client that wants problem details. */
export async function post(
  { fetch }: Pick<TestDoorward, 'fetch'>,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, string>> }> {
  const all = { 'content-type': 'application/json', accept: 'application/problem+json', ...headers }
  const request = new Request(`${URL_OF}${path}`, {
    method: 'POST',
    headers: all,
    body: JSON.stringify(body),
  })
  const answer = await fetch(request)
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? {} : JSON.parse(text) }
}

/** The account of an address. */
export async function userOf(
  { deps }: TestDoorward,
  { email }: Pick<TestCredentials, 'email'>,
): Promise<User> {
  const user = await deps.store.users.byEmail(email)
  if (!user) throw new TypeError(`nobody has the address ${email}`)
  return user
}

/** The link of an invitation that was just mailed. */
export async function invitation(
  doorward: TestDoorward,
): Promise<{ readonly uid: string; readonly token: string }> {
  const email = `invited-${randomBytes(6).toString('hex')}@example.com`
  const { headers } = await doorward.administrator()
  await post(doorward, 'admin/users/invite/', { email }, headers)
  return doorward.lastLink(email, 'invitation')
}

/** One good token of each kind, all of one person who has just signed in. */
export async function goodTokens(doorward: TestDoorward, person: TestCredentials): Promise<TokenSet> {
  const { deps, settings } = doorward
  const { access, refresh } = await doorward.signIn(person)
  const database = await post(doorward, 'token/login/', person)
  const user = await userOf(doorward, person)
  const [session = null] = await deps.store.sessions.listOf(user.id, deps.clock.now())
  const links = LINKS.map((purpose) => [purpose, deps.links.make(purpose, user)] as const)
  const now = Math.floor(deps.clock.now() / 1000)
  const spare = { user, sessionId: session?.id ?? null, tokenId: 'f'.repeat(32), now, expiresAt: now + 3600 }
  return {
    access: settings.tokens.sliding ? await deps.tokens.issueAccess(user, session) : access,
    refresh: settings.tokens.sliding ? await deps.tokens.issueRefresh(spare) : refresh,
    sliding: settings.tokens.sliding ? access : await deps.tokens.issueSliding(user, session),
    revocations: await deps.tokens.issueFeed({ seq: 0, entries: [] }),
    database: database.body.auth_token ?? '',
    ...(Object.fromEntries(links.map(([purpose, { token }]) => [purpose, token])) as Pick<
      TokenSet,
      (typeof LINKS)[number]
    >),
    uid: links[0]?.[1].uid ?? '',
  }
}

const kinds = ({ uid, ...tokens }: TokenSet, fault: Fault): readonly Kind[] =>
  (Object.entries(tokens) as [Purpose, string][]).map(([purpose, token]) => ({
    name: fault === null ? purpose : `${purpose} (${fault})`,
    ...{ purpose, fault, token, uid },
  }))

/** The same header and claims, signed by somebody else. */
async function resigned(token: string): Promise<string> {
  const header = decodeProtectedHeader(token) as { alg: string }
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url')
  const key = header.alg.startsWith('HS')
    ? randomBytes(64)
    : (await generateKeyPair(header.alg, { crv: 'Ed25519' })).privateKey
  return new CompactSign(payload).setProtectedHeader(header).sign(key)
}

async function underAnotherKey(doorward: TestDoorward, good: TokenSet, user: User): Promise<TokenSet> {
  const { clock, settings } = doorward
  const lifetime = settings.links.activationLifetime
  const links = createLinkTokens({
    secrets: [new Secret('another secret that is long enough for this')],
    clock,
    lifetimes: {
      activation: lifetime,
      invitation: lifetime,
      password_reset: lifetime,
      email_reset: lifetime,
      email_change: lifetime,
      email_undo: lifetime,
    },
  })
  return {
    access: await resigned(good.access),
    refresh: await resigned(good.refresh),
    sliding: await resigned(good.sliding),
    revocations: await resigned(good.revocations),
    activation: links.make('activation', user).token,
    invitation: links.make('invitation', user).token,
    password_reset: links.make('password_reset', user).token,
    email_reset: links.make('email_reset', user).token,
    email_change: links.make('email_change', user).token,
    email_undo: links.make('email_undo', user).token,
    database: randomBytes(20).toString('hex'),
    uid: good.uid,
  }
}

/** Changes what a token says, not how it looks: a digit more in the claims, another first digit of a mac. */
function tampered(token: string): string {
  const [header, payload, signature] = token.split('.')
  if (payload !== undefined && signature !== undefined) {
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const more = JSON.stringify({ ...claims, exp: claims.exp + 1 })
    return `${header}.${Buffer.from(more).toString('base64url')}.${signature}`
  }
  const at = token.lastIndexOf('-') + 1
  return `${token.slice(0, at)}${token[at] === '0' ? '1' : '0'}${token.slice(at + 1)}`
}

/**
 * All kinds. Moves the clock by a hundred days, so that what was issued before has expired; database tokens do not
 * expire. `good` ones belong to `person`, who has just signed in.
 */
export async function allKinds(doorward: TestDoorward, person: TestCredentials): Promise<readonly Kind[]> {
  const stranger = await doorward.signedUpUser()
  const { database: _, ...expired } = await goodTokens(doorward, stranger)
  doorward.clock.advance(100 * 86_400)
  const good = await goodTokens(doorward, person)
  const otherUid = (await goodTokens(doorward, stranger)).uid
  const user = await userOf(doorward, person)
  const { uid, ...tokens } = good
  const changed = Object.fromEntries(Object.entries(tokens).map(([name, token]) => [name, tampered(token)]))
  return [
    ...kinds(good, null),
    ...kinds(expired as TokenSet, 'expired'),
    ...kinds(await underAnotherKey(doorward, good, user), 'another key'),
    ...kinds({ ...changed, uid } as TokenSet, 'tampered'),
    ...kinds(good, null)
      .filter(({ purpose }) => LINKS.some((link) => link === purpose))
      .map(({ purpose, token }): Kind => {
        const fault = "another user's uid"
        return { name: `${purpose} (${fault})`, purpose, fault, token, uid: otherUid }
      }),
    ...(await endedKinds(doorward)),
  ]
}

/** Tokens of somebody who has signed out since, and whose password was changed. */
async function endedKinds(doorward: TestDoorward): Promise<readonly Kind[]> {
  const person = await doorward.signedUpUser()
  const tokens = await goodTokens(doorward, person)
  const scheme = doorward.settings.api.headerTypes[0]
  const bearer = doorward.settings.tokens.sliding ? tokens.sliding : tokens.access
  const change = {
    current_password: person.password,
    new_password: 'Another-Ride-1177',
    re_new_password: 'Another-Ride-1177',
  }
  const headers = { authorization: `${scheme} ${bearer}` }
  await post(doorward, 'token/logout/', {}, { authorization: `Token ${tokens.database}` })
  await post(doorward, 'users/set_password/', change, headers)
  if (doorward.settings.sessions.mode === 'stored') await post(doorward, 'jwt/logout/', {}, headers)
  const isOver = ({ purpose }: Kind) =>
    purpose !== 'revocations' && (!isJwt(purpose) || doorward.settings.sessions.mode === 'stored')
  return kinds(tokens, 'ended').filter(isOver)
}
