/** How one setting is described: its type, its defaults, its environment variable, and whose counterpart it is. */

/** What every setting says of itself. `T` is the type of the resolved value. */
export interface SettingSpec<T> {
  readonly kind: 'text' | 'flag' | 'number' | 'duration' | 'list' | 'choice' | 'secret-list' | 'value'
  /** The secure default. */
  readonly default: T
  /** What `preset: 'djoser'` sets instead. */
  readonly djoser?: T
  /** Environment variable that sets it. */
  readonly env?: string
  /** The settings of Djoser, SimpleJWT or DRF that it stands for. */
  readonly counterpart?: string
  /** Purpose, and why the default is what it is: one or two sentences. */
  readonly doc: string
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Further check; returns what to write instead, or null. */
  readonly check?: (value: T) => string | null
}

type Common<T> = Omit<SettingSpec<T>, 'kind'>

/** A text. */
export const text = (spec: Common<string>): SettingSpec<string> => ({ kind: 'text', ...spec })
/** A text that may be unset. */
export const optionalText = (spec: Common<string | null>): SettingSpec<string | null> => ({
  kind: 'text',
  ...spec,
})
/** On or off; in the environment `true/false`, `on/off`, `yes/no`, `1/0`. */
export const flag = (spec: Common<boolean>): SettingSpec<boolean> => ({ kind: 'flag', ...spec })
/** A whole number with bounds. */
export const number = (spec: Common<number>): SettingSpec<number> => ({ kind: 'number', ...spec })
/** A length of time, resolved to seconds; written as seconds or as `90s`, `5m`, `24h`, `30d`. */
export const duration = (spec: Common<number>): SettingSpec<number> => ({ kind: 'duration', ...spec })
/** Several texts; in the environment separated by commas. */
export const list = (spec: Common<readonly string[]>): SettingSpec<readonly string[]> => ({
  kind: 'list',
  ...spec,
})
/** One of a few words. */
export const choice = <const C extends string>(
  choices: readonly C[],
  spec: Omit<Common<NoInfer<C>>, 'choices'>,
): SettingSpec<C> => ({ kind: 'choice', choices, ...spec })
/** Anything that only the typed configuration can give: functions, maps, objects. */
export const value = <T>(spec: Common<T>): SettingSpec<T> => ({ kind: 'value', ...spec })
