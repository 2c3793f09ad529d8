/**
 * A form: sent once however often the button is pressed, its faults beside their fields, the first of them in focus.
 * Fields keep their own values, so that browsers and password managers can fill them in.
 */
import type { ReactNode } from 'react'
import { createContext, use, useEffect, useRef, useState } from 'react'
import type { ButtonProps } from '../components/button.tsx'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { useTexts } from '../i18n/texts.ts'
import type { Faults } from './faults.ts'
import { faultsOf, hasFaults, NO_FAULTS } from './faults.ts'

/** What was filled in, by the names of the fields. */
export type Values = Readonly<Record<string, string>>

interface FormState {
  readonly faults: Faults
  readonly busy: boolean
  forget(field: string): void
}

const Context = createContext<FormState>({ faults: NO_FAULTS, busy: false, forget: () => {} })

/** The form around a field. */
export const useForm = (): FormState => use(Context)

/** What a form is made of. */
export interface FormProps {
  /** Sends the values. What it throws is shown. */
  readonly send: (values: Values) => Promise<void>
  /** Looks at the values before they are sent; what it finds is shown instead. */
  readonly check?: (values: Values) => Faults
  /** Whether what was typed is of no use any more once it was sent. */
  readonly empties?: boolean
  readonly children: ReactNode
}

const namesOf = (form: HTMLFormElement): ReadonlySet<string> =>
  new Set([...form.elements].map((element) => (element as HTMLInputElement).name).filter(Boolean))

function valuesOf(form: HTMLFormElement): Values {
  const entries = [...new FormData(form)].filter((entry): entry is [string, string] =>
    entry.every((part) => typeof part === 'string'),
  )
  return Object.fromEntries(entries)
}

/** A form. */
export function Form({ send, check, empties = false, children }: FormProps) {
  const texts = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const isSending = useRef(false)
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState(NO_FAULTS)
  const [changed, setChanged] = useState<readonly string[]>([])
  const [spoken, setSpoken] = useState(texts)
  // in another language only the server could say what was wrong, and only if the form was sent once more
  if (spoken !== texts) {
    setSpoken(texts)
    setFound(NO_FAULTS)
  }
  const tell = (next: Faults): void => {
    setFound(next)
    setChanged([])
  }

  useEffect(() => {
    if (!hasFaults(found)) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    wrong?.focus()
    wrong?.scrollIntoView({ block: 'nearest' })
    // not when a field is changed: whoever types stays there
  }, [found])

  const submit = async (element: HTMLFormElement): Promise<void> => {
    if (isSending.current) return
    const values = valuesOf(element)
    const missing = withRequired(element, check?.(values) ?? NO_FAULTS, texts.faults.required)
    tell(missing)
    if (hasFaults(missing)) return
    isSending.current = true
    setBusy(true)
    try {
      await send(values)
      if (empties) empty(element)
    } catch (error) {
      tell(faultsOf(error, namesOf(element), texts))
    } finally {
      isSending.current = false
      setBusy(false)
    }
  }

  const forget = (field: string): void => setChanged((now) => (now.includes(field) ? now : [...now, field]))
  const faults = without(changed, found)

  return (
    <Context value={{ faults, busy, forget }}>
      <form
        ref={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        {faults.form.length > 0 && (
          <Notice kind="wrong">
            {faults.form.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Notice>
        )}
        {children}
      </form>
    </Context>
  )
}

/** What was said about a field is true until it is changed. */
const without = (changed: readonly string[], { form, fields }: Faults): Faults => ({
  form,
  fields: Object.fromEntries(Object.entries(fields).filter(([name]) => !changed.includes(name))),
})

/** Empties a form, and lets its fields know; the button that was pressed keeps the focus. */
function empty(form: HTMLFormElement): void {
  form.reset()
  for (const element of form.elements) element.dispatchEvent(new Event('input', { bubbles: true }))
}

function withRequired(form: HTMLFormElement, found: Faults, sentence: string): Faults {
  const missing = [...form.elements].filter(
    (element): element is HTMLInputElement =>
      element instanceof HTMLElement &&
      'validity' in element &&
      (element as HTMLInputElement).validity.valueMissing,
  )
  const fields = Object.fromEntries(missing.map(({ name }) => [name, [sentence]]))
  return { ...found, fields: { ...found.fields, ...fields } }
}

/** The button that sends the form around it. */
export function SubmitButton({ look, children }: Pick<ButtonProps, 'look' | 'children'>) {
  const { busy } = useForm()
  const texts = useTexts()
  return (
    <>
      <Button type="submit" wide busy={busy} {...(look && { look })}>
        {children}
      </Button>
      <span className="hidden" role="status">
        {busy ? texts.common.working : ''}
      </span>
    </>
  )
}
