/**
 * Looks a password up among those known from data breaches (OWASP ASVS 5.0, V6.2.12): in a file, or at a host that
 * speaks the range API of Have I Been Pwned. The host learns 5 of the 40 digits of a SHA-1, never the password.
 */
import { createHash } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Secret } from '../domain/secret.ts'

/** Where to look. */
export interface BreachedOptions {
  /** Base address of a range API; empty for none. */
  readonly host: string
  /** A file of SHA-1 hashes in hexadecimal, one a line and sorted, each maybe with `:` and a count; null for none. */
  readonly file: string | null
  /** Told why a password could not be looked up, which lets it pass. */
  readonly onError: (error: unknown) => void
}

/** Passwords that are known from breaches. */
export interface BreachedPasswords {
  /** Never rejects: a host that is down must not keep people from choosing a password. */
  has(password: Secret): Promise<boolean>
}

/** Why a password could not be looked up: the host or the file is not what it should be. */
export class BreachedLookUpError extends Error {
  override readonly name = 'BreachedLookUpError'
}

/** How long a person waits for the host, in milliseconds. */
const PATIENCE = 1000
/** How many passwords the host is asked about at the same time. */
const MOST_AT_ONCE = 32
/** Most bytes of an answer: several times what the largest range has. */
const MOST_BYTES = 524_288
/** How many digits of the hash the host is told: the range API's number. */
const PREFIX = 5
const DIGITS = 40
/** Bytes read at each step of the search: more than two lines. */
const STEP = 128

/** Makes the check; with neither host nor file it finds nothing. Throws if the file cannot be read now. */
export function createBreachedPasswords({ host, file, onError }: BreachedOptions): BreachedPasswords {
  if (file !== null) accessSync(file, constants.R_OK)
  const base = host.replace(/\/+$/, '')
  const isAtHost = createHostLookUp(base)
  const among = async (look: () => Promise<boolean>): Promise<boolean> => {
    try {
      return await look()
    } catch (error) {
      onError(error)
      return false
    }
  }
  return {
    has: async (password) => {
      if (file === null && base === '') return false
      const hash = createHash('sha1').update(password.reveal(), 'utf8').digest('hex').toUpperCase()
      if (file !== null && (await among(() => isInFile(file, hash)))) return true
      return base !== '' && among(() => isAtHost(hash))
    },
  }
}

/** Asks the host, about so many at once; who comes beyond that is not kept waiting, as if the host were down. */
function createHostLookUp(base: string): (hash: string) => Promise<boolean> {
  let asking = 0
  return async (hash) => {
    if (asking >= MOST_AT_ONCE)
      throw new BreachedLookUpError(`${asking} passwords are being looked up at the host already`)
    asking += 1
    try {
      return await askHost(base, hash)
    } finally {
      asking -= 1
    }
  }
}

async function askHost(base: string, hash: string): Promise<boolean> {
  const answer = await fetch(`${base}/range/${hash.slice(0, PREFIX)}`, {
    // all answers are filled up to much the same length, so that whoever watches cannot tell which was asked for
    headers: { 'add-padding': 'true', accept: 'text/plain', 'user-agent': 'doorward' },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  })
  if (answer.status !== 200) {
    await answer.body?.cancel()
    throw new BreachedLookUpError(`the host of breached passwords answered ${answer.status}`)
  }
  const rest = hash.slice(PREFIX)
  return (await bounded(answer)).split('\n').some((line) => {
    const [suffix = '', count = ''] = line.trim().split(':')
    // lines that only fill up have the count 0
    return suffix.toUpperCase() === rest && Number(count) > 0
  })
}

async function bounded(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > MOST_BYTES)
      throw new BreachedLookUpError(`the host of breached passwords sent more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('latin1')
}

/** Halves the file until one line is left: some forty short reads, however large it is. */
async function isInFile(path: string, hash: string): Promise<boolean> {
  // opened each time, as operators replace it while the server runs
  const file = await open(path)
  try {
    let low = 0
    let high = (await file.stat()).size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const found = await hashAfter(file, middle)
      if (found === hash) return true
      if (found === null || found > hash) high = middle
      else low = middle + 1
    }
    return (await hashAfter(file, low)) === hash
  } finally {
    await file.close()
  }
}

/** The hash of the first line that begins at the offset or after it; null at the end of the file. */
async function hashAfter(file: FileHandle, offset: number): Promise<string | null> {
  const from = Math.max(0, offset - 1)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(STEP), 0, STEP, from)
  const text = buffer.toString('latin1', 0, bytesRead)
  const start = offset === 0 ? 0 : text.indexOf('\n') + 1
  if (bytesRead < STEP && (start === text.length || (start === 0 && offset > 0))) return null
  const line = text.slice(start, start + DIGITS).toUpperCase()
  if ((start === 0 && offset > 0) || !/^[0-9A-F]{40}$/.test(line))
    throw new BreachedLookUpError('the file of breached passwords has a line without a SHA-1')
  return line
}
