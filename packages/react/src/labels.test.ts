/** Ten languages: whole, translated, and none in the bundle of a page that does not ask for it. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bundle } from '../../../test/bundle.ts'
import { de } from './labels/de.ts'
import { en } from './labels/en.ts'
import { es } from './labels/es.ts'
import { fr } from './labels/fr.ts'
import { id } from './labels/id.ts'
import { it as italian } from './labels/it.ts'
import { ja } from './labels/ja.ts'
import { nl } from './labels/nl.ts'
import { pt } from './labels/pt.ts'
import { zh } from './labels/zh.ts'
import type { Labels } from './labels.ts'
import { withLabels } from './labels.ts'

const TRANSLATED = Object.entries({ de, es, fr, id, it: italian, ja, nl, pt, zh })
const USER = { id: 1, email: 'tina@example.com', first_name: 'Tina', last_name: 'Santoso', role: 'buyer' }

/** Every text of a language, with values in those that take one. */
function texts({ locale: _, fields, errors, ...labels }: Labels): Readonly<Record<string, string>> {
  const values = { signedIn: USER, resendIn: 7, sessionsEnded: 2 }
  const said = Object.entries(labels).map(([name, text]) => {
    const value = values[name as keyof typeof values] ?? 'tina@example.com'
    return [name, typeof text === 'string' ? text : (text as (value: unknown) => string)(value)] as const
  })
  return { ...fields, ...errors, ...Object.fromEntries(said) }
}

describe('the languages of the forms', () => {
  it.each(TRANSLATED)(
    '%s has every text that English has, and none is blank or left in English',
    (code, labels) => {
      const english = texts(en)
      const own = texts(labels)
      expect(labels.locale).toBe(code)
      expect(Object.keys(own).toSorted()).toEqual(Object.keys(english).toSorted())
      expect(Object.values(own).filter((text) => /^\s*$|undefined|\[object/.test(text))).toEqual([])
      const same = Object.keys(own).filter((name) => own[name] === english[name])
      // a password is a password in Italian too
      expect(same.filter((name) => name !== 'password')).toEqual([])
    },
  )

  it.each(TRANSLATED)('%s puts in what a text is about', (_, labels) => {
    for (const name of [
      'checkMail',
      'resetMailed',
      'emailChanged',
      'emailMailed',
      'endSessionOn',
      'lastUsed',
    ] as const)
      expect(labels[name]('tina@example.com')).toContain('tina@example.com')
    expect(labels.signedIn(USER)).toContain(USER.email)
    expect(labels.resendIn(7)).toContain('7')
    expect(labels.sessionsEnded(1)).not.toBe(labels.sessionsEnded(2))
    expect(labels.sessionsEnded(2)).toContain('2')
  })

  it('can be changed one by one', () => {
    const changed = withLabels({ signIn: 'Los', fields: { role: 'Aufgabe' } }, de)
    expect(changed).toMatchObject({ signIn: 'Los', register: 'Konto anlegen' })
    expect(changed.fields).toMatchObject({ role: 'Aufgabe', password: 'Passwort' })
  })

  it('are in no bundle that does not import them, and come alone', async () => {
    const forms = await bundle(join(import.meta.dirname, 'index.ts'), ['react', 'react/jsx-runtime'])
    expect(forms).toContain(en.resetMailed('x').slice(-20))
    for (const [code, { signIn, errors }] of TRANSLATED) {
      expect(forms).not.toContain(errors.invalid_uid)
      const alone = await bundle(join(import.meta.dirname, `labels/${code}.ts`))
      expect(alone).toContain(signIn)
      expect(alone).not.toContain(en.errors.invalid_uid)
    }
  })
})
