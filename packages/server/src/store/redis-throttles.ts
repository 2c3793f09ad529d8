/** Throttling counters that all instances share, in Redis. Without it each instance counts by itself for a while. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { mostRemembered, waitOf } from '../domain/throttle.ts'
import { createMemoryThrottles } from './memory-throttles.ts'
import type { Attempt, Taken, ThrottleStore } from './throttle-store.ts'

/** One tag, so that a cluster keeps all keys of a script in one place. */
const PREFIX = '{doorward}:throttle:'

/** How long an answer may take, in milliseconds: signing in must not hang on a counter. */
const PATIENCE = 500

/**
 * The arithmetic of `domain/throttle.ts`. Redis runs scripts one at a time, so simultaneous attempts pass one by
 * one. Texts, because Redis would cut numbers off behind the point.
 */
const TAKE = `
local now = tonumber(ARGV[1])
local answers = {}
for i, key in ipairs(KEYS) do
  local at_arg = 2 + (i - 1) * 5
  local free, most, forgive, delay, longest = tonumber(ARGV[at_arg]), tonumber(ARGV[at_arg + 1]),
    tonumber(ARGV[at_arg + 2]), tonumber(ARGV[at_arg + 3]), tonumber(ARGV[at_arg + 4])
  local kept = redis.call('hmget', key, 'level', 'at')
  local stored, at = tonumber(kept[1] or '0'), math.min(now, tonumber(kept[2] or '0'))
  local elapsed = now - at
  local level = math.max(0, stored - elapsed / forgive)
  local wait = math.min(longest, delay * 2 ^ (math.ceil(level + 1 - free) - 1))
  local admitted = level + 1 <= free or elapsed >= wait
  if admitted then stored, at = math.min(most, level + 1), now end
  redis.call('hset', key, 'level', tostring(stored), 'at', tostring(at))
  redis.call('pexpire', key, math.ceil(stored * forgive))
  table.insert(answers, admitted and '1' or '0')
  table.insert(answers, tostring(stored))
  table.insert(answers, string.format('%.0f', at))
end
return answers
`

const GIVE_BACK = `
for _, key in ipairs(KEYS) do
  if redis.call('exists', key) == 1 then redis.call('hincrbyfloat', key, 'level', -1) end
end
`

/** Counters in Redis. `onError` hears once of every outage, in which the process counts for itself. */
export function createRedisThrottles(url: string, onError: (error: unknown) => void): ThrottleStore {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    connectTimeout: 5000,
    commandTimeout: PATIENCE,
    // a connection on which nothing comes back is given up, and not waited for by one attempt after the other
    socketTimeout: 2 * PATIENCE,
    // after a failover the name leads elsewhere, and this connection to one that may not count any more
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
    lazyConnect: true,
  })
  const alone = createMemoryThrottles()
  const outage = createOutage(onError)
  redis.on('error', outage.began)
  // a TLS connection may fail twice, the second time behind a certificate that was refused: the client hears the first
  // fault alone, and the other one would end the program
  redis.on('connecting', () => setImmediate(() => redis.stream?.on('error', outage.began)))
  const started = Promise.race([
    redis.connect().catch(outage.began),
    sleep(PATIENCE, undefined, { ref: false }),
  ])

  const unlessOut = async <T>(shared: () => Promise<T>, own: () => Promise<T>): Promise<T> => {
    await started
    try {
      if (redis.status !== 'ready') throw new TypeError('There is no connection to Redis.')
      const answer = await shared()
      outage.ended()
      return answer
    } catch (error) {
      outage.began(error)
      return own()
    }
  }
  return {
    take: (attempts, now) =>
      unlessOut(
        () => takeAll(redis, attempts, now),
        () => alone.take(attempts, now),
      ),
    settle: (outcome) =>
      unlessOut(
        () => settleAll(redis, outcome),
        () => alone.settle(outcome),
      ),
    sweep: (now) => alone.sweep(now),
    close: async () => {
      redis.disconnect()
    },
  }
}

function createOutage(onError: (error: unknown) => void) {
  let told = false
  return {
    began: (error: unknown) => {
      if (!told) onError(error)
      told = true
    },
    ended: () => {
      told = false
    },
  }
}

async function takeAll(redis: Redis, attempts: readonly Attempt[], now: number): Promise<readonly Taken[]> {
  const keys = attempts.map(({ key }) => PREFIX + key)
  const limits = attempts.flatMap(({ limit }) => [
    limit.free,
    mostRemembered(limit),
    limit.forgiveAfter,
    limit.delay,
    limit.longest,
  ])
  const answers = (await redis.eval(TAKE, keys.length, ...keys, now, ...limits)) as readonly string[]
  return attempts.map(({ key, limit }, index) => {
    const [admitted, level, at] = answers.slice(index * 3, index * 3 + 3)
    const state = { level: Number(level), at: Number(at) }
    return { key, level: state.level, wait: admitted === '1' ? 0 : Math.max(1, waitOf(state, limit, now)) }
  })
}

async function settleAll(
  redis: Redis,
  { giveBack, forget }: Parameters<ThrottleStore['settle']>[0],
): Promise<void> {
  const named = (keys: readonly string[]) => keys.map((key) => PREFIX + key)
  if (forget.length > 0) await redis.del(...named(forget))
  if (giveBack.length > 0) await redis.eval(GIVE_BACK, giveBack.length, ...named(giveBack))
}
