/** A wire between two programs that a test can cut or freeze, as the network between two machines can be. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A stretch of network. */
export interface TestNetwork {
  /** The address of the other end, by way of this wire. */
  through(url: string): string
  /** `frozen`: connections stay and nothing comes through; `down`: they are cut, and new ones are refused. */
  state: 'fine' | 'frozen' | 'down'
  /** How many connections there are. */
  readonly connections: number
  close(): Promise<void>
}

/** Lays a wire to the server that an address names. */
export async function startTestNetwork(url: string): Promise<TestNetwork> {
  const { hostname, port } = new URL(url)
  const pairs = new Set<readonly [Socket, Socket]>()
  let state: TestNetwork['state'] = 'fine'
  const server = createServer((near) => {
    if (state === 'down') return void near.destroy()
    const far = connect(Number(port) || 5432, hostname)
    const pair = [near, far] as const
    pairs.add(pair)
    carry(near, far)
    carry(far, near)
    if (state === 'frozen') freeze(pair, true)
    for (const one of pair) one.on('close', () => pairs.delete(pair))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const cut = () => {
    for (const pair of pairs) for (const one of pair) one.destroy()
  }
  return {
    through: (address) => {
      const own = new URL(address)
      own.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
      return own.href
    },
    get state() {
      return state
    },
    set state(next) {
      state = next
      if (next === 'down') cut()
      for (const pair of pairs) freeze(pair, next === 'frozen')
    },
    get connections() {
      return pairs.size
    },
    close: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

function carry(from: Socket, to: Socket): void {
  from.on('data', (chunk) => to.write(chunk))
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroy())
}

function freeze(pair: readonly [Socket, Socket], frozen: boolean): void {
  for (const one of pair) frozen ? one.pause() : one.resume()
}
