/** Where a session is kept between visits. */

/** A place for one text: bring your own for React Native's secure store, an encrypted file, … */
export interface SessionStorage {
  /** What was written last, or null. */
  read(): string | null | Promise<string | null>
  /** Keeps the text, or with null forgets it. */
  write(text: string | null): void | Promise<void>
}

/**
 * - `memory`: gone with the page. The default, for nothing can be stolen from it later.
 * - `local`: localStorage, shared by all tabs and kept; any script on the page can read it.
 * - `cookie`: the refresh token in a cookie that no script can read; only for a front end on the server's own site.
 * - one's own.
 */
export type StorageChoice = 'memory' | 'local' | 'cookie' | SessionStorage

/** A storage that never throws, and that other tabs add to. */
export interface SharedStorage extends SessionStorage {
  /** Takes what another tab could not keep. */
  take(text: string | null): void
}

/** Tells other tabs what could not be kept. Gives whether they can hear it. */
export type Tell = (news: { readonly text: string | null }) => boolean

/** The storage for a choice. `key` tells the servers apart that one page may speak to. */
export const openStorage = (choice: StorageChoice, key: string, tell: Tell): SharedStorage =>
  enduring(
    choice === 'memory' ? memoryStorage() : typeof choice === 'object' ? choice : localStorageOf(key, tell),
  )

function memoryStorage(): SessionStorage {
  let text: string | null = null
  return {
    read: () => text,
    write: (next) => {
      text = next
    },
  }
}

/** Stands where a session did not fit: the tabs that are open have it from each other. Shorter than any session. */
const ELSEWHERE = '-'

/**
 * Where a storage is missing, full, forbidden or locked (a server, private windows, a keychain), the session lives in
 * memory: what could not be written counts until something can be, for an old refresh token would end the session.
 */
function enduring(storage: SessionStorage): SharedStorage {
  let known: { readonly text: string | null; isWritten: boolean } = { text: null, isWritten: true }
  // apart from what is known: the storage may show here what was there before, after other tabs have told
  let newest: string | null = null
  return {
    read: async () => {
      const before = known
      if (!before.isWritten) return before.text
      const read = await attempt(() => storage.read(), before.text)
      const text = read === ELSEWHERE ? newest : read
      if (known === before) known = { text, isWritten: true }
      return known.text
    },
    write: async (text) => {
      const next = { text, isWritten: false }
      known = next
      newest = text
      next.isWritten = await attempt(async () => {
        await storage.write(text)
        return true
      }, false)
    },
    take: (text) => {
      known = { text, isWritten: true }
      newest = text
    },
  }
}

async function attempt<T>(work: () => T | Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work()
  } catch {
    return otherwise
  }
}

function localStorageOf(key: string, tell: Tell): SessionStorage {
  const put = (text: string | null) =>
    text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text)
  return {
    read: () => localStorage.getItem(key),
    write: (text) => {
      try {
        put(text)
      } catch (error) {
        const isTold = tell({ text })
        // the token that is there is spent: whoever took it would end the session
        put(isTold ? ELSEWHERE : null)
        if (!isTold) throw error
      }
    },
  }
}
