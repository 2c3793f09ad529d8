/** What went wrong, as forms show it: beside the field that it is about, or above all of them. */
import { isDoorwardClientError } from '@doorward/client'
import type { Texts } from '../i18n/texts.ts'

/** Sentences about the form as a whole, and by field. */
export interface Faults {
  readonly form: readonly string[]
  readonly fields: Readonly<Record<string, readonly string[]>>
}

/** Nothing is wrong. */
export const NO_FAULTS: Faults = { form: [], fields: {} }

/** Whether anything is wrong. */
export const hasFaults = ({ form, fields }: Faults): boolean =>
  form.length > 0 || Object.values(fields).some((sentences) => sentences.length > 0)

/** What to tell about an error that belongs to no form; nothing if only the server knows, and `isCurrent` says that it spoke another language. */
export function sentencesOf(error: unknown, texts: Texts, isCurrent = true): readonly string[] {
  if (!isDoorwardClientError(error)) return [texts.faults.unforeseen]
  if (error.code === 'network_error') return [texts.faults.network]
  if (error.code === 'unexpected_answer') return [texts.faults.server]
  if (!isCurrent) return []
  return error.issues.length > 0 ? error.issues.map(({ message }) => message) : [error.message]
}

/** An error of the client, spread over the fields that the form has. */
export function faultsOf(error: unknown, names: ReadonlySet<string>, texts: Texts): Faults {
  if (!isDoorwardClientError(error) || error.issues.length === 0) {
    return { form: sentencesOf(error, texts), fields: {} }
  }
  const form: string[] = []
  const fields: Record<string, string[]> = {}
  for (const { path, message } of error.issues) {
    if (path !== null && names.has(path)) fields[path] = [...(fields[path] ?? []), message]
    else form.push(message)
  }
  return { form, fields }
}
