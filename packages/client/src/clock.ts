/** The two clocks of a device. Expiry is counted on the one that nobody can set. */

/** Milliseconds. */
export interface Clock {
  /** Since some moment: never jumps, so it measures how much of a lifetime has gone. */
  monotonic(): number
  /** Since 1970 as the device believes it: only compared with what the same device said before. */
  wall(): number
}

/** The clocks of this device. */
export const deviceClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
}
