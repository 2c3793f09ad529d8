/** The fields of the profile: those of the tutorial, and those that the project declares. */
import type { Texts } from '../i18n/texts.ts'
import { useTexts } from '../i18n/texts.ts'
import type { PageField } from '../settings.ts'
import { CheckField, SelectField, TextField } from './fields.tsx'
import type { Values } from './form.tsx'

type ProfileValue = string | number | boolean | null

const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  first_name: 'given-name',
  last_name: 'family-name',
  role: 'organization-title',
}

/** What a field is called: in our words, the project's, or its name made readable. */
export function labelOf({ name, description }: PageField, { fields }: Texts): string {
  if (name === 'first_name' || name === 'last_name' || name === 'role') return fields[name]
  const words = description ?? name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** One field, by its type. */
export function ProfileField({ field, value }: { field: PageField; value?: ProfileValue | undefined }) {
  const texts = useTexts()
  const { name, type, required, maxLength, choices } = field
  const named = { name, label: labelOf(field, texts) }
  const shared = { ...named, optional: !required }
  const given = value === null || value === undefined ? '' : String(value)
  if (type === 'boolean') return <CheckField {...named} checked={value === true || value === 'on'} />
  if (choices) {
    const known = Object.fromEntries(choices.map((choice) => [choice, choice]))
    return <SelectField {...shared} defaultValue={given} choices={{ '': texts.fields.choose, ...known }} />
  }
  return (
    <TextField
      {...shared}
      {...(name === 'role' && { hint: texts.fields.roleHint })}
      {...(type === 'integer' && { inputMode: 'numeric' as const })}
      type={type === 'date' ? 'date' : 'text'}
      autoComplete={AUTOCOMPLETE[name] ?? 'off'}
      maxLength={maxLength ?? 255}
      defaultValue={given}
    />
  )
}

/** What a form says about these fields, as the API takes it. */
export const profileOf = (fields: readonly PageField[], values: Values): Record<string, ProfileValue> =>
  Object.fromEntries(
    fields.map(({ name, type }) => {
      const text = values[name] ?? ''
      if (type === 'boolean') return [name, text === 'on']
      return [name, text === '' && type !== 'text' ? null : text]
    }),
  )
