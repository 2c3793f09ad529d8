import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveSettings } from '../config/resolve.ts'
import { afterAttempt, forgottenAt, parseLimit, type ThrottleState, waitOf } from './throttle.ts'

const MINUTE = 60_000
const { throttle } = resolveSettings().settings
const limit = parseLimit(throttle.signInNetwork) ?? expect.fail('not a limit')

/** Tries at once whenever it may; returns the waits before each attempt. */
function waitsOfSomebodyWhoNeverStops(attempts: number): readonly number[] {
  let state: ThrottleState | undefined
  let now = 1_700_000_000_000
  return Array.from({ length: attempts }, () => {
    const wait = waitOf(state, limit, now)
    now += wait
    state = afterAttempt(state, limit, now)
    return wait
  })
}

describe('a limit | how it is written', () => {
  it('says how many, in which time they are forgiven, and the first and the longest wait', () => {
    expect(parseLimit('5 per 1h, then 2s to 15m')).toEqual({
      free: 5,
      forgiveAfter: 720_000,
      delay: 2000,
      longest: 900_000,
    })
  })

  it.each([
    '',
    '5 per 1h',
    '0 per 1h, then 1s to 1m',
    '5 per 0h, then 1s to 1m',
    '5 per 1h, then 1m to 1s',
    '5 per 1h, then 0s to 1m',
    '-5 per 1h, then 1s to 1m',
    '5 per 1h, then 1s to 1m\n',
  ])('refuses what lets nobody in or never lets anybody wait: %j', (text) => {
    expect(parseLimit(text)).toBeNull()
  })
})

describe('a limit | guessing', () => {
  it('is free five times, then waits twice as long each time, and never longer than 15 minutes', () => {
    const waits = waitsOfSomebodyWhoNeverStops(20).map((wait) => Math.round(wait / 1000))
    expect(waits.slice(0, 9)).toEqual([0, 0, 0, 0, 0, 2, 4, 8, 16])
    expect(Math.max(...waits)).toBeLessThanOrEqual(900)
  })

  it('gives some hundred guesses in a day, however long it is kept up', () => {
    const waits = waitsOfSomebodyWhoNeverStops(200)
    let time = 0
    const within = waits.filter((wait) => {
      time += wait
      return time <= 86_400_000
    })
    expect(within.length).toBeLessThan(115)
    expect(waits.slice(20).every((wait) => wait === 15 * MINUTE)).toBe(true)
  })

  it('is forgiven one by one as time goes by', () => {
    const now = 1_700_000_000_000
    const five = { level: 5, at: now }
    expect(waitOf(five, limit, now + 1000)).toBe(1000)
    expect(afterAttempt(five, limit, now + 48 * MINUTE)).toEqual({ level: 5, at: now + 48 * MINUTE })
    expect(forgottenAt(five, limit)).toBe(now + 240 * MINUTE)
  })

  it('never lets a clock that is behind shorten or lengthen a wait beyond the longest', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.integer({ min: -10_000, max: 10_000 }),
        (level, skew) => {
          const wait = waitOf({ level, at: 1_700_000_000_000 }, limit, 1_700_000_000_000 + skew)
          expect(wait).toBeGreaterThanOrEqual(0)
          expect(wait).toBeLessThanOrEqual(limit.longest)
        },
      ),
    )
  })
})
