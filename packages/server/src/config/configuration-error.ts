/** How a configuration is refused: everything that is wrong with it, at once. */

/** One thing that is wrong with the configuration. No text in it ever repeats a configured value. */
export interface Fault {
  /** The setting, as `section.key`, or the environment variable or file where there is no setting. */
  readonly key: string
  /** The environment variable that sets it, if there is one. */
  readonly env?: string | undefined
  /** What is wrong, as the end of a sentence that starts with the key. */
  readonly problem: string
  /** What to write instead. */
  readonly fix: string
}

/** A setting as people find it: its key, and the environment variable in brackets. */
export const settingName = (key: string, env: string | undefined): string => (env ? `${key} (${env})` : key)

/**
 * Thrown at start when the configuration cannot be used. It lists every fault, so that one reading is enough to
 * mend them all; it is a programmer's or operator's mistake and never reaches a client.
 */
export class ConfigurationError extends TypeError {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[], options?: ErrorOptions) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`
    const lines = faults.map(
      ({ key, env, problem, fix }) => `  ${settingName(key, env)} ${problem}.\n    → ${fix}`,
    )
    super([`The configuration has ${count}:`, ...lines].join('\n'), options)
    this.name = 'ConfigurationError'
    this.faults = faults
  }
}
