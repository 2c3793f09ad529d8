/** What forms look at before they are sent: only what saves a useless request. The server decides. */
import type { Texts } from '../i18n/texts.ts'
import { settings } from '../settings.ts'
import type { Faults } from './faults.ts'
import type { Values } from './form.tsx'

/** Looks at an address and a new password, if the form has them. */
export const checkForm =
  (texts: Texts, names: { email?: string; password?: string }) =>
  (values: Values): Faults => {
    const fields: Record<string, readonly string[]> = {}
    const { email = '', password = '' } = names
    const address = values[email] ?? ''
    if (address !== '' && !/^[^\s@]+@[^\s@]+$/.test(address.trim())) fields[email] = [texts.faults.email]
    const typed = values[password] ?? ''
    const { minLength } = settings.passwords
    if (typed !== '' && [...typed].length < minLength) fields[password] = [texts.faults.short(minLength)]
    return { form: [], fields }
  }
