/** From the bytes of a request to its data: JSON, form-encoded and multipart are equal. */
import { fail } from '../domain/errors.ts'
import { parseJson } from './json.ts'

/** What a body says: usually an object; what it may not be is found out by the schema. */
export type BodyData = unknown

/**
 * Reads and parses the body. Nothing sent counts as `{}`. Throws `body_too_large`, `unsupported_media_type`,
 * `parse_error`, `malformed_form`.
 */
export async function readBody(request: Request, maxBytes: number): Promise<BodyData> {
  const bytes = await readBytes(request, maxBytes)
  if (bytes.length === 0) return {}
  const contentType = request.headers.get('content-type') ?? ''
  const [type = '', ...parameters] = contentType.split(';')
  const kind = kindOf(type.trim().toLowerCase())
  if (kind === null) throw fail('unsupported_media_type', { type: contentType })
  if (kind === 'multipart') return parseMultipart(bytes, contentType)
  const text = decode(bytes, parameters, kind)
  return kind === 'json' ? parseJson(text) : Object.fromEntries(new URLSearchParams(text))
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes) throw fail('body_too_large', { max: maxBytes })
  if (!request.body) return Buffer.alloc(0)
  if (announced > 0) return Buffer.from(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
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

function decode(bytes: Buffer, parameters: readonly string[], kind: Kind): string {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(parameters.join(';'))?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(knownCharset(charset), { fatal: kind === 'json', ignoreBOM: true }).decode(bytes)
  } catch {
    throw fail('parse_error', { reason: 'the body is not valid in its character set' })
  }
}

function knownCharset(label: string): string {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return 'utf-8'
  }
}

async function parseMultipart(bytes: Buffer, contentType: string): Promise<BodyData> {
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'content-type': contentType },
    }).formData()
    return Object.fromEntries(form)
  } catch {
    throw fail('malformed_form', { reason: 'Invalid boundary or parts' })
  }
}
