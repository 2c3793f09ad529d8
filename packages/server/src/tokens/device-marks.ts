/**
 * Marks by which a device is known again that has signed in to an account before. They give nobody access; whoever
 * shows one only gets an allowance of guesses of its own, so that others who guess cannot hold up the owner.
 *
 * @see https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../domain/clock.ts'
import { seconds } from '../domain/clock.ts'
import type { Secret } from '../domain/secret.ts'
import { deriveKey } from './seal.ts'

/** Makes and checks marks. */
export interface DeviceMarks {
  /** The id of the device for an account, or null if none of the marks belongs to it or it is too old. */
  find(marks: string, account: string): string | null
  /** The marks with one for the account in front; those of a few other accounts of the device stay. */
  add(marks: string, account: string): string
}

/** Accounts of one device that are remembered. */
const MOST_ACCOUNTS = 5
const MARK = /^([0-9a-z]{1,10})-([\w-]{16})-([\w-]{22})$/

/** Makes marks good for `lifetime` seconds. The first secret signs, all check. `account` is any text that names one. */
export function createDeviceMarks(deps: {
  readonly secrets: readonly Secret[]
  readonly clock: Clock
  readonly lifetime: number
}): DeviceMarks {
  const keys = deps.secrets.map((secret) => deriveKey(secret, 'device-mark'))
  const [first] = keys
  if (!first) throw new TypeError('createDeviceMarks needs at least one secret')

  const deviceOf = (mark: string, account: string): string | null => {
    const [, time = '', id = '', signature = ''] = MARK.exec(mark) ?? []
    const isOurs = id !== '' && keys.some((key) => isSame(sign(key, [time, id, account]), signature))
    const isFresh = seconds(deps.clock) - Number.parseInt(time, 36) <= deps.lifetime
    return isOurs && isFresh ? id : null
  }
  const split = (marks: string) => marks.split('.', MOST_ACCOUNTS)
  return {
    find: (marks, account) => {
      for (const mark of split(marks)) {
        const id = deviceOf(mark, account)
        if (id !== null) return id
      }
      return null
    },
    add: (marks, account) => {
      const others = split(marks).filter((mark) => MARK.test(mark))
      const own = others.find((mark) => deviceOf(mark, account) !== null)
      const id = (own && deviceOf(own, account)) ?? randomBytes(12).toString('base64url')
      const time = seconds(deps.clock).toString(36)
      const fresh = `${time}-${id}-${sign(first, [time, id, account])}`
      return [fresh, ...others.filter((mark) => mark !== own)].slice(0, MOST_ACCOUNTS).join('.')
    },
  }
}

const sign = (key: Buffer, parts: readonly string[]): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url')

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b))
