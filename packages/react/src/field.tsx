/** One field with its label and what is wrong with it, tied together for screen readers and password managers. */
import { type ChangeEvent, type ReactNode, useId, useState } from 'react'
import { useFieldErrors } from './form.tsx'
import { useLabels } from './provider.tsx'

/** A field of an account, as a project declares it. */
export interface ProfileField {
  /** On the wire. */
  readonly name: string
  /** Default: what the labels say for that name. */
  readonly label?: string
  readonly type?: 'text' | 'email' | 'integer' | 'boolean' | 'date'
  readonly required?: boolean
  readonly choices?: readonly string[]
  readonly maxLength?: number
  /** What browsers fill in (HTML, autofill field names). */
  readonly autoComplete?: string
  readonly defaultValue?: string | number | boolean | null
}

/** The fields that every account has. */
export const DEFAULT_FIELDS: readonly ProfileField[] = [
  { name: 'first_name', required: true, maxLength: 255, autoComplete: 'given-name' },
  { name: 'last_name', required: true, maxLength: 255, autoComplete: 'family-name' },
  { name: 'role', required: true, maxLength: 30, autoComplete: 'off' },
]

/** Attributes that tie an input to its label and its errors. */
function useTies(name: string) {
  const id = useId()
  const errors = useFieldErrors(name)
  const isWrong = errors.length > 0
  return {
    id,
    errors: isWrong && (
      // a field that has the focus already is not read once more
      <p
        id={`${id}-errors`}
        role={document.activeElement?.id === id ? 'alert' : undefined}
        className="doorward-error"
      >
        {errors.join(' ')}
      </p>
    ),
    input: {
      id,
      name,
      'aria-invalid': isWrong,
      ...(isWrong && { 'aria-describedby': `${id}-errors` }),
    },
  }
}

function Labelled({
  id,
  label,
  children,
}: {
  readonly id: string
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <div className="doorward-field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  )
}

/** Any field but a password. */
export function Field(field: ProfileField) {
  const labels = useLabels()
  const { id, input, errors } = useTies(field.name)
  return (
    <Labelled id={id} label={field.label ?? labels.fields[field.name] ?? field.name}>
      <Control field={field} ties={input} />
      {errors}
    </Labelled>
  )
}

function Control({ field, ties }: { readonly field: ProfileField; readonly ties: object }) {
  const { type = 'text', required = false, choices, autoComplete, maxLength, defaultValue } = field
  const shared = { ...ties, required, autoComplete }
  if (choices) {
    return (
      <select {...shared} defaultValue={String(defaultValue ?? '')}>
        <option value="" />
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  }
  if (type === 'boolean') return <input {...shared} type="checkbox" defaultChecked={defaultValue === true} />
  const email = type === 'email' && { type, autoCapitalize: 'none', spellCheck: false }
  const number = type === 'integer' && { type: 'text', inputMode: 'numeric' as const }
  return (
    <input
      {...shared}
      maxLength={maxLength}
      defaultValue={String(defaultValue ?? '')}
      {...{ type, ...email, ...number }}
    />
  )
}

/** What a password field is made of. */
export interface PasswordFieldProps {
  readonly name: string
  /** Default: what the labels say for that name. */
  readonly label?: string
  readonly autoComplete: 'current-password' | 'new-password'
  /** Shown below while it is typed: how strong it is, for example. */
  readonly describe?: ((password: string) => ReactNode) | undefined
}

/** A password, which can be shown. Nothing keeps anybody from pasting one. */
export function PasswordField({ name, label, autoComplete, describe }: PasswordFieldProps) {
  const labels = useLabels()
  const { id, input, errors } = useTies(name)
  const [isShown, show] = useState(false)
  const [password, setPassword] = useState('')
  const onChange = (event: ChangeEvent<HTMLInputElement>) => setPassword(event.target.value)
  return (
    <Labelled id={id} label={label ?? labels.fields[name] ?? name}>
      <div className="doorward-password">
        <input
          {...{ ...input, autoComplete, required: true, spellCheck: false, autoCapitalize: 'none' }}
          type={isShown ? 'text' : 'password'}
          {...(describe && { onChange })}
        />
        <button type="button" aria-pressed={isShown} aria-controls={id} onClick={() => show(!isShown)}>
          {labels.showPassword}
        </button>
      </div>
      {errors}
      {describe?.(password)}
    </Labelled>
  )
}

/** The address somebody signs in with; password managers know it by `username`. */
export const EmailField = ({ name = 'email' }: { readonly name?: string }) => (
  <Field name={name} type="email" required autoComplete="username" maxLength={255} />
)

/** Tells password managers whose password this is, where people need not be told. */
export const HiddenUsername = ({ email }: { readonly email: string }) => (
  <input type="email" name="username" autoComplete="username" value={email} readOnly hidden />
)
