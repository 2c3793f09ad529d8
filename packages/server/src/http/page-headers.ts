/** The headers of every page: nothing may be embedded, fetched from elsewhere, kept, or told to another site. */

/** The Content-Security-Policy of a page without scripts, styles and pictures (CSP Level 3). */
export const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** What no page here has a use for (Permissions Policy). */
const NOTHING_ALLOWED = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/** The headers of a page with this Content-Security-Policy. */
export const pageHeaders = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // addresses of pages behind mailed links are secrets
  'referrer-policy': 'no-referrer',
  'permissions-policy': NOTHING_ALLOWED,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
})
