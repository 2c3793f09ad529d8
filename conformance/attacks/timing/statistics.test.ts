import { describe, expect, it } from 'vitest'
import { median, medianInterval, signedRankZ } from './statistics.ts'

/** Numbers that look like chance and are the same each time (a linear congruential generator). */
function chance(): () => number {
  let state = 1
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31
    return state / 2 ** 31
  }
}

/** Differences of two times that are mostly a little and sometimes much longer, as on a busy machine. */
function differences(count: number, shift: number): readonly number[] {
  const next = chance()
  const time = () => 20 + next() + (next() < 0.05 ? 30 * next() : 0)
  return Array.from({ length: count }, () => time() + shift - time())
}

describe('the middle value', () => {
  it.each([
    [[], 0],
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected)
  })
})

describe("Wilcoxon's test of times in pairs", () => {
  it('gives the figure of the textbook', () => {
    // ranks of the positive ones: 2, 4, 5 → 11; mean 7.5, deviation √13.75
    expect(signedRankZ([-1, 2, -3, 4, 5])).toBeCloseTo((11 - 7.5) / Math.sqrt(13.75), 10)
  })

  it('finds no difference where there is none, in spite of outliers', () => {
    expect(Math.abs(signedRankZ(differences(2000, 0)))).toBeLessThan(3)
  })

  it('finds one that is far smaller than the outliers, with its sign', () => {
    expect(signedRankZ(differences(2000, 0.2))).toBeGreaterThan(8)
    expect(signedRankZ(differences(2000, -0.2))).toBeLessThan(-8)
  })

  it('passes over pairs that are the same', () => {
    expect(signedRankZ([0, 0, 0])).toBe(0)
  })
})

describe('the interval of the median', () => {
  it('holds the difference that was put in, and not nothing', () => {
    const [low, high] = medianInterval(differences(2000, 0.2))
    expect(low).toBeGreaterThan(0)
    expect(low).toBeLessThan(0.2)
    expect(high).toBeGreaterThan(0.2)
  })
})
