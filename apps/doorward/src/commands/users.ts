/** `doorward users`: what staff do in the administration, at the command line. */
import { Secret } from '@doorward/server'
import type { User } from '@doorward/server/administration'
import * as administration from '@doorward/server/administration'
import { Command } from 'commander'
import { mailLocale, trimmed, wholeNumber } from '../arguments.ts'
import { askPassword, confirm } from '../ask.ts'
import type { CommandHost } from '../host.ts'
import { withDoorward } from '../host.ts'
import { printResult } from '../output.ts'
import { commandLine } from '../project.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'

const shown = (user: User) => ({
  ...administration.publicUser(user),
  state: administration.accountState(user),
  is_staff: user.isStaff,
  locale: user.locale,
  created_at: new Date(user.createdAt).toISOString(),
  last_login: user.lastLogin === null ? null : new Date(user.lastLogin).toISOString(),
})

const line = (user: User): string =>
  [
    String(user.id).padStart(7),
    administration.accountState(user).padEnd(11),
    (user.isStaff ? 'staff' : '').padEnd(5),
    String(user.profile.role ?? '').padEnd(12),
    user.email,
  ].join('  ')

/** By id or address. TypeError if there is none. */
async function find({ doorward }: CommandHost, who: string): Promise<User> {
  const { users } = doorward.deps.store
  const user = /^\d+$/.test(who)
    ? await users.byId(Number(who))
    : await users.byEmail(who.includes('@') ? who.toLowerCase() : who)
  const exact = user ?? (who.includes('@') ? await users.byEmail(who) : null)
  if (!exact) throw new TypeError(`There is no account ${who}.`)
  return exact
}

interface ListOptions {
  search?: string
  role?: string
  staff?: boolean
  limit: number
  after?: number
}

const list = (): Command =>
  new Command('list')
    .description('list accounts, the newest first')
    .option('--search <text>', 'what address or names begin with')
    .option('--role <role>', 'with this role')
    .option('--staff', 'with staff rights')
    .option('--limit <number>', 'how many', wholeNumber, 50)
    .option('--after <id>', 'the last account of the page before', wholeNumber)
    .action(({ search, role, staff, limit, after }: ListOptions, command: Command) =>
      withDoorward(command, async ({ doorward, json }) => {
        const query = { search, role, isStaff: staff, limit, after, sort: 'newest' as const }
        const { items, more } = await administration.searchUsers(doorward.deps, query)
        const rest = more ? [`… more: --after ${items.at(-1)?.id}`] : []
        printResult(items.map(shown), [...items.map(line), ...rest].join('\n'), json)
      }),
    )

/** A command about one account. `says` is what is printed. */
function about(
  name: string,
  description: string,
  work: (host: CommandHost, user: User, argument: string) => Promise<{ result: unknown; says: string }>,
): Command {
  const command = new Command(name).description(description).argument('<who>', 'id or address of the account')
  if (name === 'set-role') command.argument('<role>', 'the role; "" for none')
  if (name === 'delete') command.option('--yes', 'do not ask')
  return command.action(async (...args: unknown[]) => {
    const self = args.at(-1) as Command
    const [who = '', argument = ''] = self.args
    await withDoorward(self, async (host) => {
      const user = await find(host, who)
      if (name === 'delete' && self.opts<{ yes?: boolean }>().yes !== true) {
        await confirm(`Delete ${user.email} with all that hangs on it?`)
      }
      const { result, says } = await work(host, user, argument)
      printResult(result, says, host.json)
    })
  })
}

const staff = () => ({ caller: null, currentPassword: undefined, origin: commandLine() })
const changed = (user: User, says: string) => ({ result: shown(user), says: `${user.email} ${says}` })

const setRole = (): Command =>
  about('set-role', 'give an account a role; its sessions end', async ({ doorward }, target, role) => {
    const rest = { email: undefined, isStaff: undefined, locale: undefined }
    const update = { ...staff(), ...rest, target, profile: { role: trimmed(role) } }
    const user = await administration.updateAccount(doorward.deps, update)
    return changed(user, user.profile.role === '' ? 'has no role.' : `has the role ${user.profile.role}.`)
  })

const remove = (): Command =>
  about('delete', 'delete an account with all that hangs on it', async ({ doorward }, target) => {
    await administration.deleteUser(doorward.deps, { ...staff(), target })
    return { result: { deleted: target.id }, says: `${target.email} is deleted.` }
  })

const revoke = (): Command =>
  about('revoke-sessions', 'sign somebody out everywhere', async ({ doorward }, user) => {
    const all = { ...staff(), user, keep: null, reason: 'revoked_by_staff', proof: null }
    const ended = await administration.endOtherSessions(doorward.deps, all)
    return { result: { ended }, says: `${ended} sessions of ${user.email} ended.` }
  })

interface NewOptions {
  email: string
  firstName: string
  lastName: string
  role: string
  staff?: boolean
  locale?: string
}

const withNames = (command: Command): Command =>
  command
    .requiredOption('--email <address>', 'address to sign in with', trimmed)
    .option('--first-name <text>', 'first name', trimmed, '')
    .option('--last-name <text>', 'last name', trimmed, '')
    .option('--role <text>', 'role', trimmed, '')
    .option('--staff', 'with staff rights')
    .option('--locale <language>', 'language of the mails')

const newAccount = (
  { doorward }: CommandHost,
  { email, firstName, lastName, role, staff: isStaff, locale }: NewOptions,
) => ({
  ...staff(),
  email,
  profile: { first_name: firstName, last_name: lastName, role },
  isStaff: isStaff === true,
  locale: mailLocale(locale, doorward.settings),
})

const create = (): Command =>
  withNames(
    new Command('create').description('make an active account; the password is asked for, or from stdin'),
  ).action(async (options: NewOptions, command: Command) => {
    const password = new Secret(await askPassword('Password'))
    await withDoorward(command, async (host) => {
      const account = { ...newAccount(host, options), password }
      const user = await administration.createUser(host.doorward.deps, account)
      printResult(shown(user), `${user.email} can sign in (id ${user.id}).`, host.json)
    })
  })

const invite = (): Command =>
  withNames(
    new Command('invite').description('make an account and mail the link that sets its password'),
  ).action((options: NewOptions, command: Command) =>
    withDoorward(command, async (host) => {
      const user = await administration.inviteUser(host.doorward.deps, newAccount(host, options))
      printResult(
        shown(user),
        `${user.email} is invited (id ${user.id}); a running server mails the link.`,
        host.json,
      )
    }),
  )

/** Everything that staff do to accounts; nothing asks without a terminal. */
export const usersCommand = (): Command =>
  [
    list(),
    about('show', 'show an account', async (_, user) => ({
      result: shown(user),
      says: JSON.stringify(shown(user), null, 2),
    })),
    create(),
    invite(),
    setRole(),
    about('deactivate', 'switch an account off; its sessions end', async ({ doorward }, target) =>
      changed(
        await administration.deactivateUser(doorward.deps, { ...staff(), target, reason: null }),
        'is switched off.',
      ),
    ),
    about('reactivate', 'switch an account on', async ({ doorward }, target) =>
      changed(await administration.reactivateUser(doorward.deps, { ...staff(), target }), 'is switched on.'),
    ),
    remove(),
    revoke(),
    importCommand(),
    exportCommand(),
  ].reduce(
    (users, command) => users.addCommand(command),
    new Command('users').description('look at and change accounts'),
  )
