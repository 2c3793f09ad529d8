/** The two clocks of a device. Expiry is counted on the one that nobody can set. */
import { networkError } from './errors.ts'

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

/**
 * Calls work off that takes longer than `limit` milliseconds: then it throws `network_error`. By a timer of its own, for
 * React Native has no `AbortSignal.timeout`.
 */
export async function inTime<T>(limit: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), limit)
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? networkError(error) : error
  } finally {
    clearTimeout(timer)
  }
}
