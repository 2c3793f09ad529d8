import { blankAccount, PASSWORD, type Session } from './session.ts'
import type { Account } from './side.ts'

/** What a registration may say differently from the usual. */
export type Profile = Partial<Pick<Account, 'email' | 'password' | 'first_name' | 'last_name' | 'role'>>

/** The body of a proper registration. */
export function registration(email: string, profile: Profile = {}): Record<string, string> {
  const password = profile.password ?? PASSWORD
  return {
    email,
    first_name: 'Ada',
    last_name: 'Okafor',
    role: 'buyer',
    password,
    re_password: password,
    ...profile,
  }
}

/** Registers, and records the answer and the mail with its link. */
export async function register(s: Session, name: string, profile: Profile = {}): Promise<Account> {
  const account = Object.assign(blankAccount(name, profile.email ?? s.address(name)), profile)
  const reply = await s.post('users/', registration(account.email, profile))
  if (typeof reply.json.email === 'string') account.email = reply.json.email
  account.id = typeof reply.json.id === 'number' ? reply.json.id : 0
  s.nameAccount(account)
  await s.mails(account)
  return account
}

/** Follows the activation link as a front end would. */
export async function activate(s: Session, account: Account): Promise<void> {
  await s.post('users/activation/', { uid: account.link.uid, token: account.link.token })
  await s.mails(account)
}

/** Signs in and keeps the pair. */
export async function login(s: Session, account: Account): Promise<void> {
  const reply = await s.post('jwt/create/', { email: account.email, password: account.password })
  account.access = textOf(reply.json.access)
  account.refresh = textOf(reply.json.refresh)
}

/** Registers, activates, signs in. */
export async function join(s: Session, name: string, profile: Profile = {}): Promise<Account> {
  const account = await register(s, name, profile)
  await activate(s, account)
  await login(s, account)
  return account
}

/** Asks for a link by mail and keeps it. */
export async function requestLink(s: Session, account: Account, path: string): Promise<void> {
  await s.post(path, { email: account.email })
  await s.mails(account)
}

/** Records whether an address and a password sign in. */
export async function tryLogin(s: Session, email: string, password: string): Promise<void> {
  await s.post('jwt/create/', { email, password }, { note: `sign in as ${email} with ${password}` })
}

/** A text member of a reply, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
