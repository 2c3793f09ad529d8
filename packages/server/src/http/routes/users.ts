/** Reading, changing and deleting accounts: the own one under `users/me/`, anybody's under `users/<id>/`. */
import { z } from 'zod'
import type { Awaitable } from '../../domain/awaitable.ts'
import { andThen } from '../../domain/awaitable.ts'
import type { ErrorCode } from '../../domain/errors.ts'
import { pythonInteger } from '../../domain/python-number.ts'
import type { Secret } from '../../domain/secret.ts'
import type { User } from '../../domain/user.ts'
import { publicUser } from '../../domain/user.ts'
import { deleteUser } from '../../flows/delete-user.ts'
import type { UserAction } from '../../flows/find-user.ts'
import { findUser } from '../../flows/find-user.ts'
import { listUsers } from '../../flows/list-users.ts'
import { proveIdentity } from '../../flows/prove-identity.ts'
import { updateUser } from '../../flows/update-user.ts'
import type { ApiRequest, Operation } from '../endpoint.ts'
import { callerOf, done, ok } from '../endpoint.ts'
import * as fields from '../fields.ts'
import { profileOf } from '../schemas.ts'
import type { RouteContext } from './context.ts'

/** Which account the path means. */
type FindTarget = (request: ApiRequest, action: UserAction) => Awaitable<User>

const myself: FindTarget = (request) => callerOf(request).user

const byPath =
  (context: RouteContext): FindTarget =>
  (request, action) =>
    findUser(context, { caller: callerOf(request), id: request.params.id ?? '', action })

/** Read leniently, as DRF reads queries: what is no id counts as none. */
const LIST_QUERY = z.object({
  after: fields.orAbsent(
    fields.integer({
      description: 'Where the page begins: take it from the Link header of the page before.',
    }),
  ),
})

/** `GET users/`. */
export const listUsersOperation = (context: RouteContext): Operation => ({
  id: 'listUsers',
  summary: 'List accounts',
  description: 'Staff get all accounts by id; everybody else finds only the own one.',
  tag: 'Staff',
  permission: context.permissions.listUsers,
  query: LIST_QUERY,
  success: { status: 200, description: 'The accounts.', schema: context.answers.users },
  errors: [],
  handle: async (request) => {
    const pageSize = context.settings.users.pageSize
    const afterId = pythonInteger(request.url.searchParams.get('after') ?? '') ?? 0
    const users = await listUsers(context, { caller: callerOf(request), afterId, limit: pageSize })
    const last = users.at(-1)
    const more = users.length === pageSize && last !== undefined
    const body = users.map(publicUser)
    if (!more) return ok(body)
    return { ...ok(body), headers: { link: `<${nextPage(context, last.id)}>; rel="next"` } }
  },
})

const nextPage = ({ settings }: RouteContext, afterId: number): string =>
  `${settings.server.publicUrl}${settings.api.authPath}/users/?after=${afterId}`

/** How looking for the account of the path may end; the own one is always there. */
const foundBy = (id: string): readonly ErrorCode[] => (id.endsWith('Me') ? [] : ['not_found'])

/** `GET users/me/` or `users/<id>/`. */
const read = (context: RouteContext, target: FindTarget, id: string): Operation => ({
  id,
  summary: id === 'readMe' ? 'Read the own account' : 'Read an account',
  tag: id === 'readMe' ? 'Account' : 'Staff',
  permission: context.permissions.readUser,
  success: { status: 200, description: 'The account.', schema: context.answers.user },
  errors: foundBy(id),
  handle: (request) => andThen(target(request, 'read'), (user) => ok(publicUser(user))),
})

/** `PUT` and `PATCH`: all fields, or some. */
const write = (context: RouteContext, target: FindTarget, id: string, partial: boolean): Operation => {
  const { schemas } = context
  const schemaFor = (isStaff: boolean) => {
    if (isStaff) return partial ? schemas.patchAsStaff : schemas.updateAsStaff
    return partial ? schemas.patchOwn : schemas.updateOwn
  }
  return {
    id,
    summary: partial ? 'Change some fields' : 'Change all fields',
    tag: id.endsWith('Me') ? 'Account' : 'Staff',
    permission: context.permissions.readUser,
    input: schemaFor(!id.endsWith('Me')),
    success: { status: 200, description: 'The account as it is now.', schema: context.answers.user },
    errors: ['required', 'role_reserved', ...foundBy(id)],
    handle: async (request) => {
      const caller = callerOf(request)
      const user = await target(request, 'update')
      const input = await request.read(schemaFor(caller.user.isStaff))
      const profile = profileOf(input, context.settings)
      return ok(
        publicUser(await updateUser(context, { caller, target: user, profile, origin: request.origin })),
      )
    },
  }
}

/** `DELETE`: with the caller's own password. */
const remove = (context: RouteContext, target: FindTarget, id: string): Operation => ({
  id,
  summary: id === 'deleteMe' ? 'Delete the own account' : 'Delete an account',
  tag: id === 'deleteMe' ? 'Account' : 'Staff',
  permission: context.permissions.deleteUser,
  throttle: 'currentPassword',
  input: context.schemas.proof,
  success: { status: 204, description: 'The account is gone.' },
  errors: ['invalid_password', 'last_administrator', 'overloaded', ...foundBy(id)],
  handle: async (request) => {
    const caller = callerOf(request)
    const user = await target(request, 'delete')
    const { origin } = request
    const input = await request.read(context.schemas.proof, {
      current_password: (password) =>
        proveIdentity(context, { caller, currentPassword: password as Secret | undefined, origin }),
    })
    await deleteUser(context, { caller, target: user, currentPassword: input.current_password, origin })
    return done
  },
})

/** The operations of `users/me/`. */
export const ownAccountOperations = (context: RouteContext) => ({
  GET: read(context, myself, 'readMe'),
  PUT: write(context, myself, 'updateMe', false),
  PATCH: write(context, myself, 'patchMe', true),
  DELETE: remove(context, myself, 'deleteMe'),
})

/** The operations of `users/<id>/`. */
export const accountOperations = (context: RouteContext) => ({
  GET: read(context, byPath(context), 'readUser'),
  PUT: write(context, byPath(context), 'updateUser', false),
  PATCH: write(context, byPath(context), 'patchUser', true),
  DELETE: remove(context, byPath(context), 'deleteUser'),
})
