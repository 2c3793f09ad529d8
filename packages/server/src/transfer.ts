/** Accounts from other systems into Doorward, and out of it again: for `doorward import` and `doorward export`. */
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Doorward } from './create-doorward.ts'
import type { Origin } from './domain/audit.ts'
import { profileFields } from './domain/profile-field.ts'
import type { Secret } from './domain/secret.ts'
import { record } from './flows/record.ts'
import { csvLine } from './transfer/csv.ts'
import type { ImportedUser, ReadingOptions } from './transfer/records.ts'
import { flatten, KNOWN_NAMES, readUser, userRecord } from './transfer/records.ts'
import type { FileFormat, SourceRow } from './transfer/rows.ts'
import { formatOf, readRows } from './transfer/rows.ts'

export type { FileFormat } from './transfer/rows.ts'

/** Part of a running Doorward that transfers need. */
export type TransferHost = Pick<Doorward, 'deps'>

/** A row that cannot be imported. */
export interface RowFault {
  readonly row: number
  readonly email: string | null
  readonly reason: string
}

/** What is in a file, or what became of it. */
export interface ImportReport {
  readonly format: FileFormat
  readonly rows: number
  /** Rows that are accounts and can be imported. */
  readonly accounts: number
  readonly faults: readonly RowFault[]
  /** Rows about something else, by what they are about. */
  readonly others: Readonly<Record<string, number>>
  /** Names in the file that mean nothing here. */
  readonly ignored: readonly string[]
  /** How many accounts were stored, and how many were there already. Null: nothing was to be written. */
  readonly written: { readonly stored: number; readonly existing: number } | null
  /** Whether the password that was given is that of the account in the file; null if none was given. */
  readonly sample: boolean | 'absent' | null
}

/** What to import, and how. */
export interface ImportOptions {
  readonly path: string
  readonly format?: FileFormat | undefined
  /** Only look; write nothing. */
  readonly check: boolean
  /** Import the good rows although there are faulty ones. */
  readonly skipFaulty: boolean
  readonly newIds: boolean
  /** An address in the file and the password that its owner signs in with, to be tried before anything is written. */
  readonly sample?: { readonly email: string; readonly password: Secret } | undefined
  readonly origin: Origin
  readonly onProgress?: (progress: { step: 'checking' | 'writing'; done: number; total: number }) => void
}

/**
 * Reads the file twice: first all of it is checked, then it is written, in batches. Nothing is written when a row is
 * faulty, unless `skipFaulty`, or when the sample fails. Repeating an interrupted import makes up for the rest.
 */
export async function importUsers({ deps }: TransferHost, options: ImportOptions): Promise<ImportReport> {
  const { settings, clock } = deps
  const detected = await detectFormat(options.path)
  const format = options.format ?? detected
  const reading: ReadingOptions = {
    fields: profileFields(settings.users),
    comparison: settings.users.emailComparison,
    newIds: options.newIds,
    now: clock.now(),
  }
  const source = { ...options, format, reading }
  const checked = await checkFile(deps, source)
  const isGood = (checked.faults.length === 0 || options.skipFaulty) && (checked.sample ?? true) === true
  const faulty = new Set(checked.faults.map(({ row }) => row))
  const written = isGood && !options.check ? await writeFile(deps, source, faulty) : null
  return { ...checked, format, written }
}

/** Reads the beginning of a file. TypeError for a folder or a pipe: what is read twice must be a file. */
async function detectFormat(path: string): Promise<FileFormat> {
  if (!(await stat(path)).isFile())
    throw new TypeError(`${path} is no file. It is read twice, so write what is in it to a file first.`)
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096) })
    return formatOf(new TextDecoder().decode(buffer.subarray(0, bytesRead)))
  } finally {
    await file.close()
  }
}

type Source = ImportOptions & { readonly format: FileFormat; readonly reading: ReadingOptions }
type TransferDeps = TransferHost['deps']

async function* rowsOf(source: Source, step: 'checking' | 'writing'): AsyncGenerator<SourceRow> {
  const { size: total } = await stat(source.path)
  const stream = createReadStream(source.path, { highWaterMark: 262_144 })
  for await (const row of readRows(textOf(stream, source.path), source.format)) {
    if (row.row % 1000 === 0) source.onProgress?.({ step, done: stream.bytesRead, total })
    yield row
  }
  source.onProgress?.({ step, done: total, total })
}

/** The text of a file, without a byte order mark. TypeError where it is not UTF-8: names would come in damaged. */
async function* textOf(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    const isDamaged =
      error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    throw isDamaged
      ? new TypeError(`${path} is not written in UTF-8. Convert it, for example with iconv.`)
      : error
  }
}

