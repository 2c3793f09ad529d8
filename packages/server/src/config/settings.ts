/** The resolved configuration: complete and read-only. Its type follows from the table in `schema.ts`. */
import type { DurationSpec, SettingSpec } from './descriptors.ts'
import type { SETTINGS } from './schema.ts'

type Widened<T> = T extends string
  ? string extends T
    ? string
    : T
  : T extends boolean
    ? boolean
    : T extends number
      ? number
      : T
type ValueOf<S> = S extends SettingSpec<infer T> ? Widened<T> : never
type Table = typeof SETTINGS

/** A length of time as people write it; a bare number counts seconds. */
export type WrittenDuration = `${number}${'s' | 'm' | 'h' | 'd'}`

/** Every setting with its value. */
export type Settings = {
  readonly [Section in keyof Table]: {
    readonly [Key in keyof Table[Section]]: ValueOf<Table[Section][Key]>
  }
}

/** What a project writes: any part of the settings, and the preset it starts from. */
export type Config = {
  readonly preset?: 'djoser' | undefined
} & {
  readonly [Section in keyof Table]?: {
    readonly [Key in keyof Table[Section]]?:
      | ValueOf<Table[Section][Key]>
      | (Table[Section][Key] extends DurationSpec ? WrittenDuration : never)
      | undefined
  }
}

/** Names a project's configuration with its type, for `doorward.config.ts`. */
export const defineConfig = (config: Config): Config => config
