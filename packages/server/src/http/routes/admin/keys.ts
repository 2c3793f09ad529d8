/** Staff: the keys that sign access tokens. Private halves never leave the server. */
import { retireKey } from '../../../flows/retire-key.ts'
import { rotateKeys } from '../../../flows/rotate-keys.ts'
import type { KeyInfo } from '../../../tokens/key-file.ts'
import type { Operation } from '../../endpoint.ts'
import { callerOf, ok } from '../../endpoint.ts'
import type { AdminContext } from './context.ts'
import { staffOperation, time, timeOrNull } from './context.ts'

const keyViews = (keys: readonly KeyInfo[]) => ({
  stored: true,
  keys: keys.map(({ kid, alg, state, createdAt, retireAfter }) => ({
    kid,
    alg,
    state,
    created_at: time(createdAt),
    retires_at: timeOrNull(retireAfter),
  })),
})

/** `GET admin/keys/`. */
export const listKeysOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'listKeys',
    summary: 'List the signing keys',
    success: { status: 200, description: 'The stored keys, the newest first.', schema: context.views.keys },
    errors: [],
    handle: async () => {
      const keys = context.signingKeys
      return ok(keys ? keyViews(keys.list()) : { stored: false, keys: [] })
    },
  })

/** `POST admin/keys/rotate/`. */
export const rotateKeysOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'rotateKeys',
    summary: 'Sign with a new key',
    description:
      'Nobody is signed out: the former key goes on checking. Needs `current_password` or a recent sign-in.',
    throttle: 'currentPassword',
    input: context.schemas.proof,
    success: { status: 200, description: 'The keys as they are now.', schema: context.views.keys },
    errors: ['keys_not_stored', 'invalid_password', 'overloaded'],
    handle: async (request) => {
      const input = await request.read(context.schemas.proof)
      const change = {
        caller: callerOf(request),
        currentPassword: input.current_password,
        origin: request.origin,
      }
      return ok(keyViews(await rotateKeys(context, change)))
    },
  })

/** `POST admin/keys/<kid>/retire/`. */
export const retireKeyOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'retireKey',
    summary: 'Forget a key at once',
    description:
      'Access tokens that it signed are refused from now on. Needs `current_password` or a recent sign-in.',
    throttle: 'currentPassword',
    input: context.schemas.proof,
    success: { status: 200, description: 'The keys as they are now.', schema: context.views.keys },
    errors: ['not_found', 'key_in_use', 'keys_not_stored', 'invalid_password', 'overloaded'],
    handle: async (request) => {
      const input = await request.read(context.schemas.proof)
      const change = {
        caller: callerOf(request),
        currentPassword: input.current_password,
        origin: request.origin,
      }
      return ok(keyViews(await retireKey(context, { ...change, kid: request.params.kid ?? '' })))
    },
  })
