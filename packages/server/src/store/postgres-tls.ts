/** How connections to PostgreSQL are encrypted, and with what its certificate is checked: libpq's `sslmode`. */
import { readFileSync } from 'node:fs'
import type { ConnectionOptions } from 'node:tls'

/** What the settings say. */
export interface TlsOptions {
  readonly sslMode: 'unset' | 'disable' | 'require' | 'verify-ca' | 'verify-full'
  /** Certificates in PEM form, or null for those that Node trusts. */
  readonly sslCa: string | null
}

const MODES: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full']

/**
 * Takes `sslmode`, `sslrootcert`, `sslcert` and `sslkey` out of the address, which go before the settings, and gives
 * what `pg` understands. TypeError for a mode that is none, or a file that cannot be read.
 */
export function takeTls(
  take: (name: string) => string | undefined,
  settings: TlsOptions,
): ConnectionOptions | false {
  const mode = take('sslmode') ?? settings.sslMode
  const ca = read('sslrootcert', take('sslrootcert')) ?? settings.sslCa ?? undefined
  const cert = read('sslcert', take('sslcert'))
  const key = read('sslkey', take('sslkey'))
  if (mode !== 'unset' && !MODES.includes(mode)) {
    throw new TypeError(`database.url: \`sslmode\` is not a mode. Write one of: ${MODES.join(', ')}.`)
  }
  if (mode === 'disable' || (mode === 'unset' && !ca && !cert)) return false
  const own = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  if (mode === 'require' && !ca) return { ...own, rejectUnauthorized: false }
  if (mode === 'verify-full' || mode === 'unset') return own
  // the certificate is checked, but not whose it is
  return { ...own, checkServerIdentity: () => undefined }
}

function read(name: string, path: string | undefined): string | undefined {
  if (path === undefined || path === 'system') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new TypeError(`database.url: the file that \`${name}\` names cannot be read (${code})`)
  }
}
