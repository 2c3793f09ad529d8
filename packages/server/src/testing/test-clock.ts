/** A clock that stands still until a test moves it. */
import type { Clock } from '../domain/clock.ts'

/** Time under the test's control. */
export interface TestClock extends Clock {
  /** Moves time forward by seconds, at once: nothing waits. */
  advance(seconds: number): void
}

/** Where test clocks start: noon of 1 January 2030, UTC, so that what is printed in a test is the same every day. */
const START = Date.UTC(2030, 0, 1, 12)

/** Makes a clock. `start` is milliseconds since 1970. TypeError when it would be moved backwards. */
export function createTestClock(start: number = START): TestClock {
  let now = start
  return {
    now: () => now,
    advance: (seconds) => {
      if (!(seconds >= 0)) throw new TypeError('clock.advance: time only moves forward')
      now += seconds * 1000
    },
  }
}
