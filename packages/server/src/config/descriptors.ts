/** How one setting is described: its type, its defaults, its environment variable, and whose counterpart it is. */

/** What is wrong with a value, and what to write instead. Neither ever repeats the value: it may be a secret. */
export interface Objection {
  /** Which entry of the value, for values that have entries: `phone` in `users.fields`. */
  readonly at?: string
  /** What is wrong, as the end of a sentence: `is not a whole number`. */
  readonly problem: string
  /** What to write instead, as a sentence. */
  readonly fix: string
}

/** Values that open what the secure default keeps shut; the start-up names each. */
export interface OptOut<T> {
  when(value: T): boolean
  /** What it costs, as the end of a sentence. */
  readonly risk: string
}

/** What every setting says of itself. `T` is the type of the resolved value. */
export interface SettingSpec<T> {
  readonly kind: 'text' | 'flag' | 'number' | 'duration' | 'list' | 'choice' | 'value'
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
  /** Further words that the environment may use for a choice. */
  readonly synonyms?: Readonly<Record<string, string>>
  readonly min?: number
  readonly max?: number
  /** Whether `null` stands for "unset". */
  readonly nullable?: boolean
  /** Further check of a value that has the right type; for `value` settings the only one. */
  check?(value: T): readonly Objection[]
  readonly optOut?: OptOut<T>
}

type Common<T> = Omit<SettingSpec<T>, 'kind' | 'nullable'>

/** The description of a length of time; a configuration may write it as `5m`. */
export type DurationSpec = SettingSpec<number> & { readonly kind: 'duration' }

/** A text. */
export const text = (spec: Common<string>): SettingSpec<string> => ({ kind: 'text', ...spec })
/** A text that may be unset. */
export const optionalText = (spec: Common<string | null>): SettingSpec<string | null> => ({
  kind: 'text',
  nullable: true,
  ...spec,
})
/** On or off; in the environment `true/false`, `on/off`, `yes/no`, `1/0`. */
export const flag = (spec: Common<boolean>): SettingSpec<boolean> => ({ kind: 'flag', ...spec })
/** A whole number with bounds. */
export const number = (spec: Common<number>): SettingSpec<number> => ({ kind: 'number', ...spec })
/** A length of time, resolved to seconds; written as seconds or as `90s`, `5m`, `24h`, `30d`. */
export const duration = (spec: Common<number>): DurationSpec => ({ kind: 'duration', ...spec })
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

/** An opt-out that happens when a flag is on, or off. */
export const optOutWhen = (state: boolean, risk: string): OptOut<boolean> => ({
  when: (value) => value === state,
  risk,
})
