/** Requests that nobody would send on purpose, made from the schemas: the right routes and fields, and any value. */
import fc from 'fast-check'
import type { Route } from './routes.ts'

/** A request before it has an address. */
export interface RandomRequest {
  readonly route: Route
  readonly sent: { readonly type: string; readonly body: string | Uint8Array<ArrayBuffer> }
  readonly id: string
  readonly authorization: string
}

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom('a@example.com', 'MQ', '', 0, 1e308, true, null, 'x'.repeat(300)),
)

const PASSWORDS = fc.constantFrom('Kiddie-Ride-4821', 'Another-Ride-1177')
const NAMES = fc.constantFrom('Tina', 'Omar')

/** What a field may really hold, so that some requests are more than refused. */
const SENSIBLE: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  email: fc.nat(9999).map((n) => `person-${n}@example.org`),
  new_email: fc.nat(9999).map((n) => `person-${n}@example.org`),
  password: PASSWORDS,
  new_password: PASSWORDS,
  current_password: PASSWORDS,
  first_name: NAMES,
  last_name: NAMES,
  role: fc.constantFrom('buyer', 'supplier'),
  language: fc.constantFrom('id', null),
}

/** Half of the bodies hold anything, half hold what makes sense in every field that is known. */
const jsonOf = ({ fields }: Route): fc.Arbitrary<RandomRequest['sent']> =>
  fc
    .oneof(
      fc.record(Object.fromEntries(fields.map((field) => [field, value])), { requiredKeys: [] }),
      fc.record(
        Object.fromEntries(fields.map((field) => [field, SENSIBLE[field] ?? fc.constant(undefined)])),
      ),
    )
    .map((body) => ({ type: 'application/json', body: JSON.stringify(body) }))

const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain',
  '',
]

const anyBytes: fc.Arbitrary<RandomRequest['sent']> = fc
  .record({ type: fc.constantFrom(...TYPES), bytes: fc.uint8Array({ maxLength: 200 }) })
  .map(({ type, bytes }) => ({ type, body: new Uint8Array(bytes) }))

/** Any request to any of the routes. */
export const randomRequests = (routes: readonly Route[]): fc.Arbitrary<RandomRequest> =>
  fc.constantFrom(...routes).chain((route) =>
    fc.record({
      route: fc.constant(route),
      sent: fc.oneof(jsonOf(route), anyBytes),
      id: fc.oneof(fc.constantFrom('1', '2', 'me', '٣', '-1', '9'.repeat(30)), fc.string({ maxLength: 12 })),
      authorization: fc.constantFrom('', 'user', 'staff', 'JWT x', 'Token x', 'Bearer a b'),
    }),
  )

/** The Authorization headers of somebody who is signed in, and of somebody with staff rights. */
export interface Callers {
  readonly user: string
  readonly staff: string
}

/** The request itself. */
export function toRequest(base: string, random: RandomRequest, callers: Callers): Request {
  const { route, sent, id, authorization } = random
  const path = route.path.replace(/\{\w+\}/g, encodeURIComponent(id) || 'x')
  const headers = new Headers({ 'content-type': sent.type })
  const caller = callers[authorization as keyof Callers] ?? authorization
  if (caller !== '') headers.set('authorization', caller)
  const { method } = route
  return new Request(`${base}${path}`, { method, headers, ...(method !== 'GET' && { body: sent.body }) })
}
