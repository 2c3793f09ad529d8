import { describe, expect, it } from 'vitest'
import { AUDIT_ACTION_CODES } from '../../../packages/server/src/domain/audit.ts'
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

describe('the texts of the pages', () => {
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
