/** A Doorward for commands: the project's database and flows, without delivering mails and without a server. */
import type { Doorward } from '@doorward/server'
import { createDoorward } from '@doorward/server'
import type { Command } from 'commander'
import { loadProject } from './project.ts'

/** What commands work with. */
export interface CommandHost {
  readonly doorward: Doorward
  readonly json: boolean
}

/** Opens the project's Doorward for a command, and closes it whatever happens. */
export async function withDoorward<T>(command: Command, work: (host: CommandHost) => Promise<T>): Promise<T> {
  const { settings, json } = await loadProject(command)
  const doorward = await createDoorward({ settings, deliver: false })
  try {
    return await work({ doorward, json })
  } finally {
    await doorward.close()
  }
}
