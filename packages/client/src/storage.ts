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

/** The storage for a choice. `key` tells the servers apart that one page may speak to. None of its methods throws. */
export function openStorage(choice: StorageChoice, key: string): SessionStorage {
  if (choice === 'memory') return memoryStorage()
  return enduring(typeof choice === 'object' ? choice : localStorageOf(key))
}

function memoryStorage(): SessionStorage {
  let text: string | null = null
  return {
    read: () => text,
    write: (next) => {
      text = next
    },
  }
}

/**
 * Where a storage is missing, full, forbidden or locked (a server, private windows, a keychain), the session lives in
 * memory: what could not be written counts until something can be, for an old refresh token would end the session.
 */
function enduring(storage: SessionStorage): SessionStorage {
  let known: { readonly text: string | null; isWritten: boolean } = { text: null, isWritten: true }
  return {
    read: async () => {
      const before = known
      if (!before.isWritten) return before.text
      const text = await attempt(() => storage.read(), before.text)
      if (known === before) known = { text, isWritten: true }
      return known.text
    },
    write: async (text) => {
      const next = { text, isWritten: false }
      known = next
      next.isWritten = await attempt(async () => {
        await storage.write(text)
        return true
      }, false)
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

function localStorageOf(key: string): SessionStorage {
  return {
    read: () => localStorage.getItem(key),
    write: (text) => {
      try {
        if (text !== null) return localStorage.setItem(key, text)
      } catch (error) {
        // other tabs must not find the token that was there: it is spent
        localStorage.removeItem(key)
        throw error
      }
      localStorage.removeItem(key)
    },
  }
}
