/** What is typed behind options: what is refused, and in which words. */
import { describe, expect, it } from 'vitest'
import { fileName, moment, wholeNumber } from '../src/arguments.ts'

describe('an argument', () => {
  it.each(['0', '-1', 'many', '1.5', '', '0x10', ' 1', '1000000000000000'])('is no number: %s', (text) => {
    expect(() => wholeNumber(text)).toThrow('Write a number from 1 on.')
  })

  it.each(['2030-02-31', '2030-13-01', '5', 'yesterday', '', '2030-01-31T25:00:00Z', '2030-01-31T12:00:00'])(
    'is no moment: %s',
    (text) => {
      expect(() => moment(text)).toThrow('Write a day or a moment')
    },
  )

  it.each(['', ' '])('is no name of a file: "%s"', (text) => {
    expect(() => fileName(text)).toThrow('Write the name of a file.')
  })

  it('is what it says', () => {
    expect([wholeNumber('1'), wholeNumber('999999999999999')]).toEqual([1, 999_999_999_999_999])
    expect(moment('2024-02-29')).toBe(Date.UTC(2024, 1, 29))
    expect(moment('2030-01-31T12:00:00+02:00')).toBe(Date.UTC(2030, 0, 31, 10))
    expect(fileName('a b.csv')).toBe('a b.csv')
  })
})
