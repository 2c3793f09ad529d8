import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentOf, contrast } from './accent.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

describe('the colour of a project', () => {
  it('stays as it is where it can be read', () => {
    expect(accentOf('#2450c4')).toMatchObject({ light: '#2450c4', onLight: '#ffffff' })
    expect(accentOf('#9db8ff')).toMatchObject({ dark: '#9db8ff', onDark: '#0b0f17' })
  })

  it('can be read in every shade that is made of it, whatever colour it is (WCAG 2.2, 1.4.3)', () => {
    fc.assert(
      fc.property(color, (hex) => {
        const { light, onLight, dark, onDark } = accentOf(hex)
        expect(contrast(light, '#f4f5f8')).toBeGreaterThanOrEqual(4.5)
        expect(contrast(dark, '#222a37')).toBeGreaterThanOrEqual(4.5)
        expect(contrast(onLight, light), hex).toBeGreaterThanOrEqual(4.5)
        expect(contrast(onDark, dark), hex).toBeGreaterThanOrEqual(4.5)
      }),
    )
  })
})
