/** What is timed: a server as people run it, in a process of its own, with real hashes, and accounts of every kind. */
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { resolveSettings } from '../../../packages/server/src/config/resolve.ts'
import { systemClock } from '../../../packages/server/src/domain/clock.ts'
import { Secret } from '../../../packages/server/src/domain/secret.ts'
import { createArgon2id } from '../../../packages/server/src/passwords/argon2id.ts'
import type { OpenStore } from '../../../packages/server/src/store/open-store.ts'
import { openStore } from '../../../packages/server/src/store/open-store.ts'
import type { RestoredUser } from '../../../packages/server/src/store/user-transfer.ts'
import { type TestDatabase, testSealer } from '../../../packages/server/src/testing/databases.ts'
import { createLinkTokens, linkLifetimes } from '../../../packages/server/src/tokens/link-tokens.ts'
import { ask } from '../../faults/support/api.ts'
import { type Installation, install } from '../../faults/support/server.ts'

/** Whose address is asked about. */
export type Owner =
  | 'nobody'
  | 'active'
  | 'pending'
  | 'invited'
  | 'switched off'
  /** Where accounts were imported: any of them, as chance will have it. */
  | 'one of the site'

/** What is sent. */
export interface Shot {
  readonly path: string
  readonly body: object
  readonly headers?: Readonly<Record<string, string>>
  /** Left out: one that says it was done. */
  readonly status?: number
  /** Sent right before, and not timed itself. */
  readonly first?: Shot
}

/** How a stand is set up. */
export interface Setting {
  /** Passwords take no time: what is beside them shows the better. */
  readonly isQuick: boolean
  /** Three of ten accounts have a hash of Django. */
  readonly isImported: boolean
}

/** A server to time. */
export interface Stand {
  readonly url: string
  /** Makes so many accounts and gives their addresses; those of nobody look the same. */
  addresses(owner: Owner, count: number): Promise<readonly string[]>
  /** Links of so many new accounts that set a new address, good once each. */
  emailResetLinks(count: number): Promise<readonly { readonly uid: string; readonly token: string }[]>
  /** The Authorization header of somebody who has signed in with `PASSWORD`. */
  signIn(): Promise<Readonly<Record<string, string>>>
  /** Sends one; milliseconds from the first byte sent to the head of the answer. TypeError for an unforeseen status. */
  time(shot: Shot): Promise<number>
  /** What the server said, its last lines. */
  log(): string
  close(): Promise<void>
}

/** The password of whoever signs in. */
export const PASSWORD = 'Kiddie-Ride-4821'

const SECRET = 'a secret of the timing script that is long enough'
const UNLIMITED = '999999 per 1s, then 1s to 1s'
const LIMITS = [
  'HASHING',
  'SIGN_IN_ADDRESS',
  'SIGN_IN_NETWORK',
  'SIGN_IN_ACCOUNT',
  'CURRENT_PASSWORD',
  'LINKS',
  'REGISTER',
  'MAILS_OF_ADDRESS',
  'MAILS_TO_ACCOUNT',
]

const QUICK = { passwords: { memoryCost: 8, timeCost: 1 } }

/** Made by Django 3.2 with its parameters; of `PASSWORD`. */
const DJANGO = 'pbkdf2_sha256$260000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw='

/** How many of ten accounts were imported. */
const IMPORTED = 3
const ACCOUNTS = 2000
/** Longer than the server takes to look what hashes there are, in milliseconds. */
const SURVEYED = 5000

/** Starts one on a fresh database; throttling counts, and its limits are out of reach. */
export async function startStand(database: TestDatabase, setting: Setting): Promise<Stand> {
  const { isQuick, isImported } = setting
  const url = await database.url()
  const store = await openStore({ url, fields: {}, sealer: testSealer })
  const limits = Object.fromEntries(LIMITS.map((name) => [`THROTTLE_${name}`, UNLIMITED]))
  const env = {
    DATABASE_URL: url,
    DOORWARD_SECRET: SECRET,
    DOORWARD_THROTTLE: 'on',
    ACCESS_TOKEN_LIFETIME: '1d',
  }
  const server = await install({ ...env, ...limits }, [], {
    config: `export const config = ${JSON.stringify(isQuick ? QUICK : {})}`,
  })
  const ready = stand(server, store, isQuick)
  if (isImported) await ready.addresses('one of the site', ACCOUNTS)
  await server.start()
  if (isImported) await sleep(SURVEYED)
  return ready
}

function stand(server: Installation, store: OpenStore, isQuick: boolean): Stand {
  const { settings } = resolveSettings({
    config: { secrets: { list: [SECRET] }, ...(isQuick && QUICK) },
  })
  const argon2id = createArgon2id(settings.passwords)
  const links = createLinkTokens({
    secrets: [new Secret(SECRET)],
    clock: systemClock,
    lifetimes: linkLifetimes(settings),
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const fill = async (owner: Owner, count: number, hash = argon2id.dummy): Promise<readonly string[]> => {
    const emails = Array.from({ length: count }, () => `t-${randomBytes(8).toString('hex')}@example.com`)
    if (owner === 'nobody') return emails
    const hashOf = (n: number) => (owner === 'one of the site' && n % 10 < IMPORTED ? DJANGO : hash)
    const users = emails.map((email, n) => account(email, owner, hashOf(n)))
    for (let at = 0; at < count; at += store.users.restoreLimit) {
      await store.users.restore(users.slice(at, at + store.users.restoreLimit))
    }
    return emails
  }
  return {
    url: server.url,
    addresses: fill,
    emailResetLinks: async (count) => {
      const users = await Promise.all(
        (await fill('active', count)).map((email) => store.users.byEmail(email)),
      )
      return users.flatMap((user) => (user ? [links.make('email_reset', user)] : []))
    },
    signIn: async () => {
      const [email = ''] = await fill('active', 1, await argon2id.hash(new Secret(PASSWORD)))
      const { body } = await ask(server.url, 'jwt/create/', { email, password: PASSWORD })
      return { authorization: `JWT ${body.access}` }
    },
    time: async ({ first, ...shot }) => {
      if (first) await timed(server.url, agent, first)
      return timed(server.url, agent, shot)
    },
    log: server.log,
    close: async () => {
      agent.destroy()
      await server.close()
      await store.close()
    },
  }
}

function account(email: string, owner: Owner, passwordHash: string): RestoredUser {
  const now = Date.now()
  const isActive = owner === 'active' || owner === 'one of the site'
  return {
    ...{ id: null, email, profile: { first_name: 'Tina', last_name: 'Santoso', role: 'buyer' } },
    ...{ isActive, isStaff: false, locale: null, lastLogin: null, createdAt: now, deactivationReason: null },
    passwordHash: owner === 'invited' ? `!${'x'.repeat(40)}` : passwordHash,
    deactivatedAt: owner === 'switched off' ? now : null,
    invitedAt: owner === 'invited' ? now : null,
  }
}

function timed(url: string, agent: Agent, { path, body, headers, status }: Shot): Promise<number> {
  const text = JSON.stringify(body)
  const own = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }
  return new Promise((resolve, reject) => {
    const began = process.hrtime.bigint()
    const sent = request(`${url}/auth/${path}`, { agent, method: 'POST', headers: own }, (answer) => {
      const took = Number(process.hrtime.bigint() - began) / 1e6
      const { statusCode = 0 } = answer
      answer.resume().on('end', () => {
        if (status === undefined ? statusCode < 300 : statusCode === status) resolve(took)
        else reject(new TypeError(`${path} answered ${statusCode}: its time would say nothing`))
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
}
