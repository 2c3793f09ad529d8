import { describe, expect, it } from 'vitest'
import { AUDIT_ACTION_CODES } from '../../../packages/server/src/domain/audit.ts'
import { en } from '../src/locales/en.ts'
import { id } from '../src/locales/id.ts'

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

  it.each([
    ['en', en],
    ['id', id],
  ])('are all there in %s, and none is blank', (_, texts) => {
    expect(leaves(texts, '').filter((leaf) => /: *$|undefined|\[object/.test(leaf))).toEqual([])
  })

  it('are translated: hardly a word is the same in English', () => {
    const english = new Set(leaves(en, ''))
    const own = leaves(id, '')
    expect(own.filter((leaf) => english.has(leaf)).length / own.length).toBeLessThan(0.05)
  })
})
