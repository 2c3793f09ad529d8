/** Real servers for tests of what speaks HTTP: a Doorward under the test's control, and pages on an origin of their own. */
import type { Server } from 'node:http'
import type { TestDoorward, TestDoorwardOptions } from '@doorward/server/testing'
import { createTestDoorward } from '@doorward/server/testing'
import { serve } from '@hono/node-server'

type Answer = (request: Request, env?: unknown) => Response | Promise<Response>

/** Something that listens. */
export interface Listening {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  readonly url: string
  /** Stops, and drops connections that are open. */
  close(): Promise<void>
}

/** Listens on a free port. */
export function listen(answer: Answer): Promise<Listening> {
  return new Promise((resolve) => {
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const close = () =>
        new Promise<void>((done) => {
          server.close(() => done())
          ;(server as Server).closeAllConnections()
        })
      resolve({ url: `http://127.0.0.1:${port}`, close })
    })
  })
}

/** A Doorward that listens. */
export interface ServedDoorward extends TestDoorward {
  readonly url: string
  /** Every request that came, as `POST /auth/jwt/refresh/`, oldest first. */
  readonly requests: string[]
  /** What happens to requests before the server sees them; null lets them pass. */
  intercept: ((request: Request) => Promise<Response | null>) | null
}

/** Starts a Doorward that listens. Its Date header is the test clock's. `frontend` is the origin of pages. */
export async function serveDoorward(
  { config, ...options }: TestDoorwardOptions = {},
  frontend?: string,
): Promise<ServedDoorward> {
  const requests: string[] = []
  let answer: Answer = () => new Response(null, { status: 503 })
  const listening = await listen((request, env) => answer(request, env))
  const server = {
    publicUrl: listening.url,
    frontendUrl: frontend ?? listening.url,
    ...config?.server,
  }
  const doorward = await createTestDoorward({ ...options, config: { ...config, server } })
  const close = async () => {
    await listening.close()
    await doorward.close()
  }
  const served: ServedDoorward = { ...doorward, url: listening.url, requests, intercept: null, close }
  answer = async (request, env) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`)
    const response = (await served.intercept?.(request)) ?? (await doorward.fetch(request, env))
    response.headers.set('date', new Date(doorward.clock.now()).toUTCString())
    return response
  }
  return served
}
