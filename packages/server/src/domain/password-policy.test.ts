import { describe, expect, it } from 'vitest'
import { commonPasswords } from '../passwords/common-passwords.ts'
import { sentence } from './errors.ts'
import type { PasswordPolicy, PersonalFact } from './password-policy.ts'
import { passwordIssues } from './password-policy.ts'

const POLICY: PasswordPolicy = { minLength: 8, maxLength: 1024, common: commonPasswords() }
const GOOD = 'Kiddie-Ride-4821'

const person = (first = '', last = '', email = ''): PersonalFact[] => [
  { label: 'first name', value: first },
  { label: 'last name', value: last },
  { label: 'email', value: email },
]
const sentences = (password: string, about = person(), policy = POLICY) =>
  passwordIssues(password, about, policy, 'password').map((problem) => sentence(problem))

const SHORT = 'This password is too short. It must contain at least 8 characters.'
const COMMON = 'This password is too common.'
const NUMERIC = 'This password is entirely numeric.'
const similarTo = (what: string) => `The password is too similar to the ${what}.`

describe('a new password | a good one', () => {
  it.each([GOOD, 'пароль-🎠-карусель', ' eight ch', '\u0000'.repeat(8)])('is taken: %j', (password) => {
    expect(sentences(password, person('Tina', 'Smith', 'tina@example.com'))).toEqual([])
  })
})

describe('a new password | everything that is wrong with it', () => {
  it("is told at once, in the order of Django's validators, with the field it stands in", () => {
    expect(passwordIssues('12345', person('12345'), POLICY, 'new_password')).toEqual([
      { path: 'new_password', code: 'password_too_similar', params: { attribute: 'first name' } },
      { path: 'new_password', code: 'password_too_short', params: { min: 8 } },
      { path: 'new_password', code: 'password_too_common' },
      { path: 'new_password', code: 'password_entirely_numeric' },
    ])
  })

  it('is told of an empty one too', () => {
    expect(sentences('')).toEqual([SHORT])
  })
})

describe('a new password | its length', () => {
  it('is counted in characters, not in UTF-16 units or bytes', () => {
    expect(sentences('🎠'.repeat(7))).toEqual([SHORT])
    expect(sentences('🎠'.repeat(8))).toEqual([])
    const policy = { ...POLICY, maxLength: 10 }
    expect(sentences('🎠'.repeat(10), person(), policy)).toEqual([])
    expect(sentences('🎠'.repeat(11), person(), policy)).toEqual([
      'This password is too long. It must contain at most 10 characters.',
    ])
  })

  it('may be a million: the answer still comes at once, whatever is in it', () => {
    const policy = { ...POLICY, maxLength: 1_000_000 }
    const start = performance.now()
    for (const filling of ['a', ' ', '5', '@']) {
      sentences(`x${filling.repeat(999_998)}x`, person('Tina', 'x y '.repeat(60), 'tina@example.com'), policy)
    }
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe('a new password | one that everybody tries first', () => {
  it.each(['password', 'PassWord', '  password  ', '\u001cpassword\u0085', 'trustno1'])(
    'is refused: %j',
    (text) => {
      expect(sentences(text)).toEqual([COMMON])
    },
  )

  it('is another one with a byte order mark in front, as in Python', () => {
    expect(sentences('\ufeffpassword')).toEqual([])
  })

  it("is any of Django's list, which is read once", () => {
    expect(commonPasswords().size).toBe(19_727)
    expect(commonPasswords()).toBe(commonPasswords())
  })
})

describe('a new password | digits alone', () => {
  it.each(['4821930571', '٤٨٢١٩٣٠٥', '⁴⁸²¹⁹³⁰⁵', '①②③④⑤⑥⑦⑧', '𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟'])(
    'are refused in any script: %s',
    (text) => {
      expect(sentences(text)).toEqual([NUMERIC])
    },
  )

  it.each(['48219305a', '4821 9305', 'ⅧⅧⅧⅧⅧⅧⅧⅧ', '½½½½½½½½', '-48219305'])(
    'with something else are taken: %s',
    (text) => {
      expect(sentences(text)).toEqual([])
    },
  )
})

describe('a new password | like the person', () => {
  it('is refused when it is like the first name, the last name or the address, in any letters', () => {
    expect(sentences('alessandra1', person('Alessandra'))).toEqual([similarTo('first name')])
    expect(sentences('WINTERBOTTOM', person('Tina', 'Winterbottom'))).toEqual([similarTo('last name')])
    expect(sentences('tina.smith@example', person('', '', 'tina.smith@example.com'))).toEqual([
      similarTo('email'),
    ])
  })

  it('is refused when it is like one word of a name or one part of the address', () => {
    expect(sentences('carmencita', person('Maria Carmencita de la Cruz'))).toEqual([similarTo('first name')])
    expect(sentences('tina.example', person('', '', 'x@tinaexample.com'))).toEqual([similarTo('email')])
  })

  it('names only the first that it is like', () => {
    expect(
      sentences('winterbottom', person('Winterbottom', 'Winterbottom', 'winterbottom@example.com')),
    ).toEqual([similarTo('first name')])
  })

  it('is refused when the letters are only in another order', () => {
    expect(sentences('ardnassela', person('Alessandra'))).toEqual([similarTo('first name')])
  })

  it('is refused from 0.7 on and taken below', () => {
    expect(sentences('qwfpbgj123', person('qwfpbgjxyz'))).toEqual([similarTo('first name')])
    expect(sentences('qwfpbg1234', person('qwfpbgjxyz'))).toEqual([])
  })

  it('splits words as Python does: at accents that combine, not at letters of any script', () => {
    expect(sentences('qwfpbgjl', person('zzzzzzz\u0301qwfpbgjl'))).toEqual([similarTo('first name')])
    expect(sentences('карусель', person('Анна-Карусель'))).toEqual([similarTo('first name')])
    expect(sentences('qwfpbgjl', person('жжжжжжжqwfpbgjl'))).toEqual([])
  })

  it('is compared without what is not known', () => {
    expect(sentences(GOOD, person())).toEqual([])
    expect(sentences(GOOD, [])).toEqual([])
  })
})

describe('a new password | like the site', () => {
  const policy = { ...POLICY, contextWords: ['Walkiddie Carousels'] }

  it('is refused when the site is named in the policy, after what concerns the person', () => {
    expect(sentences('walkiddie1', person(), policy)).toEqual([similarTo('site name')])
    expect(sentences('walkiddie1', person('Walkiddie'), policy)).toEqual([similarTo('first name')])
    expect(sentences(GOOD, person(), policy)).toEqual([])
  })
})
