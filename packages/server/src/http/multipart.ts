/** Reads `multipart/form-data` (RFC 7578) as Django does: what no field can be read from is passed over. */

/** A file of a form. No field takes one, and it is not kept. */
export class FormFile {}

/** A field of a form, by name. */
export type FormEntry = readonly [name: string, value: string | FormFile]

/**
 * The fields of a form, in their order; `decode` turns bytes into text. Null where the Content-Type names no boundary
 * that can be one. A last delimiter may be missing, and what stands before the first one or after the last is no field.
 */
export function parseMultipart(
  bytes: Buffer,
  contentType: string,
  decode: (bytes: Buffer) => string,
): readonly FormEntry[] | null {
  const boundary = boundaryOf(contentType)
  if (boundary === null) return null
  const parts = bytes.toString('latin1').split(`--${boundary}`)
  const text = (latin1: string): string => decode(Buffer.from(latin1, 'latin1'))
  return parts.map((part) => entryOf(part, text)).filter((entry) => entry !== null)
}

/** Up to 201 visible ASCII characters, more than the 70 of RFC 2046 §5.1.1, as Django takes them. */
function boundaryOf(contentType: string): string | null {
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]*)"|([^;]*))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare?.trim() ?? ''
  return /^[ -~]{0,200}[!-~]$/.test(boundary) ? boundary : null
}

/** Where the header of a part must have ended, in bytes: Django's number. It also bounds the work of reading it. */
const HEAD_SIZE = 1024

function entryOf(part: string, text: (latin1: string) => string): FormEntry | null {
  const end = part.slice(0, HEAD_SIZE).indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = part.slice(0, end)
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === null) return null
  if (parameter(disposition, 'filename')) return [text(name), new FormFile()]
  const value = part.slice(end + 4).replace(/\r?\n$/, '')
  const isBase64 = /^content-transfer-encoding:\s*base64\s*$/im.test(head)
  return [text(name), text(isBase64 ? Buffer.from(value, 'base64').toString('latin1') : value)]
}

function parameter(disposition: string, name: string): string | null {
  const [, quoted, bare] =
    new RegExp(`;\\s*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i').exec(disposition) ?? []
  return quoted?.replace(/\\(["\\])/g, '$1') ?? bare?.trim() ?? null
}
