/** From the bytes of a request to its data: JSON, form-encoded and multipart are equal. */
import { DoorwardError, fail } from '../domain/errors.ts'
import { parseJson } from './json.ts'
import { parseMultipart } from './multipart.ts'

/** What a body says: usually an object; what it may not be is found out by the schema. */
export type BodyData = unknown

/** A form cannot leave a field out, so what is empty in a form counts as absent where a field may be absent. */
export class FormBlank {
  toString(): string {
    return ''
  }
}

/** Parses a body. Nothing sent counts as `{}`. Throws `unsupported_media_type`, `parse_error`, `malformed_form`. */
export function parseBody(bytes: Buffer, contentType: string): BodyData {
  if (bytes.length === 0) return {}
  if (contentType === 'application/json') return parseJson(decodeJson(bytes, 'utf-8'))
  const [type = '', ...parameters] = contentType.split(';')
  const kind = kindOf(type.trim().toLowerCase())
  if (kind === null) throw fail('unsupported_media_type', { type: contentType })
  const charset = charsetOf(parameters.join(';'))
  if (kind === 'json') return parseJson(decodeJson(bytes, charset))
  return kind === 'form' ? parseForm(bytes, charset) : parseParts(bytes, contentType, charset)
}

/**
 * Reads the body of a web-standard request. Throws `body_too_large`, as early as that is known, and `parse_error` when
 * its sender leaves half-way; TypeError when it was taken before.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes) throw fail('body_too_large', { max: maxBytes })
  if (request.bodyUsed) throw new TypeError('the body of the request was read before it came to Doorward')
  if (!request.body) return Buffer.alloc(0)
  try {
    return announced > 0 ? Buffer.from(await request.arrayBuffer()) : await readPieces(request.body, maxBytes)
  } catch (error) {
    if (error instanceof DoorwardError) throw error
    throw fail('parse_error', { reason: 'the body ended too early' })
  }
}

async function readPieces(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw fail('body_too_large', { max: maxBytes })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

type Kind = 'json' | 'form' | 'multipart'

const KINDS: readonly [string, Kind][] = [
  ['application/json', 'json'],
  ['application/x-www-form-urlencoded', 'form'],
  ['multipart/form-data', 'multipart'],
]

/** Wildcards in a Content-Type match the first parser, as in DRF. */
function kindOf(type: string): Kind | null {
  const [main = '', sub = ''] = type.split('/')
  const found = KINDS.find(([name]) => {
    const [ownMain, ownSub] = name.split('/')
    return (main === '*' || main === ownMain) && (sub === '*' || sub === ownSub)
  })
  return found?.[1] ?? null
}

/** How a body's text is encoded: a label of the Encoding Standard, or `ascii`, which that takes for another. */
function charsetOf(parameters: string): string {
  const label = /charset\s*=\s*"?([\w-]+)/i.exec(parameters)?.[1]?.toLowerCase().replace('latin-1', 'latin1')
  if (label === undefined) return 'utf-8'
  if (label === 'ascii' || label === 'us-ascii') return 'ascii'
  try {
    return new TextDecoder(label).encoding
  } catch {
    return 'utf-8'
  }
}

function decodeJson(bytes: Buffer, charset: string): string {
  try {
    if (charset === 'ascii' && bytes.some((byte) => byte > 0x7f)) throw new TypeError('not ASCII')
    // a byte order mark is not JSON (RFC 8259 §8.1); in UTF-16 it belongs to the encoding
    return new TextDecoder(charset, { fatal: true, ignoreBOM: charset === 'utf-8' }).decode(bytes)
  } catch {
    throw fail('parse_error', { reason: 'the body is not valid in its character set' })
  }
}

/** Of names that are given several times the last counts. */
function parseForm(bytes: Buffer, charset: string): BodyData {
  if (charset === 'utf-8') return formData(new URLSearchParams(bytes.toString()))
  const decoder = new TextDecoder(charset)
  const decode = (text: string): string => {
    const raw = text.replaceAll('+', ' ').replace(/%([0-9a-f]{2})/gi, (_, hex: string) => byteOf(hex))
    return decoder.decode(Buffer.from(raw, 'latin1'))
  }
  const pairs = bytes.toString('latin1').split('&').filter(Boolean)
  return formData(
    pairs.map((pair) => {
      const [name = '', ...rest] = pair.split('=')
      return [decode(name), decode(rest.join('='))] as const
    }),
  )
}

const byteOf = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16))

/** The fields of a form or a query by name; blank ones are `FormBlank`. */
export const formData = (entries: Iterable<readonly [string, unknown]>): Record<string, unknown> =>
  Object.fromEntries([...entries].map(([name, value]) => [name, value === '' ? new FormBlank() : value]))

function parseParts(bytes: Buffer, contentType: string, charset: string): BodyData {
  const decoder = new TextDecoder(charset)
  const entries = parseMultipart(bytes, contentType, (part) => decoder.decode(part))
  if (entries === null) throw fail('malformed_form', { reason: 'Invalid boundary' })
  return formData(entries)
}
