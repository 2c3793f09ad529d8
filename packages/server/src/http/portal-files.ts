/** The built web pages as they lie in a folder: the page that starts them, and its files in every encoding. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file of the pages: its name says its content, so that it never changes. */
export interface PortalFile {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  /** Compressed once, when the pages were built; absent where that would not help. */
  readonly br?: Uint8Array<ArrayBuffer>
  readonly gzip?: Uint8Array<ArrayBuffer>
}

/** The built web pages. */
export interface PortalFiles {
  /** The page that starts them, with places for title, language and settings. */
  readonly index: string
  /** By path: `/portal/index-DqE3x.js`. */
  readonly files: ReadonlyMap<string, PortalFile>
  /** The path of each language's texts, by language. */
  readonly locales: ReadonlyMap<string, string>
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Reads a folder that `@doorward/portal` built. Throws `TypeError` if it is none. */
export function readPortal(folder: string): PortalFiles {
  try {
    const names = readdirSync(join(folder, 'portal')).filter((name) => extname(name) in TYPES)
    const locales: Record<string, string> = JSON.parse(readFileSync(join(folder, 'locales.json'), 'utf8'))
    return {
      index: readFileSync(join(folder, 'index.html'), 'utf8'),
      files: new Map(names.map((name) => [`/portal/${name}`, readVariants(join(folder, 'portal', name))])),
      locales: new Map(Object.entries(locales)),
    }
  } catch (cause) {
    throw new TypeError(`The folder of the web pages cannot be read: ${folder}. Build them first.`, { cause })
  }
}

function readVariants(path: string): PortalFile {
  const br = bytes(`${path}.br`)
  const gzip = bytes(`${path}.gz`)
  return {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    plain: readFileSync(path),
    ...(br && { br }),
    ...(gzip && { gzip }),
  }
}

function bytes(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** The smallest form of a file that an Accept-Encoding header allows (RFC 9110 §12.5.3). */
export function bestForm(
  file: PortalFile,
  accepted: string | undefined,
): { readonly body: Uint8Array<ArrayBuffer>; readonly encoding: 'br' | 'gzip' | null } {
  const ranges = (accepted ?? '').toLowerCase().split(',')
  const allows = (coding: string) =>
    ranges.some((range) => {
      const [name = '', quality = ''] = range.split(';').map((part) => part.trim())
      return name === coding && !/^q=0(\.0*)?$/.test(quality)
    })
  for (const encoding of ['br', 'gzip'] as const) {
    const body = file[encoding]
    if (body && allows(encoding)) return { body, encoding }
  }
  return { body: file.plain, encoding: null }
}
