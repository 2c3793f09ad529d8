import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accentProperties, contrast } from '../src/theme/accent.ts'

const color = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`)

describe('the colour of a project', () => {
  it('stays as it is where it can be read', () => {
    expect(accentProperties('#2450c4')).toMatchObject({
      '--accent-light': '#2450c4',
      '--on-accent-light': '#ffffff',
    })
  })

  it('can be read in every shade that is made of it, whatever colour it is (WCAG 2.2, 1.4.3)', () => {
    fc.assert(
      fc.property(color, (hex) => {
        const made = accentProperties(hex)
        expect(contrast(made['--accent-light'] ?? '', '#f4f5f8')).toBeGreaterThanOrEqual(4.5)
        expect(contrast(made['--accent-dark'] ?? '', '#222a37')).toBeGreaterThanOrEqual(4.5)
        for (const shade of ['light', 'dark']) {
          const [back, text] = [made[`--accent-${shade}`] ?? '', made[`--on-accent-${shade}`] ?? '']
          expect(contrast(back, text), hex).toBeGreaterThanOrEqual(4.5)
        }
      }),
    )
  })
})
