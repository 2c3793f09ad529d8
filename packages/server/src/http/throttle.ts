/**
 * Who may try what, and how often: the one place where guessing is slowed down. An operation names its policy, and
 * `endpoint.ts` asks here between reading the body and looking at it, so that no password is hashed unasked.
 */
import type { Settings } from '../config/settings.ts'
import type { Origin } from '../domain/audit.ts'
import type { Clock } from '../domain/clock.ts'
import { lookupEmail } from '../domain/email-address.ts'
import type { ErrorCode } from '../domain/errors.ts'
import { DoorwardError, ERRORS, fail } from '../domain/errors.ts'
import { networkOf } from '../domain/network.ts'
import type { Limit } from '../domain/throttle.ts'
import { parseLimit } from '../domain/throttle.ts'
import type { Caller } from '../flows/deps.ts'
import type { Attempt, Taken, ThrottleStore } from '../store/throttle-store.ts'
import type { Operation } from './endpoint.ts'
import { isAbsent } from './fields.ts'

/** What a limit is counted for: whoever sends, whom it is about, both, the known device, the session, or the id in the path. */
type By = 'address' | 'account' | 'accountFromAddress' | 'device' | 'session' | 'target'

interface Rule {
  readonly limit: keyof Omit<Settings['throttle'], 'redisUrl' | 'deviceCookie' | 'deviceLifetime'>
  readonly by: By
  /** What stays counted afterwards. Failures are wrong guesses; a success wipes them out. */
  readonly counts: 'requests' | 'failures' | 'successes'
  /** A known device has rules of its own, which nobody else can use up. */
  readonly from?: 'strangers' | 'knownDevices'
  /** Only with this field in the body: where it may be left out, a request without it is no guess. */
  readonly field?: 'current_password'
}

const hashing = [
  { limit: 'hashing', by: 'address', counts: 'requests', from: 'strangers' },
  { limit: 'hashing', by: 'device', counts: 'requests', from: 'knownDevices' },
] as const satisfies readonly Rule[]
const currentPassword: readonly Rule[] = [
  ...hashing.map((rule) => ({ ...rule, field: 'current_password' }) as const),
  { limit: 'currentPassword', by: 'session', counts: 'failures', field: 'current_password' },
]
const mailToAccount = {
  limit: 'mailsToAccount',
  by: 'account',
  counts: 'successes',
} as const satisfies Rule
const links = { limit: 'links', by: 'address', counts: 'failures' } as const satisfies Rule

/** The policies, by the names that operations use. */
const POLICIES = {
  signIn: [
    ...hashing,
    { limit: 'signInAddress', by: 'address', counts: 'failures', from: 'strangers' },
    { limit: 'signInNetwork', by: 'accountFromAddress', counts: 'failures', from: 'strangers' },
    { limit: 'signInAccount', by: 'account', counts: 'failures', from: 'strangers' },
    { limit: 'signInDevice', by: 'device', counts: 'failures', from: 'knownDevices' },
  ],
  register: [...hashing, { limit: 'register', by: 'address', counts: 'successes' }, mailToAccount],
  mail: [{ limit: 'mailsOfAddress', by: 'address', counts: 'successes' }, mailToAccount],
  link: [links],
  linkAndMail: [links, mailToAccount],
  currentPassword,
  currentPasswordAndMail: [...currentPassword, mailToAccount],
  /** Staff mail a link to an account: a stolen session of theirs must not flood a mailbox either. */
  mailToTarget: [{ limit: 'mailsToAccount', by: 'target', counts: 'successes' }],
  /** Asked only after a refusal: a good refresh costs nothing here, and its token is beyond guessing anyway. */
  refresh: [{ limit: 'refresh', by: 'address', counts: 'failures' }],
} as const satisfies Record<string, readonly Rule[]>

/** Name of a policy. */
export type ThrottlePolicy = keyof typeof POLICIES

const AFTERWARDS: ReadonlySet<ThrottlePolicy> = new Set(['refresh'])

/** Beside what is answered with 401: refusals that tell a guesser that the guess was wrong. */
const WRONG_GUESSES: ReadonlySet<ErrorCode> = new Set([
  'invalid_credentials',
  'invalid_password',
  'invalid_uid',
  'invalid_link_token',
])

