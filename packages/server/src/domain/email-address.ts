/** What an e-mail address is: its syntax as Django checks it, and the one form in which it is stored and compared. */
import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'

/** The three letters at the end are what Python's case-insensitive matching makes of `i`, `s` and `k`. */
const ATOM = "[-!#$%&'*+/=?^_`{}|~0-9A-Za-z\u0131\u017f\u212a]+"
const DOT_ATOM = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`)
const QUOTED = /^"(?:[\x01-\x08\x0b\x0c\x0e-\x1f!#-[\]-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*"$/
const DOMAIN = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}(?<!-)$/

/** Longest address that is looked at, in characters (RFC 3696 §3). */
const MAX_ADDRESS = 320

/**
 * Whether the text has the form of an address: dot-atom or quoted local part, a domain with a dot (or
 * `localhost`, or an address literal, RFC 5321 §4.1.3). International domains count in their ASCII form.
 */
export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@')
  if (at < 1 || text.length > MAX_ADDRESS) return false
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  return (DOT_ATOM.test(local) || QUOTED.test(local)) && isMailDomain(domain)
}

function isMailDomain(domain: string): boolean {
  if (domain === 'localhost' || DOMAIN.test(domain)) return true
  if (domain.startsWith('[') && domain.endsWith(']')) return isIP(domain.slice(1, -1)) !== 0
  return /[^\0-\x7f]/.test(domain) && DOMAIN.test(domainToASCII(domain))
}

/** How two addresses are compared. */
export type EmailComparison =
  /** As a whole in lower case, Unicode NFC, the domain in its ASCII form: the secure default. */
  | 'insensitive'
  /** Only the domain in lower case, and only at registration: what Django does. */
  | 'exact'

/** The form of an address that is stored, at registration. */
export function normalizeEmail(address: string, comparison: EmailComparison): string {
  const text = comparison === 'exact' ? address : address.trim().normalize('NFC')
  const at = text.lastIndexOf('@')
  if (at < 0) return comparison === 'exact' ? text : text.toLowerCase()
  const local = text.slice(0, at)
  const domain = text.slice(at + 1)
  if (comparison === 'exact') return `${local}@${domain.toLowerCase()}`
  return `${local.toLowerCase()}@${domainToASCII(domain.toLowerCase()) || domain.toLowerCase()}`
}

/** The form of an address by which an account is looked up: `exact` compares what was sent, letter by letter. */
export const lookupEmail = (address: string, comparison: EmailComparison): string =>
  comparison === 'exact' ? address : normalizeEmail(address, comparison)
