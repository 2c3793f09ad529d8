/** From what was entered to what is sent. */
import type { ProfileField } from './field.tsx'
import { refuse, type Values } from './form.tsx'

/** The values of profile fields with their types; what was left empty is null. */
export function profileOf(
  values: Values,
  fields: readonly ProfileField[],
): Readonly<Record<string, string | boolean | null | undefined>> {
  const entries = fields.map(({ name, type }) => {
    const value = values[name] ?? ''
    return [name, type === 'boolean' ? value === 'on' : value === '' ? null : value] as const
  })
  return Object.fromEntries(entries)
}

/** Throws `password_mismatch` at the second field unless both are the same. */
export function refuseMismatch(path: string, first: string, second: string | undefined): void {
  if (first !== second) refuse([{ path, code: 'password_mismatch', message: '' }])
}