/** Who is at the door. */
export interface Visitor {
  /** Where the address is not known, nothing is counted by address. */
  readonly origin: Origin
  readonly caller: Caller | null
  /** The id of an account in the path, in its one form; null where there is none. */
  readonly target: number | null
  /** The id by which the device is known to the account of an address, or null. */
  readonly deviceOf: (email: string) => string | null
}

/** One request under a policy. */
export interface Visit {
  /** With the body as it was sent. Throws `throttled`. */
  enter(body: unknown): Promise<void>
  /** With the refusal, or null when all went well. Throws `throttled` where refusals are only counted afterwards. */
  leave(error: unknown): Promise<void>
}

/** Counts visits. */
export interface Throttle {
  visit(
    policy: ThrottlePolicy | undefined,
    visitor: Visitor,
    operation: Pick<Operation, 'id' | 'input'>,
  ): Visit
}

/** What the throttle needs. */
export interface ThrottleDeps {
  readonly settings: Settings
  readonly clock: Clock
  readonly counters: ThrottleStore
  /** Names persons and addresses so that nothing can be told from the name. */
  readonly nameOf: (text: string) => string
  /** Called when unknown devices have used up what they may try with an address, at most once a day for each. */
  readonly onManyFailures: (about: { readonly email: string; readonly origin: Origin }) => Promise<void>
  readonly onError: (error: unknown, about: string) => void
}

const OPEN: Visit = { enter: async () => {}, leave: async () => {} }

interface Counted {
  readonly rule: Rule
  readonly attempt: Attempt
}

/** Makes the throttle; where the settings switch it off, one that lets everybody through. */
export function createThrottle(deps: ThrottleDeps): Throttle {
  if (!deps.settings.server.throttle) return { visit: () => OPEN }
  const take = createTaker(deps)
  return {
    visit: (policy, visitor, operation) => {
      if (policy === undefined) return OPEN
      let counted: readonly Counted[] = []
      let taken: readonly Taken[] = []
      let email: string | null = null
      return {
        enter: async (body) => {
          email = addressIn(body, operation, deps.settings)
          const due = countedFor(deps, { policy, visitor, operation: operation.id, email, body })
          if (!AFTERWARDS.has(policy)) taken = await take(due)
          // whoever is refused here has taken nothing, and has nothing to give back
          counted = due
        },
        leave: async (error) => {
          if (AFTERWARDS.has(policy)) {
            if (isWrongGuess(error)) await take(counted)
            return
          }
          await settle(deps, { counted, taken, error, email, origin: visitor.origin }).catch(
            (fault: unknown) => deps.onError(fault, 'counting attempts'),
          )
        },
      }
    },
  }
}

/**
 * Whom a request is about: the address in the field that the operation reads, as it reads it, in the form by which
 * accounts are found. Whatever else stands in the body chooses no counter.
 */
function addressIn(body: unknown, { input }: Pick<Operation, 'input'>, settings: Settings): string | null {
  if (!input) return null
  for (const field of ['email', 'new_email'] as const) {
    const read = input.shape[field]?.safeParse(fieldsOf(body)[field])
    if (read?.success && typeof read.data === 'string') {
      return lookupEmail(read.data, settings.users.emailComparison).slice(0, 320)
    }
  }
  return null
}

/** The fields of a body that may be anything. */
const fieldsOf = (body: unknown): Readonly<Record<string, unknown>> => Object(body)

function countedFor(
  { settings, nameOf }: ThrottleDeps,
  visit: { policy: ThrottlePolicy; visitor: Visitor; operation: string; email: string | null; body: unknown },
): readonly Counted[] {
  const { visitor, email } = visit
  const device = visitor.deviceOf(email ?? visitor.caller?.user.email ?? '')
  const { address } = visitor.origin
  const network = address === '' ? null : networkOf(address)
  const session = visitor.caller ? (visitor.caller.sessionId ?? `user ${visitor.caller.user.id}`) : null
  const who: Record<By, string | null> = {
    address: network,
    account: email,
    accountFromAddress: email === null || network === null ? null : `${email} ${network}`,
    device,
    session,
    target: visitor.target === null ? null : `user ${visitor.target}`,
  }
  const rules: readonly Rule[] = POLICIES[visit.policy]
  return rules.flatMap((rule) => {
    const name = who[rule.by]
    if (name === null || rule.from === (device === null ? 'knownDevices' : 'strangers')) return []
    if (rule.field && isAbsent(fieldsOf(visit.body)[rule.field])) return []
    // mails of one purpose must not use up those of another: who registers somebody's address could else keep
    // them from resetting their password
    const purpose = rule.counts === 'successes' ? `${rule.limit}:${visit.operation}` : rule.limit
    const limit = parseLimit(settings.throttle[rule.limit])
    if (!limit) throw new TypeError(`throttle.${rule.limit} is not a limit`)
    return [{ rule, attempt: { key: `${purpose}:${rule.by}:${nameOf(name)}`, limit } }]
  })
}

