/**
 * One tab at a time, but never at any price: who waits too long for a tab that hangs goes on without the lock. That is
 * safe, because of two simultaneous refreshes with one token both get the same successor.
 */

/** How long to wait for other tabs, in milliseconds. */
const PATIENCE = 5000

/** Runs `work` while no other tab runs any under that name; at once without a name, or where there are no Web Locks. */
export function withLock<T>(name: string | null, work: () => Promise<T>, patience = PATIENCE): Promise<T> {
  const locks = globalThis.navigator?.locks
  if (name === null || !locks) return work()
  return new Promise((resolve) => {
    let result: Promise<T> | null = null
    const run = () => {
      clearTimeout(timer)
      result ??= work()
      resolve(result)
      return result
    }
    const waiting = new AbortController()
    const timer = setTimeout(() => {
      waiting.abort()
      run()
    }, patience)
    // a refusal of the lock itself (a sandboxed frame, an aborted wait) is no reason not to work
    locks.request(name, { signal: waiting.signal }, run).then(undefined, () => void run())
  })
}
