/** `doorward keys`: the keys that sign access tokens. Running servers take changes over at once, or within a second. */
import type { KeyInfo, SigningKeys } from '@doorward/server/keys'
import { withKeys } from '@doorward/server/keys'
import { Command } from 'commander'
import { printResult } from '../output.ts'
import { loadProject } from '../project.ts'

const table = (keys: readonly KeyInfo[]): string =>
  keys
    .map(({ kid, alg, state, createdAt, retireAfter }) => {
      const until = retireAfter === null ? '' : `  checks until ${new Date(retireAfter).toISOString()}`
      return `${state.padEnd(8)}  ${alg}  ${kid}  made ${new Date(createdAt).toISOString()}${until}`
    })
    .join('\n')

function subcommand(
  name: string,
  description: string,
  work: (keys: SigningKeys, kid: string) => Promise<unknown>,
): Command {
  const command = new Command(name).description(description)
  if (name === 'retire') command.argument('<kid>', 'id of the key')
  return command.action(async (...args: unknown[]) => {
    const self = args.at(-1) as Command
    const { settings, json } = await loadProject(self)
    await withKeys(settings, async (keys) => {
      await work(keys, self.args[0] ?? '')
      printResult(keys.list(), table(keys.list()), json)
    })
  })
}

/** `list`, `rotate` (nobody is signed out), `retire` (what the key signed is refused from then on). */
export const keysCommand = (): Command =>
  new Command('keys')
    .description('look at, rotate and retire the keys that sign access tokens')
    .addCommand(subcommand('list', 'list the keys', async () => {}))
    .addCommand(
      subcommand('rotate', 'sign with a new key; the old one goes on checking', (keys) => keys.rotate()),
    )
    .addCommand(subcommand('retire', 'forget a key at once', (keys, kid) => keys.retire(kid)))
