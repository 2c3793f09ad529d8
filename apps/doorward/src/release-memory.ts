/** Gives back the memory that only the start needed. */

/**
 * Collects garbage once, thoroughly. Nearly all that a start allocates stays, so the engine makes room for young objects
 * sixteen times as large as it needs afterwards; it would keep that for as long as the process does little. Room for
 * young objects grows again with the load. Call it before anybody waits: it takes the time of a few collections.
 */
export async function releaseMemory(): Promise<void> {
  const { Session } = await import('node:inspector/promises')
  const session = new Session()
  try {
    session.connect()
    await session.post('HeapProfiler.collectGarbage')
  } catch {
    // `node --permission` forbids it: then the memory stays
  } finally {
    // not from within its answer: V8 holds a lock then that ending the session waits for, and the process would stand still
    setImmediate(() => session.disconnect())
  }
}
