import type { Labels } from '@doorward/react'
import { describe, expect, it } from 'vitest'
import { AUDIT_ACTION_CODES } from '../../../packages/server/src/domain/audit.ts'
import type { Texts } from '../src/i18n/texts.ts'
import { de } from '../src/locales/de.ts'
import { en } from '../src/locales/en.ts'
import { es } from '../src/locales/es.ts'
import { fr } from '../src/locales/fr.ts'
import { id } from '../src/locales/id.ts'
import { it as italian } from '../src/locales/it.ts'
import { ja } from '../src/locales/ja.ts'
import { nl } from '../src/locales/nl.ts'
import { pt } from '../src/locales/pt.ts'
import { zh } from '../src/locales/zh.ts'

const TRANSLATED = Object.entries({ de, es, fr, id, it: italian, ja, nl, pt, zh })

/** What happens to the installation, not to somebody's account. */
const NOBODYS = /^(users_|audit_|key_|mail_retried)/

const leaves = (texts: unknown, path: string): readonly string[] =>
  typeof texts === 'object' && texts !== null
    ? Object.entries(texts).flatMap(([key, value]) => leaves(value, `${path}.${key}`))
    : [`${path}: ${typeof texts === 'function' ? texts(2) : texts}`]

/** What pages and forms of one's own both say. */
const shared = {
  ofPages: ({ fields, signIn, register, common, devices }: Texts) => [
    ...[fields.password, fields.currentPassword, fields.newPassword],
    ...[fields.first_name, fields.last_name, fields.role],
    ...[signIn.submit, register.submit, common.save, common.saved, common.working, devices.current],
  ],
  ofForms: ({ fields, ...labels }: Labels) => [
    ...[fields.password, fields.current_password, fields.new_password],
    ...[fields.first_name, fields.last_name, fields.role],
    ...[
      labels.signIn,
      labels.register,
      labels.saveProfile,
      labels.profileSaved,
      labels.working,
      labels.thisDevice,
    ],
  ],
}

describe('the texts of the pages', () => {
  it.each([['en', en] as const, ...TRANSLATED])(
    'call things in %s as the forms of @doorward/react do',
    async (code, texts) => {
      const labels: Record<string, Labels> = await import(`../../../packages/react/src/labels/${code}.ts`)
      expect(shared.ofForms(labels[code] as Labels)).toEqual(shared.ofPages(texts as Texts))
    },
  )

  it('have words for everything that can happen to an account', () => {
    const codes = AUDIT_ACTION_CODES.filter((code) => !NOBODYS.test(code))
    expect(Object.keys(en.actions).toSorted()).toEqual(codes.toSorted())
  })

  it.each([['en', en] as const, ...TRANSLATED])('are all there in %s, and none is blank', (_, texts) => {
    expect(leaves(texts, '').filter((leaf) => /: *$|undefined|\[object/.test(leaf))).toEqual([])
  })

  it.each(TRANSLATED)('are translated: hardly a word of %s is the same in English', (_, texts) => {
    const english = new Set(leaves(en, ''))
    const own = leaves(texts, '')
    expect(own.filter((leaf) => english.has(leaf)).length / own.length).toBeLessThan(0.05)
  })
})
