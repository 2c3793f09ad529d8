/** Whose link is it, and is it good for this purpose? Asked by every flow that takes `uid` and `token`. */
import { failField } from '../domain/errors.ts'
import type { User } from '../domain/user.ts'
import type { LinkPurpose } from '../tokens/link-tokens.ts'
import { decodeUid } from '../tokens/link-tokens.ts'
import type { LinkInput } from './activate.ts'
import type { Deps } from './deps.ts'

/** The account of a mailed link. Throws `invalid_uid`, `invalid_link_token`. */
export async function findLinkedUser(
  deps: Pick<Deps, 'store' | 'links'>,
  purpose: LinkPurpose,
  { uid, token }: LinkInput,
): Promise<User> {
  const user = await linkedUser(deps, uid)
  if (!deps.links.check(purpose, user, token)) throw failField('token', 'invalid_link_token')
  return user
}

/** The account that the first part of a link names. Throws `invalid_uid`. */
export async function linkedUser(deps: Pick<Deps, 'store'>, uid: string): Promise<User> {
  const id = decodeUid(uid)
  const user = id === null ? null : await deps.store.users.byId(id)
  if (!user) throw failField('uid', 'invalid_uid')
  return user
}
