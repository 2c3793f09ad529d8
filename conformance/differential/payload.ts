/** A body exactly as it goes over the wire, with the Content-Type that announces it. */
export class Payload {
  readonly type: string | undefined
  readonly bytes: Buffer
  readonly chunked: boolean

  constructor(type: string | undefined, bytes: Buffer, chunked = false) {
    this.type = type
    this.bytes = bytes
    this.chunked = chunked
  }
}

/** Any bytes under any type; `undefined` sends no Content-Type. */
export function raw(type: string | undefined, bytes: string | Uint8Array): Payload {
  return new Payload(type, Buffer.from(bytes))
}

/** JSON given as text, for what `JSON.stringify` cannot say: duplicates, exponents, lone surrogates. */
export function jsonText(text: string | Uint8Array, type = 'application/json'): Payload {
  return raw(type, text)
}

/** An object whose values are given as JSON text; `undefined` leaves the key out. */
export function jsonObject(fields: Readonly<Record<string, string | undefined>>): Payload {
  const members = Object.entries(fields)
    .filter((entry) => entry[1] !== undefined)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
  return jsonText(`{${members.join(',')}}`)
}

/** `application/x-www-form-urlencoded`; pairs may repeat a name. */
export function form(pairs: Iterable<readonly [string, string]> | Readonly<Record<string, string>>): Payload {
  const list = Symbol.iterator in pairs ? [...pairs] : Object.entries(pairs)
  const text = list.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&')
  return raw('application/x-www-form-urlencoded', text)
}

/** One part of a multipart body; with `filename` it is a file. */
export interface Part {
  readonly name: string
  readonly value: string
  readonly filename?: string
}

const BOUNDARY = 'doorward-boundary-7d1f'

/** `multipart/form-data`, with a fixed boundary so that both servers get the same bytes. */
export function multipart(parts: readonly Part[]): Payload {
  const body = parts.map(({ name, value, filename }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: text/plain`
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  })
  return raw(`multipart/form-data; boundary=${BOUNDARY}`, `${body.join('')}--${BOUNDARY}--\r\n`)
}

/** The fields of a plain object as text parts. */
export function multipartOf(fields: Readonly<Record<string, string>>): Payload {
  return multipart(Object.entries(fields).map(([name, value]) => ({ name, value })))
}
