/**
 * The link mailed to the old address takes the account back: the address returns, everybody is signed out, and the
 * password that was set meanwhile opens nothing. A link to choose a new one follows.
 */
import { randomBytes } from 'node:crypto'
import type { Origin } from '../domain/audit.ts'
import { failField } from '../domain/errors.ts'
import { Secret } from '../domain/secret.ts'
import type { EmailChange, Store } from '../store/store.ts'
import type { LinkInput } from './activate.ts'
import type { Deps } from './deps.ts'
import { endSessions } from './end-sessions.ts'
import { linkedUser } from './find-linked-user.ts'
import { record } from './record.ts'
import { removeUnproven, undoingOf } from './start-email-change.ts'

type UndoDeps = Pick<Deps, 'store' | 'clock' | 'settings' | 'links' | 'compose' | 'revocations' | 'passwords'>

/** Throws `invalid_uid`, `invalid_link_token`, `email_taken` (the old address has an account of its own by now). */
export async function undoEmailChange(
  deps: UndoDeps,
  input: LinkInput & { readonly origin: Origin },
): Promise<void> {
  const user = await linkedUser(deps, input.uid)
  const since = deps.clock.now() - deps.settings.links.undoLifetime * 1000
  const changes = await deps.store.emailChanges.undoableOf(user.id, since)
  const change = changes.find((one) => deps.links.check('email_undo', undoingOf(one), input.token))
  if (!change) throw failField('token', 'invalid_link_token')

  const passwordHash = await deps.passwords.hash(new Secret(randomBytes(32).toString('base64url')))
  const ended = await deps.store.transaction((store) =>
    restore(deps, store, { ...input, change, passwordHash }),
  )
  deps.revocations.apply(ended)
}

interface Restoration {
  readonly change: EmailChange
  readonly passwordHash: string
  readonly origin: Origin
}

async function restore(deps: UndoDeps, store: Store, { change, passwordHash, origin }: Restoration) {
  const { id, userId, oldEmail } = change
  if (!(await store.emailChanges.undo({ id, userId }, deps.clock.now())))
    throw failField('token', 'invalid_link_token')
  await removeUnproven(store, oldEmail)
  const user = await store.users.update(userId, { email: oldEmail, passwordHash })
  if (user === 'taken') throw failField('token', 'email_taken')
  if (!user) throw failField('uid', 'invalid_uid')
  await store.outbox.add(deps.compose({ kind: 'email_restored', user }))
  await record(deps, store, { action: 'email_change_undone', user: userId, actor: userId, origin })
  await store.databaseTokens.deleteOf(userId)
  if (deps.settings.sessions.mode === 'stateless') return []
  return endSessions(deps, store, { userId, reason: 'email_change_undone' })
}
