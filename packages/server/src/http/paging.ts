/** Pages of lists by keyset: a page begins behind a row, not at a number, so it stays true while rows come and go. */
import type { Settings } from '../config/settings.ts'
import { failField } from '../domain/errors.ts'
import type { ApiAnswer, ApiRequest } from './endpoint.ts'
import { ok } from './endpoint.ts'

/** Where a page ends: in which order, and behind what. */
export type Position = readonly [order: string, value: string | number]

/** The text that stands for a position in a query. Clients do not look into it. */
const writeCursor = (position: Position): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url')

/** The value of a position of this order. Throws `invalid_cursor` for anything else, such as one of another order. */
export function readCursor<T extends 'string' | 'number'>(
  text: string | undefined,
  order: string,
  type: T,
): (T extends 'string' ? string : number) | undefined {
  if (text === undefined) return undefined
  const position = parse(text)
  const [of, value] = Array.isArray(position) ? position : []
  const good = type === 'string' ? isStorable(value) : Number.isSafeInteger(value)
  if (of !== order || !good) throw failField('after', 'invalid_cursor')
  return value as T extends 'string' ? string : number
}

/** PostgreSQL has no text with a null character in it, and says so instead of finding none. */
const isStorable = (value: unknown): boolean => typeof value === 'string' && !value.includes('\0')

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    return null
  }
}

/** 200 with a page, and the address of the next one in the Link header (RFC 8288) where there is one. */
export function okPage(
  settings: Settings,
  { url }: Pick<ApiRequest, 'url'>,
  body: readonly unknown[],
  next: Position | null,
): ApiAnswer {
  if (next === null) return ok(body)
  const query = new URLSearchParams(url.searchParams)
  query.set('after', writeCursor(next))
  // never the host of the request, which anybody may write
  const address = `${settings.server.publicUrl}${url.pathname}?${query}`
  return { ...ok(body), headers: { link: `<${address}>; rel="next"` } }
}
