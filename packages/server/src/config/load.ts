/** Finds the configuration of a project on disk: its `.env`, its `doorward.config.ts`, and the environment. */
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { ConfigurationError } from './configuration-error.ts'
import { type Environment, variableOf } from './environment.ts'
import { isRecord } from './map-checks.ts'
import { type Resolved, resolveSettings } from './resolve.ts'
import type { Config } from './settings.ts'

const CONFIG_FILES = ['doorward.config.ts', 'doorward.config.js', 'doorward.config.mjs']

/** Where to look. */
export interface LoadInput {
  /** The project's directory. */
  readonly cwd: string
  /** The real environment; it goes before `.env`. */
  readonly env: Environment
  /** The configuration file that the command line names, relative to `cwd`; it must exist. */
  readonly configPath?: string | undefined
}

/** The settings, and which configuration file they were made with. */
export interface Loaded extends Resolved {
  /** Absolute path, or null if the project has none. */
  readonly configFile: string | null
}

/**
 * Reads `.env`, then `doorward.config.ts`, `.js` or `.mjs` (the first there is), and resolves the settings.
 * The file exports `config`, or the configuration as its default.
 *
 * @throws ConfigurationError with every fault there is
 */
export async function loadConfiguration({ cwd, env, configPath }: LoadInput): Promise<Loaded> {
  const configFile = findConfigFile(cwd, configPath)
  const config = configFile === null ? {} : await importConfig(configFile)
  return { ...resolveSettings({ config, env: withDotEnv(cwd, env) }), configFile }
}

/** A variable of the real environment also silences the `…_FILE` form of it in `.env`, and the other way round. */
function withDotEnv(cwd: string, env: Environment): Environment {
  const file = join(cwd, '.env')
  if (!existsSync(file)) return env
  const real = new Set(Object.keys(env).map(variableOf))
  const added = Object.entries(parseEnv(readFileSync(file, 'utf8'))).filter(
    ([name]) => !real.has(variableOf(name)),
  )
  return { ...Object.fromEntries(added), ...env }
}

function findConfigFile(cwd: string, configPath: string | undefined): string | null {
  if (configPath === undefined) return CONFIG_FILES.map((name) => join(cwd, name)).find(existsSync) ?? null
  const path = resolve(cwd, configPath)
  if (existsSync(path)) return path
  throw refusal(path, 'does not exist', `Write the path of a file such as \`${CONFIG_FILES[0]}\`.`)
}

async function importConfig(path: string): Promise<Config> {
  const module: unknown = await import(pathToFileURL(path).href).catch((cause: unknown) => {
    const kind = cause instanceof Error ? cause.name : 'unknown'
    throw refusal(path, `cannot be loaded (${kind})`, 'Its cause is given below this error.', { cause })
  })
  const config = isRecord(module) ? (module.config ?? module.default) : undefined
  if (isRecord(config)) return config
  throw refusal(path, 'exports no configuration', 'Write `export const config = defineConfig({ … })`.')
}

const refusal = (path: string, problem: string, fix: string, options?: ErrorOptions) =>
  new ConfigurationError([{ key: basename(path), problem, fix }], options)
