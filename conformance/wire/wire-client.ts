/** Calls of the API in tests: a method, a path and a body in, status, body and headers out. */
import type { TestDoorward } from '@doorward/server/testing'

/** What came back. */
export interface WireAnswer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any
  readonly headers: Headers
}

/** Asks as somebody. */
export type WireCall = (
  request: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<WireAnswer>

/** Makes the function that asks: `call('POST admin/users/', body, staff.headers)`. */
export const wireClient =
  ({ fetch }: Pick<TestDoorward, 'fetch'>): WireCall =>
  async (request, body, headers = {}) => {
    const [method = '', path = ''] = request.split(' ')
    const answer = await fetch(
      new Request(path.startsWith('http') ? path : `http://127.0.0.1:8000/auth/${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? null : JSON.parse(text), headers: answer.headers }
  }
