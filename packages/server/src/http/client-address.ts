/** Who is really asking when proxies stand between: believes a forwarded header only as far as it was told to. */
import { BlockList, isIP } from 'node:net'
import type { Context } from 'hono'
import type { Settings } from '../config/settings.ts'
import type { Origin } from '../domain/audit.ts'

/** Part of what `@hono/node-server` hands over beside the request. */
interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

/**
 * The address of the client. `trustProxy` is a number of hops, or networks in CIDR form; empty: the address of the
 * connection, whatever headers say.
 */
export function clientAddress(context: Context, trustProxy: string): string {
  const bindings = context.env as NodeBindings | undefined
  const peer = unmapped(bindings?.incoming?.socket?.remoteAddress ?? '')
  if (trustProxy === '') return peer
  const forwarded = (context.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => unmapped(part.trim()))
  const chain = [...forwarded.filter((part) => isIP(part) !== 0), peer]
  if (/^\d+$/.test(trustProxy)) return chain[Math.max(0, chain.length - 1 - Number(trustProxy))] ?? peer
  const trusted = networks(trustProxy)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return chain.reverse().find((address) => isIP(address) !== 0 && !isTrusted(address)) ?? peer
}

/** Where a request came from. */
export const originOf = (context: Context, { server }: Pick<Settings, 'server'>): Origin => ({
  address: clientAddress(context, server.trustProxy),
  userAgent: context.req.header('user-agent') ?? '',
  requestId: String(context.get('requestId') ?? ''),
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
