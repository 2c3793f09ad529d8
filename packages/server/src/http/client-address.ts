/** Who is really asking when proxies stand between: believes a forwarded header only as far as it was told to. */
import { BlockList, isIP } from 'node:net'
import type { Settings } from '../config/settings.ts'
import type { Origin } from '../domain/audit.ts'
import type { Exchange } from './exchange.ts'

/**
 * The address of the client. `trustProxy` is a number of hops, or networks in CIDR form; empty: the address of the
 * connection, whatever headers say. Where a proxy that is trusted wrote no address, it is that of the proxy.
 */
function clientAddress(exchange: Pick<Exchange, 'peer' | 'headers'>, trustProxy: string): string {
  const peer = bare(exchange.peer)
  if (trustProxy === '') return peer
  const forwarded = exchange.headers.get('x-forwarded-for')
  const chain = [...(forwarded === null ? [] : forwarded.split(',').map(bare)), peer]
  const believed = /^\d+$/.test(trustProxy)
    ? chain[Math.max(0, chain.length - 1 - Number(trustProxy))]
    : firstUntrusted(chain, networks(trustProxy))
  return believed !== undefined && isIP(believed) !== 0 ? believed : peer
}

/** Where a request came from. */
export const originOf = (exchange: Exchange, { server }: Pick<Settings, 'server'>): Origin => ({
  address: clientAddress(exchange, server.trustProxy),
  userAgent: exchange.headers.get('user-agent') ?? '',
  requestId: exchange.requestId,
})

/** From the connection back: the first address that is no trusted proxy. What stands before it, anybody may write. */
const firstUntrusted = (chain: readonly string[], trusted: BlockList): string | undefined =>
  chain.findLast((address) => isIP(address) === 0 || !trusted.check(address, family(address)))

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** An address without the port, the brackets and the IPv6 prefix that some proxies and sockets write around it. */
function bare(text: string): string {
  const address = text.trim().replace(/^::ffff:(?=\d+\.)/i, '')
  const [, inBrackets, beforePort] = /^\[([\da-f:.]+)\](?::\d+)?$|^([\d.]+):\d+$/i.exec(address) ?? []
  return inBrackets ?? beforePort ?? address
}

/**
 * Tells once when a proxy that nobody mentioned forwards requests: everybody would count as one client, or anybody
 * could write any address, and the operator should know.
 */
export function createForwardedWarning(trustProxy: string, warn: (message: string) => void) {
  let isTold = trustProxy !== ''
  return ({ headers }: Pick<Exchange, 'headers'>): void => {
    if (isTold) return
    if (headers.get('x-forwarded-for') === null && headers.get('forwarded') === null) return
    isTold = true
    warn(
      'A request came through a proxy (it has a Forwarded or X-Forwarded-For header), but TRUST_PROXY is not set: ' +
        'the address of the connection counts as the client. Write how many proxies there are, such as TRUST_PROXY=1.',
    )
  }
}

const parsed = new Map<string, BlockList>()

/** Parsed once for each setting. */
function networks(list: string): BlockList {
  const known = parsed.get(list)
  if (known) return known
  const blocks = new BlockList()
  for (const part of list.split(',').map((text) => text.trim())) {
    const [address = '', bits] = part.split('/')
    blocks.addSubnet(address, Number(bits ?? (isIP(address) === 6 ? 128 : 32)), family(address))
  }
  parsed.set(list, blocks)
  return blocks
}
