/** Looks at the kinds of password hashes there are, a little at a time, now and then. */
import type { HashKind, StandIns } from './passwords/stand-ins.ts'
import { countKinds } from './passwords/stand-ins.ts'
import type { UserStore } from './store/store.ts'

/** The survey. */
export interface HashSurvey {
  /** Begins in the background; does not keep the process alive. */
  start(): void
  /** One round over all accounts. Throws what the database throws. */
  run(): Promise<void>
  /** Resolves when the page under way is done. */
  stop(): Promise<void>
}

/** Accounts of one statement, and the pause after it, in milliseconds: others come first. */
const PAGE = 1000
const PAUSE = 20

/** When the first round begins, and the next ones, in milliseconds. Imports may come at any time. */
const FIRST = 1000
const INTERVAL = 3_600_000

/** Makes the survey. */
export function createHashSurvey(deps: {
  readonly users: Pick<UserStore, 'passwordHashes'>
  readonly standIns: Pick<StandIns, 'update'>
  readonly onError: (error: unknown, about: string) => void
}): HashSurvey {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let round: Promise<void> = Promise.resolve()

  async function run(): Promise<void> {
    const kinds = new Map<string, HashKind>()
    for (let afterId = 0; !stopped; ) {
      const page = await deps.users.passwordHashes({ afterId, limit: PAGE })
      countKinds(
        kinds,
        page.map(({ passwordHash }) => passwordHash),
      )
      afterId = page.at(-1)?.id ?? afterId
      if (page.length < PAGE) return deps.standIns.update(kinds)
      await new Promise((resolve) => setTimeout(resolve, PAUSE).unref())
    }
  }
  function next(wait: number): void {
    timer = setTimeout(() => {
      round = run()
        .catch((error: unknown) => deps.onError(error, 'looking at the kinds of password hashes'))
        .finally(() => {
          if (!stopped) next(INTERVAL)
        })
    }, wait).unref()
  }
  return {
    start: () => next(FIRST),
    run,
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return round
    },
  }
}