/** How long a refusal is remembered without asking the counters again, in milliseconds. */
const SHIELD = 1000
const MOST_SHIELDED = 10_000

/** Takes from every limit or throws `throttled`; who knocks on and on is refused without a query. */
function createTaker({ counters, clock }: ThrottleDeps) {
  const shield = new Map<string, { readonly from: number; readonly until: number; readonly end: number }>()
  return async (counted: readonly Counted[]): Promise<readonly Taken[]> => {
    if (counted.length === 0) return []
    const now = clock.now()
    for (const { attempt } of counted) {
      const known = shield.get(attempt.key)
      // before it began the clock was set back, and what it says of the future is not so any more
      if (known && known.from <= now && now < known.until) throw tooEarly(known.end - now)
    }
    const taken = await counters.take(
      counted.map(({ attempt }) => attempt),
      now,
    )
    const longest = Math.max(...taken.map(({ wait }) => wait))
    if (longest === 0) return taken
    if (shield.size > MOST_SHIELDED) shield.clear()
    for (const { key, wait } of taken) {
      if (wait > 0) shield.set(key, { from: now, until: now + Math.min(wait, SHIELD), end: now + wait })
    }
    const admitted = taken.filter(({ wait }) => wait === 0).map(({ key }) => key)
    await counters.settle({ giveBack: admitted, forget: [] })
    throw tooEarly(longest)
  }
}

const tooEarly = (wait: number): DoorwardError => fail('throttled', { seconds: Math.ceil(wait / 1000) })

const isWrongGuess = (error: unknown): boolean =>
  error instanceof DoorwardError &&
  error.issues.some(({ code }) => ERRORS[code].status === 401 || WRONG_GUESSES.has(code))

/**
 * Where a success wipes the slate clean. Not for an address, from which somebody may sign in to an account of their own
 * and guess at others; nor for a session, in which an operation may succeed without looking at a password.
 */
const FORGIVING: ReadonlySet<By> = new Set(['account', 'accountFromAddress', 'device'])

interface Outcome {
  readonly counted: readonly Counted[]
  readonly taken: readonly Taken[]
  readonly error: unknown
  readonly email: string | null
  readonly origin: Origin
}

async function settle(deps: ThrottleDeps, { counted, taken, error, email, origin }: Outcome): Promise<void> {
  const giveBack: string[] = []
  const forget: string[] = []
  const wrong = isWrongGuess(error)
  counted.forEach(({ rule, attempt: { key, limit } }, index) => {
    const level = taken[index]?.level ?? 0
    if (rule.counts === 'successes' && error !== null) giveBack.push(key)
    if (rule.counts !== 'failures' || wrong) return
    if (error !== null) giveBack.push(key)
    else if (!FORGIVING.has(rule.by)) {
      // where little is counted, time alone forgives it, so that an ordinary sign-in costs one statement here
      if (level > limit.free / 2) giveBack.push(key)
    } else if (level > 1) forget.push(key)
  })
  if (giveBack.length + forget.length > 0) await deps.counters.settle({ giveBack, forget })
  const isUsedUp = counted.some(
    ({ rule, attempt }, index) =>
      rule.limit === 'signInAccount' && Math.ceil(taken[index]?.level ?? 0) >= attempt.limit.free,
  )
  if (wrong && isUsedUp && email !== null) await tellOnceADay(deps, { email, origin })
}

const DAY = 86_400_000
const ONCE_A_DAY: Limit = { free: 1, forgiveAfter: DAY, delay: DAY, longest: DAY }

async function tellOnceADay(
  deps: ThrottleDeps,
  about: Parameters<ThrottleDeps['onManyFailures']>[0],
): Promise<void> {
  const attempt = { key: `told:${deps.nameOf(about.email)}`, limit: ONCE_A_DAY }
  const [taken] = await deps.counters.take([attempt], deps.clock.now())
  if (taken?.wait === 0) await deps.onManyFailures(about)
}
