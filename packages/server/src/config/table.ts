/** The table of `schema.ts` as rows, for everything that goes through all settings one by one. */
import type { SettingSpec } from './descriptors.ts'
import { SETTINGS } from './schema.ts'

type Table = typeof SETTINGS

/** The name of a setting: `section.key`. */
export type SettingKey = {
  [Section in keyof Table]: `${Section}.${keyof Table[Section] & string}`
}[keyof Table]

/** One setting and where it stands. */
export interface Row {
  readonly section: keyof Table
  readonly name: string
  /** `section.name`. */
  readonly key: SettingKey
  readonly spec: SettingSpec<unknown>
}

const rowsOf = (section: keyof Table): readonly Row[] =>
  Object.entries<SettingSpec<unknown>>(SETTINGS[section]).map(([name, spec]) => ({
    section,
    name,
    key: `${section}.${name}` as SettingKey,
    spec,
  }))

/** The sections, in the order of the table. */
export const SECTIONS = Object.keys(SETTINGS) as readonly (keyof Table)[]

/** All settings, in the order of the table. */
export const ROWS: readonly Row[] = SECTIONS.flatMap(rowsOf)

const ENV_BY_KEY = new Map(ROWS.map((row) => [row.key, row.spec.env]))

/** The environment variable of a setting, if it has one. */
export const envOf = (key: SettingKey): string | undefined => ENV_BY_KEY.get(key)
