/** How a setting of Djoser or SimpleJWT is described: what stands for it here, or why nothing does. */
import type { SettingKey } from './table.ts'

/** One setting of the other side. */
export interface Counterpart {
  /** Its name; entries of a dictionary as `SERIALIZERS.activation`. */
  readonly name: string
  /** Its default there, as Python writes it. */
  readonly initial: string
  /** The settings that stand for it here. */
  readonly here: readonly SettingKey[]
  /** Why there is none, or what is different. */
  readonly note: string
}

/** A setting that has a counterpart. */
export const same = (name: string, initial: string, here: SettingKey, note = ''): Counterpart => ({
  name,
  initial,
  here: [here],
  note,
})
/** A setting that has none, and why. */
export const none = (name: string, initial: string, note: string): Counterpart => ({
  name,
  initial,
  here: [],
  note,
})
