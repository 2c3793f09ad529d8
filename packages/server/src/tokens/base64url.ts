/** Base64url in its one canonical form (RFC 7515 §2, RFC 4648 §5), for everything that is signed or sealed. */

/**
 * The bytes, or null when the text is not exactly what encoding them gives: foreign characters, padding, white
 * space and stray trailing bits are refused, so that no two texts mean the same signature (RFC 4648 §3.5).
 */
export function decodeBase64url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : null
}
