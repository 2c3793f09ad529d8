/** What of an address says where somebody is: one customer's network, however many addresses it has. */
import { isIP } from 'node:net'

/** What counts as one place: an IPv4 address, or the /64 that one IPv6 customer has (RFC 6177 §2). */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail = ''] = address.split('%', 1).join('').toLowerCase().split('::', 2)
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const zeros = address.includes('::') ? Array(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}

/** Roughly where somebody is: the first half of an IPv4 address, the /32 of an IPv6 one, which is one provider. */
export const regionOf = (address: string): string =>
  isIP(address) === 6 ? networkOf(address).split(':', 2).join(':') : address.split('.', 2).join('.')
