/** Every request that names an address, as a stranger or a signed-in person sends it. */
import type { Owner, Shot, Stand } from './stand.ts'
import { PASSWORD } from './stand.ts'

/** A request whose time is looked at. */
export interface Case {
  readonly name: string
  /** The operation of the API's documentation. */
  readonly operation: string
  /** Whether a password is hashed on the way: a round takes longer, so more of the time goes here. */
  readonly hashes: boolean
  /** Whether it is asked where accounts were imported with their hashes. */
  readonly isImported?: true
  /** Whose address must look like nobody's. */
  readonly owners: readonly Owner[]
  /** Prepares for so many requests; each is made for one address. */
  prepare(stand: Stand, count: number): Promise<(email: string) => Shot>
}

const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: PASSWORD }
const USUAL: readonly Owner[] = ['active', 'pending', 'switched off']
const simple = (path: string, body: object, status?: number) => {
  const shot = (email: string): Shot => ({
    ...{ path, body: { ...body, email } },
    ...(status !== undefined && { status }),
  })
  return async () => shot
}

/** The requests. */
export const CASES: readonly Case[] = [
  {
    ...{ name: 'registering', operation: 'register', hashes: true, owners: [...USUAL, 'invited'] },
    prepare: simple('users/', PERSON),
  },
  {
    ...{ name: 'a wrong password', operation: 'signIn', hashes: true, owners: USUAL },
    prepare: simple('jwt/create/', { password: 'wrong-guess' }, 401),
  },
  {
    ...{ name: 'a wrong password for a database token', operation: 'signInWithDatabaseToken' },
    ...{ hashes: true, owners: USUAL },
    prepare: simple('token/login/', { password: 'wrong-guess' }, 400),
  },
  {
    ...{ name: 'changing the own address to it', operation: 'changeEmail', hashes: true, owners: USUAL },
    prepare: async (stand) => {
      const headers = await stand.signIn()
      return (new_email) => ({
        ...{ path: 'users/set_email/', body: { new_email, current_password: PASSWORD }, headers },
      })
    },
  },
  {
    ...{ name: 'changing the own address to it by a mailed link', operation: 'resetEmail' },
    ...{ hashes: false, owners: USUAL },
    prepare: async (stand, count) => {
      const links = [...(await stand.emailResetLinks(count))]
      return (new_email) => ({ path: 'users/reset_email_confirm/', body: { ...links.pop(), new_email } })
    },
  },
  {
    ...{ name: 'a wrong password, where accounts were imported', operation: 'signIn' },
    ...{ hashes: true, isImported: true, owners: ['one of the site'] },
    prepare: simple('jwt/create/', { password: 'wrong-guess' }, 401),
  },
  {
    ...{ name: 'what is asked right after a password reset', operation: 'requestPasswordReset' },
    ...{ hashes: false, owners: USUAL },
    prepare: async () => (email) => {
      const path = 'users/reset_password/'
      return { path, body: { email: 'nobody@example.com' }, first: { path, body: { email } } }
    },
  },
  {
    ...{
      name: 'asking for a password reset',
      operation: 'requestPasswordReset',
      hashes: false,
      owners: USUAL,
    },
    prepare: simple('users/reset_password/', {}),
  },
  {
    ...{ name: 'asking for an e-mail reset', operation: 'requestEmailReset', hashes: false, owners: USUAL },
    prepare: simple('users/reset_email/', {}),
  },
  {
    ...{ name: 'asking for another activation mail', operation: 'resendActivation' },
    ...{ hashes: false, owners: USUAL },
    prepare: simple('users/resend_activation/', {}),
  },
]

interface Described {
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly requestBody?: unknown
}

/** Operations for anybody that take an address, as the server's own documentation says. */
export async function operationsWithAddress(url: string): Promise<readonly string[]> {
  const answer = await fetch(`${url}/openapi.json`)
  const { paths } = (await answer.json()) as { paths: Record<string, Record<string, Described>> }
  const operations = Object.values(paths).flatMap((path) => Object.values(path))
  return operations
    .filter(({ tags = [] }) => !tags.includes('Staff') && !tags.includes('Administration'))
    .filter(({ requestBody }) => /"(new_)?email":/.test(JSON.stringify(requestBody ?? {})))
    .map(({ operationId = '' }) => operationId)
}
