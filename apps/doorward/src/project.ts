/** The project that a command works on: its settings, from the configuration file and the environment. */
import type { Origin, Settings } from '@doorward/server'
import { ensureSecret, loadConfiguration, secretDirectory } from '@doorward/server'
import type { Command } from 'commander'

/** What every command knows. */
export interface Project {
  readonly settings: Settings
  readonly json: boolean
  /** Things to tell the operator before the work starts. */
  readonly notes: readonly string[]
}

/** Where the work of commands comes from, as the audit log has it: the person at the terminal. */
export const commandLine = (): Origin => ({
  address: '',
  userAgent: `command line (${process.env.SUDO_USER ?? process.env.USER ?? 'unknown'})`,
  requestId: '',
})

/** Loads the project of the current folder. Throws `ConfigurationError` with every fault. */
export async function loadProject(command: Command): Promise<Project> {
  const { config, json } = command.optsWithGlobals<{ config?: string; json?: boolean }>()
  const loaded = await loadConfiguration({ cwd: process.cwd(), env: process.env, configPath: config })
  const { settings, message } = ensureSecret(loaded.settings, { dir: secretDirectory(loaded.settings) })
  const notes = [...loaded.warnings, ...(message === null ? [] : [message])]
  return { settings, json: json === true, notes }
}
