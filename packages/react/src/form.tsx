/**
 * The frame of all forms: reads what was entered, says what is wrong beside its field and puts the focus there, says
 * what is going on to people who do not see it, and lets nobody submit twice.
 */
import { DoorwardClientError, type Issue } from '@doorward/client'
import { createContext, type FormEvent, type ReactNode, use, useEffect, useRef, useState } from 'react'
import { useAction } from './actions.ts'
import { useLabels } from './provider.tsx'

/** What was entered, by the names of the fields. */
export type Values = Readonly<Record<string, string>>

/** What a form is made of. */
export interface FormProps {
  /** Sends what was entered. What it throws is shown. */
  readonly act: (values: Values) => Promise<void>
  /** What is on the button. */
  readonly button: string
  /** What is said once it worked; empty before, and for forms that give way to something else. */
  readonly done?: string | null
  readonly children?: ReactNode
}

const FormErrors = createContext<(path: string) => readonly string[]>(() => [])

/** The sentences about a field of the form around it. */
export const useFieldErrors = (path: string): readonly string[] => use(FormErrors)(path)

/** A form. */
export function Form({ act, button, done, children }: FormProps) {
  const labels = useLabels()
  const form = useRef<HTMLFormElement>(null)
  const [worked, setWorked] = useState(false)
  const { run, pending, error } = useAction(async (element: HTMLFormElement) => {
    setWorked(false)
    refuseBlank(element)
    await act(valuesOf(element))
    setWorked(true)
  })
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    void run(event.currentTarget)
  }
  const sentence = useSentence(error)
  const sentences = (path: string) =>
    (error?.issues ?? []).filter((issue) => issue.path === path).flatMap(sentence)
  return (
    <form ref={form} className="doorward-form" noValidate onSubmit={submit}>
      <FormErrors value={sentences}>
        {error && <Failure error={error} form={form.current} />}
        {children}
        <button type="submit" aria-disabled={pending}>
          {button}
        </button>
        <p role="status" className="doorward-status">
          {pending ? labels.working : worked && done}
        </p>
      </FormErrors>
    </form>
  )
}

/** What no field of the form shows: refusals of the whole, and of fields that are not there. */
function Failure({
  error,
  form,
}: {
  readonly error: DoorwardClientError
  readonly form: HTMLFormElement | null
}) {
  const isHomeless = ({ path }: Issue) => path === null || !form?.elements.namedItem(path)
  return error.issues.length === 0 || error.issues.some(isHomeless) ? (
    <Refusal error={error} about={isHomeless} />
  ) : null
}

/** Why something was refused: said aloud, and all of it unless `about` chooses. */
export function Refusal({
  error,
  about = () => true,
}: {
  readonly error: DoorwardClientError
  readonly about?: (issue: Issue) => boolean
}) {
  const sentence = useSentence(error)
  const { issues, code, message } = error
  const told = issues.length === 0 ? [{ code, message }] : issues.filter(about)
  const sentences = new Set(told.flatMap(sentence))
  return sentences.size === 0 ? null : (
    <p role="alert" className="doorward-alert">
      {[...sentences].join(' ')}
    </p>
  )
}

/**
 * What is said about the issues of an error: the project's text for its code, else the server's sentence. That one is in
 * the language of the moment when it came, so nothing is said once another language is chosen.
 */
function useSentence(error: DoorwardClientError | null) {
  const { errors, locale } = useLabels()
  const [heard, setHeard] = useState({ error, locale })
  if (heard.error !== error) setHeard({ error, locale })
  return ({ code, message }: Pick<Issue, 'code' | 'message'>): readonly string[] => {
    const said = errors[code] ?? (heard.locale === locale ? message : '')
    return said === '' ? [] : [said]
  }
}

function valuesOf(form: HTMLFormElement): Values {
  const entries = [...new FormData(form)].map(([name, value]) => [name, String(value)] as const)
  return Object.fromEntries(entries)
}

/** Spares a request that would only say which fields are empty. */
function refuseBlank(form: HTMLFormElement): void {
  const inputs = [...form.querySelectorAll<HTMLInputElement>('[required]')]
  const isBlank = (input: HTMLInputElement) =>
    input.type === 'checkbox' ? !input.checked : input.value.trim() === ''
  refuse(inputs.filter(isBlank).map(({ name }) => ({ path: name, code: 'blank', message: '' })))
}

/** Throws issues as the server would, if there are any. */
export function refuse(issues: readonly Issue[]): void {
  const [first] = issues
  if (first) throw new DoorwardClientError({ code: first.code, message: first.message, status: 400, issues })
}

/** What takes the place of a form that has done its work. It gets the focus, which would be lost otherwise. */
export function Done({ children }: { readonly children: ReactNode }) {
  const message = useRef<HTMLDivElement>(null)
  useEffect(() => message.current?.focus(), [])
  return (
    <div ref={message} role="status" tabIndex={-1} className="doorward-done">
      {children}
    </div>
  )
}
