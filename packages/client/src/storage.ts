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

/** The storage for a choice. `key` tells the servers apart that one page may speak to. */
export function openStorage(choice: StorageChoice, key: string): SessionStorage {
  if (typeof choice === 'object') return choice
  return choice === 'memory' ? memoryStorage() : localStorageOf(key)
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

/** Where localStorage is missing, full or forbidden (a server, private windows), the session lives in memory. */
function localStorageOf(key: string): SessionStorage {
  const memory = memoryStorage()
  return {
    read: () => {
      try {
        return localStorage.getItem(key) ?? memory.read()
      } catch {
        return memory.read()
      }
    },
    write: (text) => {
      memory.write(null)
      try {
        if (text === null) localStorage.removeItem(key)
        else localStorage.setItem(key, text)
      } catch {
        memory.write(text)
      }
    },
  }
}
