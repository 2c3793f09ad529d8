import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ownPath } from '../src/own-path.ts'
import { readLink } from '../src/session/link-pattern.ts'

const ORIGIN = 'https://accounts.example.org'

describe('where a sign-in may lead to', () => {
  it('is a path of this site, with its query and fragment', () => {
    for (const path of ['/', '/account', '/admin/users/7?tab=mails#last', '/a%20b']) {
      expect(ownPath(path, ORIGIN)).toBe(path)
    }
  })

  it.each([
    null,
    '',
    'account',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '/a\\..\\..\\\\evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
  ])('is not %j', (wanted) => {
    expect(ownPath(wanted, ORIGIN)).toBeNull()
  })

  it('is never another site, whatever somebody writes', () => {
    const tricky = fc.stringMatching(/^[/\\.:@?#\t\n%a-z0-9]{0,20}$/)
    fc.assert(
      fc.property(fc.oneof(tricky, fc.string({ unit: 'binary' })), (wanted) => {
        const path = ownPath(wanted, ORIGIN)
        expect(path === null || new URL(path, ORIGIN).origin === ORIGIN).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('mailed links', () => {
  it('are read in the form that the project gives them', () => {
    const parts = { uid: 'MQ', token: 'cn2r5x-abc' }
    expect(readLink('activate/{uid}/{token}', '/activate/MQ/cn2r5x-abc')).toEqual(parts)
    expect(readLink('activate/{uid}/{token}', '/activate/MQ/cn2r5x-abc/')).toEqual(parts)
    expect(readLink('go/{token}?u={uid}', '/go/cn2r5x-abc?u=MQ')).toEqual(parts)
    expect(readLink('app.html#/activate/{uid}/{token}', '/app.html#/activate/MQ/cn2r5x-abc')).toEqual(parts)
  })

  it('are read with what trackers of mails add to them', () => {
    const parts = { uid: 'MQ', token: 'cn2r5x-abc' }
    const added = 'utm_source=mail&utm_medium=email'
    for (const [form, address] of [
      ['activate/{uid}/{token}', `/activate/MQ/cn2r5x-abc?${added}`],
      ['activate/{uid}/{token}', `/activate/MQ/cn2r5x-abc/?${added}#top`],
      ['go/{token}?u={uid}', `/go/cn2r5x-abc?u=MQ&${added}`],
      ['app.html#/activate/{uid}/{token}', `/app.html?${added}#/activate/MQ/cn2r5x-abc`],
    ] as const) {
      expect(readLink(form, address), address).toEqual(parts)
    }
  })

  it('are not seen in other addresses', () => {
    for (const address of ['/activate', '/activate/MQ', '/activate/MQ/a/b', '/x/activate/MQ/abc']) {
      expect(readLink('activate/{uid}/{token}', address)).toBeNull()
    }
  })
})
