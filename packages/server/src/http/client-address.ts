/** Who is really asking when proxies stand between: believes a forwarded header only as far as it was told to. */
import { BlockList, isIP } from 'node:net'
import type { Settings } from '../config/settings.ts'
import type { Origin } from '../domain/audit.ts'
import type { Exchange } from './exchange.ts'

/**
 * The address of the client. `trustProxy` is a number of hops, or networks in CIDR form; empty: the address of the
 * connection, whatever headers say.
 */
export function clientAddress(exchange: Pick<Exchange, 'peer' | 'headers'>, trustProxy: string): string {
  const peer = unmapped(exchange.peer)
  if (trustProxy === '') return peer
  const forwarded = (exchange.headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => unmapped(part.trim()))
  const chain = [...forwarded.filter((part) => isIP(part) !== 0), peer]
  if (/^\d+$/.test(trustProxy)) return chain[Math.max(0, chain.length - 1 - Number(trustProxy))] ?? peer
  const trusted = networks(trustProxy)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return chain.reverse().find((address) => isIP(address) !== 0 && !isTrusted(address)) ?? peer
}

/** Where a request came from. */
export const originOf = (exchange: Exchange, { server }: Pick<Settings, 'server'>): Origin => ({
  address: clientAddress(exchange, server.trustProxy),
  userAgent: exchange.headers.get('user-agent') ?? '',
  requestId: exchange.requestId,
})

const unmapped = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '')

const parsed = new Map<string, BlockList>()

/** Parsed once for each setting. */
function networks(list: string): BlockList {
  const known = parsed.get(list)
  if (known) return known
  const blocks = new BlockList()
  for (const part of list.split(',').map((text) => text.trim())) {
    const [address = '', bits] = part.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    blocks.addSubnet(address, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family)
  }
  parsed.set(list, blocks)
  return blocks
}
