/** `doorward keys`: the keys that sign access tokens. Running servers take changes over at once, or within a second. */
import type { Doorward } from '@doorward/server'
import { retireKey, rotateKeys } from '@doorward/server/administration'
import { Command } from 'commander'
import { withDoorward } from '../host.ts'
import { insteadOf, printResult } from '../output.ts'
import { commandLine } from '../project.ts'

type Keys = ReturnType<NonNullable<Doorward['deps']['signingKeys']>['list']>

const table = (keys: Keys): string =>
  keys
    .map(({ kid, alg, state, createdAt, retireAfter }) => {
      const until = retireAfter === null ? '' : `  checks until ${new Date(retireAfter).toISOString()}`
      return `${state.padEnd(8)}  ${alg}  ${kid}  made ${new Date(createdAt).toISOString()}${until}`
    })
    .join('\n')

type Work = (deps: Doorward['deps'], kid: string) => Promise<unknown>

function subcommand(name: string, description: string, work: Work): Command {
  const command = new Command(name).description(description)
  // one id in 64 begins with a hyphen, and is no option for that
  if (name === 'retire') command.argument('<kid>', 'id of the key').allowUnknownOption()
  return command.action((...args: unknown[]) => {
    const self = args.at(-1) as Command
    return withDoorward(self, async ({ doorward, json }) => {
      const { deps, settings } = doorward
      if (!deps.signingKeys) throw new TypeError(noStoredKeys(settings.tokens.algorithm))
      await work(deps, self.args[0] ?? '')
      const keys = deps.signingKeys.list()
      printResult(keys, table(keys), json)
    })
  })
}

const noStoredKeys = (algorithm: string): string =>
  `Tokens are signed with ${algorithm} and a secret or key from the configuration, so there is no stored key. ` +
  'To replace a secret, put the new one in front of the old one in DOORWARD_SECRET.'

const noKey = (kid: string): string =>
  `There is no key “${kid}”. See those that there are with: doorward keys list`

const operator = () => ({ caller: null, currentPassword: undefined, origin: commandLine() })

/** `list`, `rotate` (nobody is signed out), `retire` (what the key signed is refused from then on). */
export const keysCommand = (): Command =>
  new Command('keys')
    .description('look at, rotate and retire the keys that sign access tokens')
    .addCommand(subcommand('list', 'list the keys', async () => {}))
    .addCommand(
      subcommand('rotate', 'sign with a new key; the old one goes on checking', (deps) =>
        rotateKeys(deps, operator()),
      ),
    )
    .addCommand(
      subcommand('retire', 'forget a key at once', (deps, kid) =>
        retireKey(deps, { ...operator(), kid }).catch(insteadOf('not_found', noKey(kid))),
      ),
    )
