/** What all rows share: the options, the generator, a folder that is thrown away, and systems that run already. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Effort, Generator, Load } from './load.ts'
import type { Measurement } from './measurement.ts'
import type { Options } from './options.ts'

/** The place where it all happens. */
export interface Lab {
  readonly root: string
  readonly folder: string
  readonly options: Options
  readonly generator: Generator
  /** Starts something at the first call with this key, and gives it again at the next ones. */
  once<T>(key: string, start: () => Promise<T>): Promise<T>
  /** Has something done at the end, in reverse order. */
  atEnd(work: () => Promise<void>): void
  drive(load: Load, effort?: Partial<Effort>): Promise<Measurement>
  /** Says what is under way. */
  tell(text: string): void
  close(): Promise<void>
}

/** Opens a lab. */
export async function openLab(base: Pick<Lab, 'root' | 'options' | 'generator' | 'tell'>): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'doorward-bench-'))
  const started = new Map<string, Promise<unknown>>()
  const endings: (() => Promise<void>)[] = []
  const { seconds, connections } = base.options
  return {
    ...base,
    folder,
    once: <T>(key: string, start: () => Promise<T>) => {
      const known = (started.get(key) as Promise<T> | undefined) ?? start()
      started.set(key, known)
      return known
    },
    atEnd: (work) => endings.push(work),
    drive: (load, effort) => base.generator.drive(load, { seconds, connections, ...effort }),
    close: async () => {
      for (const end of endings.reverse()) await end().catch(() => {})
      await rm(folder, { recursive: true, force: true })
    },
  }
}
