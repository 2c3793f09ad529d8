/** The cookie by which a device is known again: signed, out of reach of scripts, and no way in by itself. */
import { parse, serialize } from 'hono/utils/cookie'
import type { Settings } from '../config/settings.ts'
import { lookupEmail } from '../domain/email-address.ts'
import type { DeviceMarks } from '../tokens/device-marks.ts'
import type { RequestHeaders } from './exchange.ts'

/** What knowing a device takes. */
export interface KnownDeviceDeps {
  readonly settings: Settings
  readonly deviceMarks: DeviceMarks
}

const nameOf = ({ server }: Settings): string =>
  server.publicUrl.startsWith('https:') ? '__Secure-doorward-device' : 'doorward-device'

function marksIn(headers: RequestHeaders, settings: Settings): string {
  if (!settings.throttle.deviceCookie) return ''
  const name = nameOf(settings)
  return parse(headers.get('cookie') ?? '', name)[name] ?? ''
}

const account = (email: string, { users }: Settings): string => lookupEmail(email, users.emailComparison)

/** The id of the device if it signed in to the account of this address before, or null. */
export function knownDevice(
  { settings, deviceMarks }: KnownDeviceDeps,
  headers: RequestHeaders,
  email: string,
): string | null {
  const marks = marksIn(headers, settings)
  return marks === '' ? null : deviceMarks.find(marks, account(email, settings))
}

/** The Set-Cookie header by which the device will be known to the account of this address; none if that is off. */
export function deviceCookie(
  { settings, deviceMarks }: KnownDeviceDeps,
  headers: RequestHeaders,
  email: string,
): readonly string[] {
  if (!settings.throttle.deviceCookie) return []
  const { cookieSameSite } = settings.sessions
  const isSecure = settings.server.publicUrl.startsWith('https:')
  const marks = deviceMarks.add(marksIn(headers, settings), account(email, settings))
  const cookie = serialize(nameOf(settings), marks, {
    path: `${settings.api.authPath}/`,
    httpOnly: true,
    secure: isSecure || cookieSameSite === 'None',
    sameSite: cookieSameSite,
    maxAge: settings.throttle.deviceLifetime,
  })
  return [cookie]
}