async function checkFile(deps: TransferDeps, source: Source) {
  const faults: RowFault[] = []
  const others: Record<string, number> = {}
  const ignored = new Set<string>()
  const seen = new Map<string, number>()
  const ids = createIdCheck(deps, faults)
  let sample: ImportReport['sample'] = source.sample ? 'absent' : null
  let [rows, accounts] = [0, 0]
  for await (const given of rowsOf(source, 'checking')) {
    const { row, record: content } = given
    rows = row
    const result = given.record ? readUser(given.record, source.reading) : given
    if ('other' in result) {
      others[result.other] = (others[result.other] ?? 0) + 1
      continue
    }
    if ('fault' in result) {
      faults.push({ row, email: content ? emailIn(content) : null, reason: result.fault })
      continue
    }
    const { email, passwordHash } = result.user
    const first = seen.get(email)
    if (first !== undefined) faults.push({ row, email, reason: `row ${first} has the same address` })
    else {
      accounts += 1
      await ids.add(row, result.user)
    }
    seen.set(email, first ?? row)
    for (const name of Object.keys(flatten(content ?? {}))) {
      if (!KNOWN_NAMES.has(name) && !(name in source.reading.fields)) ignored.add(name)
    }
    if (source.sample && sameAddress(source, email)) {
      sample = (await deps.passwords.verify(source.sample.password, passwordHash)).ok
    }
  }
  accounts -= await ids.end()
  return { rows, accounts, faults, others, ignored: [...ignored].sort(), sample }
}

/** Names the rows whose id is taken, in the file or here: their accounts would be passed over without a word. */
function createIdCheck({ store }: TransferDeps, faults: RowFault[]) {
  const rows = new Map<number, number>()
  let batch: { readonly row: number; readonly id: number; readonly email: string }[] = []
  let found = 0
  const tell = (row: number, email: string, reason: string) => {
    found += 1
    faults.push({ row, email, reason })
  }
  const look = async (): Promise<void> => {
    const taken = batch.length > 0 ? await store.users.idsOfOthers(batch) : new Set()
    for (const { row, id, email } of batch) {
      if (taken.has(id)) tell(row, email, `its id ${id} is that of another account here`)
    }
    batch = []
  }
  return {
    add: async (row: number, { id, email }: ImportedUser): Promise<void> => {
      if (id === null) return
      const first = rows.get(id)
      if (first !== undefined) return tell(row, email, `row ${first} has the same id`)
      rows.set(id, row)
      batch.push({ row, id, email })
      if (batch.length >= store.users.restoreLimit) await look()
    },
    /** Returns how many rows were named. */
    end: async (): Promise<number> => {
      await look()
      return found
    },
  }
}

const emailIn = (record: object): string | null => {
  const { email = null } = flatten(record as Readonly<Record<string, unknown>>)
  return typeof email === 'string' ? email : null
}

const sameAddress = ({ sample }: Source, email: string): boolean =>
  sample?.email.toLowerCase() === email.toLowerCase()

async function writeFile(deps: TransferDeps, source: Source, faulty: ReadonlySet<number>) {
  const { store } = deps
  await record(deps, store, { action: 'users_imported', user: null, actor: null, origin: source.origin })
  const totals = { stored: 0, existing: 0 }
  let batch: ImportedUser[] = []
  const flush = async (): Promise<void> => {
    const users = batch
    batch = []
    const stored = await store.transaction((inside) => inside.users.restore(users))
    totals.stored += stored
    totals.existing += users.length - stored
  }
  for await (const { row, record: content } of rowsOf(source, 'writing')) {
    const result = content && !faulty.has(row) ? readUser(content, source.reading) : null
    if (result && 'user' in result) batch.push(result.user)
    if (batch.length >= store.users.restoreLimit) await flush()
  }
  if (batch.length > 0) await flush()
  return totals
}

/** How to export. */
export interface ExportOptions {
  readonly format: 'jsonl' | 'csv'
  readonly withPasswords: boolean
  readonly origin: Origin
  readonly onProgress?: (done: number) => void
}

/** How many accounts are read at once. */
const PAGE = 1000

/** Gives all accounts by id, piece by piece. With passwords, importing the file elsewhere loses nothing. */
export async function* exportUsers({ deps }: TransferHost, options: ExportOptions): AsyncGenerator<string> {
  const { store } = deps
  await record(deps, store, { action: 'users_exported', user: null, actor: null, origin: options.origin })
  const { format, withPasswords: withPassword } = options
  let [afterId, done] = [0, 0]
  for (;;) {
    const page = await store.users.list({ afterId, limit: PAGE })
    const records = page.map((user) => userRecord(user, { withPassword }))
    const [first] = records
    if (format === 'csv' && done === 0 && first) yield csvLine(Object.keys(first))
    yield records
      .map((one) => (format === 'csv' ? csvLine(Object.values(one)) : `${JSON.stringify(one)}\n`))
      .join('')
    done += page.length
    options.onProgress?.(done)
    if (page.length < PAGE) return
    afterId = page.at(-1)?.id ?? 0
  }
}
