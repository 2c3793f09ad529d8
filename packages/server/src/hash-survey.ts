/** Looks at the kinds of password hashes there are, a little at a time, now and then. */
import type { HashKind, StandIns } from './passwords/stand-ins.ts'
import { countHash, kindOf } from './passwords/stand-ins.ts'
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
  /** A hash as they are made now: those like it are counted where they are, and not read. */
  readonly example: string
  readonly onError: (error: unknown, about: string) => void
}): HashSurvey {
  const { example } = deps
  const usual = `${kindOf(example)}$`
  const { start, run, stop } = createRounds({
    work: async ({ isOver, pause }) => {
      const kinds = new Map<string, HashKind>()
      for (let afterId = 0; !isOver(); ) {
        const page = await deps.users.passwordHashes({ afterId, limit: PAGE, usual })
        if (page.lastId === null) return deps.standIns.update(kinds)
        if (page.alike > 0) countHash(kinds, example, page.alike)
        for (const hash of page.others) countHash(kinds, hash)
        afterId = page.lastId
        await pause(PAUSE)
      }
    },
    interval: INTERVAL,
    onError: (error) => deps.onError(error, 'looking at the kinds of password hashes'),
  })
  return { start: () => start(FIRST), run, stop }
}
