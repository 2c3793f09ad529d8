/** Looks at the kinds of password hashes there are, a little at a time, now and then. */
import type { HashKind, StandIns } from './passwords/stand-ins.ts'
import { countKinds } from './passwords/stand-ins.ts'
import type { Rounds } from './rounds.ts'
import { createRounds } from './rounds.ts'
import type { UserStore } from './store/store.ts'

/** The survey: `start` begins it in the background, `run` is one round over all accounts. */
export type HashSurvey = Pick<Rounds, 'run' | 'stop'> & { start(): void }

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
  const { start, run, stop } = createRounds({
    work: async ({ isOver, pause }) => {
      const kinds = new Map<string, HashKind>()
      for (let afterId = 0; !isOver(); ) {
        const page = await deps.users.passwordHashes({ afterId, limit: PAGE })
        countKinds(
          kinds,
          page.map(({ passwordHash }) => passwordHash),
        )
        afterId = page.at(-1)?.id ?? afterId
        if (page.length < PAGE) return deps.standIns.update(kinds)
        await pause(PAUSE)
      }
    },
    interval: INTERVAL,
    onError: (error) => deps.onError(error, 'looking at the kinds of password hashes'),
  })
  return { start: () => start(FIRST), run, stop }
}
