/** What an app answers at paths that begin like the API's and lead out of it, written as no browser would send them. */
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

/** Doorward has these pages when it is a server of its own. An app that mounts the API has not mounted them. */
const PAGES = ['metrics', 'ready', 'docs', 'openapi.json']

/** The status of each, which is the app's own 404 where all is well. */
export async function statusesOutside({
  url,
  authPath,
}: {
  url: string
  authPath: string
}): Promise<number[]> {
  const up = authPath.split('/').slice(1)
  const ways = [up.map(() => '..').join('/'), up.map(() => '%2e%2e').join('/')]
  const paths = ways.flatMap((way) => PAGES.map((page) => `${authPath}/${way}/${page}`))
  return Promise.all(paths.map((path) => statusOf(url, path)))
}

async function statusOf(url: string, path: string): Promise<number> {
  const { hostname, port } = new URL(url)
  const [answer] = (await once(get({ hostname, port, path }), 'response')) as [IncomingMessage]
  answer.resume()
  return answer.statusCode ?? 0
}
