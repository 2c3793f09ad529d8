/** What is said to a request that carries two credentials, as no `fetch` would send it. */
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

/** Status and body of a path for every way in which a good token may come with another. */
export async function answersToTwo(url: string, path: string, access: string): Promise<readonly string[]> {
  const good = `Bearer ${access}`
  const pairs = [
    [good, good],
    [good, 'Bearer x'],
    ['Bearer x', good],
    [good, 'Basic x'],
    ['Basic x', good],
    [good, ''],
  ]
  return Promise.all(pairs.map((pair) => answerTo(url, path, pair)))
}

async function answerTo(url: string, path: string, credentials: readonly string[]): Promise<string> {
  const { host, hostname, port } = new URL(url)
  const names = ['Authorization', 'authorization']
  const headers = ['Host', host, ...credentials.flatMap((one, i) => [names[i] ?? '', one])]
  const [answer] = (await once(get({ hostname, port, path, headers }), 'response')) as [IncomingMessage]
  return `${answer.statusCode} ${await text(answer)}`
}
