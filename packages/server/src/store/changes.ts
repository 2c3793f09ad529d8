/**
 * What one instance changes and the others hold in memory is announced in the transaction that changes it, and heard
 * on a connection that does nothing else (PostgreSQL's NOTIFY and LISTEN). An announcement only says where to look:
 * whoever missed one, because the connection was lost, looks as soon as there is a new one.
 */
import { type Kysely, sql } from 'kysely'
import type { Client } from 'pg'
import type { Database } from './schema.ts'

/** What can have changed. */
export const TOPICS = ['revocations', 'keys'] as const

/** What can have changed. */
export type Topic = (typeof TOPICS)[number]

/** The channel of all announcements; their text is the topic. */
export const CHANNEL = 'doorward'

/** Announces a change when the transaction is committed. */
export async function announce(db: Kysely<Database>, topic: Topic): Promise<void> {
  await sql`select pg_notify(${CHANNEL}, ${topic})`.execute(db)
}

/** What is heard of other instances. */
export interface ChangeFeed {
  /** `off`: the database cannot tell, so one has to look. `lost`: it will be tried again. */
  readonly state: 'off' | 'listening' | 'lost'
  /** Waits for what is under way and hears no more. */
  close(): Promise<void>
}

/** Of a database that only one machine uses nothing is heard. */
export const noChanges: ChangeFeed = { state: 'off', close: async () => {} }

/** How often the connection is tried, and how long until it counts as lost, in milliseconds. */
const HEARTBEAT = 5000
const PATIENCE = 3000
/** The waits before a new connection, in milliseconds. */
const FIRST_WAIT = 100
const LONGEST_WAIT = 5000

/**
 * Hears announcements until it is closed. `onChange` is called for each of them, and for all topics after each new
 * connection. It must not throw.
 */
export function listenForChanges(connect: () => Client, onChange: (topic: Topic) => void): ChangeFeed {
  const closing = new AbortController()
  let state: ChangeFeed['state'] = 'lost'

  async function listenOnce(): Promise<void> {
    const client = connect()
    const lost = new Promise<void>((resolve) => {
      client.on('end', () => resolve())
      client.on('error', () => resolve())
      closing.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    try {
      await client.connect()
      client.on('notification', ({ payload }) => {
        const topic = TOPICS.find((one) => one === payload)
        if (topic) onChange(topic)
      })
      await client.query(`listen ${CHANNEL}`)
      state = 'listening'
      // what was announced before is told by nobody: from here on nothing is missed
      for (const topic of TOPICS) onChange(topic)
      await Promise.race([lost, beat(client)])
    } finally {
      state = 'lost'
      await Promise.race([client.end().catch(() => {}), pause(PATIENCE)])
    }
  }

  /** Resolves when the connection does not answer any more, which a broken network does not say by itself. */
  async function beat(client: Client): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(HEARTBEAT, closing.signal)
      const answered = client.query('select 1').then(
        () => true,
        () => false,
      )
      if (!(await Promise.race([answered, pause(PATIENCE).then(() => false)]))) return
    }
  }

  async function listen(): Promise<void> {
    for (let wait = FIRST_WAIT; !closing.signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      const began = performance.now()
      await listenOnce().catch(() => {})
      if (performance.now() - began > HEARTBEAT) wait = FIRST_WAIT
      // not all instances at once
      await pause(wait * (0.5 + Math.random()), closing.signal)
    }
  }

  const running = listen()
  return {
    get state() {
      return state
    },
    close: () => {
      closing.abort()
      return running
    },
  }
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    timer.unref()
    signal?.addEventListener('abort', () => resolve(), { once: true })
  })
}
