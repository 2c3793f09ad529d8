/** Staff: find, make, read, change and delete accounts. */
import type { AccountState } from '../../../domain/user.ts'
import { createUser } from '../../../flows/create-user.ts'
import { deleteAccount } from '../../../flows/delete-account.ts'
import type { NewAccount } from '../../../flows/invite-user.ts'
import { inviteUser } from '../../../flows/invite-user.ts'
import { searchUsers } from '../../../flows/search-users.ts'
import { updateAccount } from '../../../flows/update-account.ts'
import type { Forms } from '../../admin-schemas.ts'
import { PAGE_SIZE, QUERIES } from '../../admin-schemas.ts'
import type { ApiRequest, Operation } from '../../endpoint.ts'
import { callerOf, done, ok } from '../../endpoint.ts'
import { okPage, readCursor } from '../../paging.ts'
import { profileOf } from '../../schemas.ts'
import type { AdminContext } from './context.ts'
import { accountView, staffOperation, work } from './context.ts'

/** `GET admin/users/`. */
export const searchUsersOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'searchUsers',
    summary: 'Find accounts',
    description: 'A page of accounts; the Link header leads to the next one. All conditions must hold.',
    query: QUERIES.users,
    success: { status: 200, description: 'The accounts.', schema: context.views.accounts },
    errors: ['invalid_choice', 'invalid_cursor'],
    handle: async (request) => {
      const query = await request.query(QUERIES.users)
      const sort = query.sort === 'email' ? 'email' : 'newest'
      const after = readCursor(query.after, sort, sort === 'email' ? 'string' : 'number')
      const { items, more } = await searchUsers(context, {
        search: query.search,
        state: query.state as AccountState | undefined,
        isActive: query.is_active,
        isStaff: query.is_staff,
        role: query.role,
        createdSince: query.created_since,
        sort,
        after,
        limit: query.limit ?? PAGE_SIZE,
      })
      const last = more ? items.at(-1) : undefined
      const next = last ? ([sort, sort === 'email' ? last.email : last.id] as const) : null
      return okPage(context.settings, request, items.map(accountView), next)
    },
  })

interface Given {
  readonly email: string
  readonly is_staff?: boolean | undefined
  readonly locale?: string | null | undefined
  readonly current_password?: NewAccount['currentPassword']
}

const newAccount = (context: AdminContext, request: ApiRequest, input: Given): NewAccount => ({
  caller: callerOf(request),
  email: input.email,
  profile: profileOf({ ...input }, context.settings),
  isStaff: input.is_staff ?? false,
  locale: input.locale ?? null,
  currentPassword: input.current_password,
  origin: request.origin,
})

/** `POST admin/users/`. */
export const createUserOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'createUser',
    summary: 'Make an account with a password',
    description:
      'It is active at once, and nobody is told. To let people choose their password, invite them.',
    throttle: 'currentPassword',
    input: context.forms.create,
    success: { status: 201, description: 'The account.', schema: context.views.account },
    errors: ['email_taken', 'invalid_password', 'password_too_common', 'overloaded'],
    handle: async (request) => {
      const input = await request.read(context.forms.create)
      const account = newAccount(context, request, input)
      const user = await createUser(context, { ...account, password: input.password })
      return { status: 201, body: accountView(user) }
    },
  })

/** `POST admin/users/invite/`. */
export const inviteUserOperation = (context: AdminContext): Operation =>
  staffOperation({
    id: 'inviteUser',
    summary: 'Invite somebody by mail',
    description:
      'Makes an account without a password and mails a link that sets one. Registration may be closed.',
    throttle: 'currentPasswordAndMail',
    input: context.forms.invite,
    success: { status: 201, description: 'The account.', schema: context.views.account },
    errors: ['email_taken', 'invalid_password'],
    handle: async (request) => {
      const input = await request.read(context.forms.invite)
      const user = await inviteUser(context, newAccount(context, request, input))
      return { status: 201, body: accountView(user) }
    },
  })

/** `GET admin/users/<id>/`. */
const read = (context: AdminContext): Operation =>
  staffOperation({
    id: 'readAccount',
    summary: 'Read all of an account',
    success: { status: 200, description: 'The account.', schema: context.views.account },
    errors: ['not_found'],
    handle: async (request) => ok(accountView((await work(context, request)).target)),
  })

/** `PATCH admin/users/<id>/`. */
const update = (context: AdminContext): Operation =>
  staffOperation({
    id: 'updateAccount',
    summary: 'Change an account',
    description:
      'Profile, language, address and staff rights. The last two need `current_password` or a recent sign-in.',
    throttle: 'currentPasswordAndMail',
    input: context.forms.update,
    success: { status: 200, description: 'The account as it is now.', schema: context.views.account },
    errors: [
      'not_found',
      'email_taken',
      'invalid_password',
      'own_account',
      'last_administrator',
      'account_not_activated',
    ],
    handle: async (request) => {
      const about = await work(context, request)
      const input: ReturnType<Forms['update']['parse']> = await request.read(context.forms.update)
      const user = await updateAccount(context, {
        ...about,
        profile: profileOf({ ...input }, context.settings),
        email: input.email,
        isStaff: input.is_staff,
        locale: input.locale,
        currentPassword: input.current_password,
      })
      return ok(accountView(user))
    },
  })

/** `DELETE admin/users/<id>/`. */
const remove = (context: AdminContext): Operation =>
  staffOperation({
    id: 'deleteAccount',
    summary: 'Delete somebody’s account',
    description: 'With everything that hangs on it. Needs `current_password` or a recent sign-in.',
    throttle: 'currentPassword',
    input: context.schemas.proof,
    success: { status: 204, description: 'The account is gone.' },
    errors: ['not_found', 'invalid_password', 'own_account', 'last_administrator', 'overloaded'],
    handle: async (request) => {
      const about = await work(context, request)
      const input = await request.read(context.schemas.proof)
      await deleteAccount(context, { ...about, currentPassword: input.current_password })
      return done
    },
  })

/** The operations of `admin/users/<id>/`. */
export const accountOperations = (context: AdminContext) => ({
  GET: read(context),
  PATCH: update(context),
  DELETE: remove(context),
})
