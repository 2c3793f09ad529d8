/** A file that a command writes: it is there as a whole, or not at all. */
import { createWriteStream, existsSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * Writes a new file, readable by its owner alone. Until all of it is written it is called `….part`, so that nobody
 * takes a part for the whole; an error and Ctrl-C take that away. TypeError if there is such a file already.
 */
export async function writeNewFile(path: string, parts: AsyncIterable<string>): Promise<void> {
  refuseExisting(path)
  const part = `${path}.part`
  const discard = (): void => rmSync(part, { force: true })
  const leave = (signal: NodeJS.Signals): void => {
    discard()
    process.kill(process.pid, signal)
  }
  // of a run that was killed
  discard()
  for (const signal of ENDS) process.once(signal, leave)
  try {
    await pipeline(Readable.from(parts), createWriteStream(part, { flags: 'wx', mode: 0o600 }))
    refuseExisting(path)
    await rename(part, path)
  } catch (error) {
    discard()
    throw error
  } finally {
    for (const signal of ENDS) process.off(signal, leave)
  }
}

const ENDS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function refuseExisting(path: string): void {
  if (existsSync(path)) throw new TypeError(`${path} exists already. Give the name of a new file.`)
}
