/** Passwords: shown on request, pasted freely, known to password managers, and rated while a new one is typed. */
import { useState } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { settings } from '../settings.ts'
import type { FieldParts } from './fields.tsx'
import { Field } from './fields.tsx'
import type { Candidate } from './strength.tsx'
import { Strength } from './strength.tsx'

/** Tells password managers whose password is asked for, where people need not be told. */
export const HiddenUsername = ({ email }: { email: string }) => (
  <input type="email" name="email" autoComplete="username" defaultValue={email} hidden readOnly />
)

/** The password that the person has. */
export function PasswordField({ name, label }: { name: string; label?: string }) {
  const texts = useTexts()
  return (
    <Field name={name} label={label ?? texts.fields.password}>
      {(parts) => <PasswordInput parts={parts} autoComplete="current-password" />}
    </Field>
  )
}

/** Fields of the same form that a password must not resemble. */
const ABOUT = ['email', 'first_name', 'last_name']

function candidateOf({ value, form }: HTMLInputElement): Candidate {
  const about = ABOUT.map((name) => form?.elements.namedItem(name))
  const words = about.map((field) => (field instanceof HTMLInputElement ? field.value : ''))
  return { password: value, about: words.filter((word) => word !== '') }
}

/** The password that the person will have. */
export function NewPasswordField({ name, label }: { name: string; label?: string }) {
  const texts = useTexts()
  const [candidate, setCandidate] = useState<Candidate>({ password: '', about: [] })
  return (
    <Field
      name={name}
      label={label ?? texts.fields.newPassword}
      hint={texts.passwords.rule(settings.passwords.minLength)}
      below={<Strength candidate={candidate} />}
    >
      {(parts) => (
        <PasswordInput
          parts={parts}
          autoComplete="new-password"
          onType={(input) => setCandidate(candidateOf(input))}
        />
      )}
    </Field>
  )
}

function PasswordInput({
  parts: { onInput, ...parts },
  autoComplete,
  onType,
}: {
  parts: FieldParts
  autoComplete: 'current-password' | 'new-password'
  onType?: (input: HTMLInputElement) => void
}) {
  const texts = useTexts()
  const [shown, setShown] = useState(false)
  return (
    <div className="with-button">
      <input
        {...parts}
        className="input"
        type={shown ? 'text' : 'password'}
        autoComplete={autoComplete}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={settings.passwords.maxLength}
        onInput={(event) => {
          onInput()
          onType?.(event.currentTarget)
        }}
      />
      <button
        type="button"
        aria-label={shown ? texts.passwords.hideLong : texts.passwords.showLong}
        onClick={() => setShown(!shown)}
      >
        {shown ? texts.passwords.hide : texts.passwords.show}
      </button>
    </div>
  )
}
