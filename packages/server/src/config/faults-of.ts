/** For tests of the configuration: what it is refused for. */
import { ConfigurationError } from './configuration-error.ts'
import { resolveSettings, type SettingsInput } from './resolve.ts'

/** Every fault of a configuration as `key problem`; none if it is accepted. */
export function faultsOf(input: SettingsInput): readonly string[] {
  try {
    resolveSettings(input)
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map(({ key, problem }) => `${key} ${problem}`)
  }
}

/** The same for a typed configuration, as a JavaScript project without types could write it. */
export const faultsIn = (config: unknown): readonly string[] =>
  faultsOf({ config: config as NonNullable<SettingsInput['config']> })
