/** The fields of forms, each with its label, its hint and its faults tied to it. */
import type { ComponentProps, ReactNode } from 'react'
import { useId } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { useForm } from './form.tsx'

/** What every field has. */
export interface FieldProps {
  readonly name: string
  readonly label: string
  readonly hint?: ReactNode
  readonly optional?: boolean
}

/** What ties a field to its label, its hint and its faults. */
export interface FieldParts {
  readonly id: string
  readonly name: string
  readonly required: boolean
  readonly 'aria-invalid': true | undefined
  readonly 'aria-describedby': string | undefined
  onInput(): void
}

/** The frame of a field. */
export function Field({
  name,
  label,
  hint,
  optional = false,
  below,
  children,
}: FieldProps & { below?: ReactNode; children: (parts: FieldParts) => ReactNode }) {
  const id = useId()
  const texts = useTexts()
  const { faults, forget } = useForm()
  const wrong = faults.fields[name] ?? []
  const described = [hint ? `${id}-hint` : '', wrong.length > 0 ? `${id}-wrong` : ''].filter(Boolean)
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="optional"> {texts.common.optional}</span>}
      </label>
      {children({
        id,
        name,
        required: !optional,
        'aria-invalid': wrong.length > 0 || undefined,
        'aria-describedby': described.join(' ') || undefined,
        onInput: () => forget(name),
      })}
      {wrong.length > 0 && (
        // a field that has the focus already is not read once more
        <div
          id={`${id}-wrong`}
          className="stack stack--tight"
          role={document.activeElement?.id === id ? 'alert' : undefined}
        >
          {wrong.map((sentence) => (
            <p key={sentence} className="fault">
              <span aria-hidden="true">✕</span> {sentence}
            </p>
          ))}
        </div>
      )}
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {below}
    </div>
  )
}

type InputProps = Omit<ComponentProps<'input'>, 'name' | 'id' | 'required' | 'className'>

/** A line of text. */
export const TextField = ({ name, label, hint, optional, ...input }: FieldProps & InputProps) => (
  <Field {...{ name, label, hint, ...(optional && { optional }) }}>
    {(parts) => <input className="input" type="text" {...input} {...parts} />}
  </Field>
)

/** Yes or no: the box stands before its label, and can always be left alone. */
export const CheckField = ({
  checked = false,
  ...field
}: Omit<FieldProps, 'optional'> & { checked?: boolean }) => (
  <Field {...field}>
    {({ required: _, ...parts }) => (
      <input className="box" type="checkbox" defaultChecked={checked} {...parts} />
    )}
  </Field>
)

/** An e-mail address. */
export function EmailField({
  name = 'email',
  label,
  autoComplete = 'username',
  ...rest
}: Partial<FieldProps> & InputProps) {
  const texts = useTexts()
  return (
    <TextField
      {...rest}
      name={name}
      label={label ?? texts.fields.email}
      type="email"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={255}
    />
  )
}

/** One of a few. */
export const SelectField = ({
  name,
  label,
  hint,
  optional,
  choices,
  ...select
}: FieldProps & { choices: Readonly<Record<string, string>> } & Omit<
    ComponentProps<'select'>,
    'name' | 'id' | 'required' | 'className'
  >) => (
  <Field {...{ name, label, hint, ...(optional && { optional }) }}>
    {(parts) => (
      <select className="input" {...select} {...parts}>
        {Object.entries(choices).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Field>
)
