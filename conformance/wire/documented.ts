/** Whether an answer is one that the OpenAPI document knows. */
import type { SignedInUser, TestDoorward } from '@doorward/server/testing'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { routesOf } from './routes.ts'

/** A request by its operation, and what came back. */
export interface Answered {
  readonly method: string
  /** As in the document, with `{id}` where there is one. */
  readonly path: string
  readonly answer: Response
}

/** What is wrong with an answer, or null: its status, its type, or its body is not what the document says. */
export type Judge = (answered: Answered) => Promise<string | null>

interface Documented {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>
}

/** Reads the document of a Doorward. */
export function judgeOf({ openapi }: Pick<TestDoorward, 'openapi'>): Judge {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(openapi as object, 'openapi')
  return async ({ method, path, answer }) => {
    const text = await answer.text()
    const about = `${method} ${path}: ${answer.status} ${text.slice(0, 200)}`
    const operation = openapi.paths?.[path]?.[method.toLowerCase() as 'get'] as Documented | undefined
    const status = operation?.responses[answer.status] ? String(answer.status) : 'default'
    const documented = operation?.responses[status]
    if (!documented) return `${about}: the status is not documented`
    const type = answer.headers.get('content-type')
    if (text === '') return documented.content && type !== null ? `${about}: the body is missing` : null
    if (!documented.content?.[type ?? '']) return `${about}: ${type} is not documented`
    const pointer = [
      'paths',
      path,
      method.toLowerCase(),
      'responses',
      status,
      'content',
      type ?? '',
      'schema',
    ]
    const escaped = pointer.map((step) =>
      encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')),
    )
    const isValid = ajv.getSchema(`openapi#/${escaped.join('/')}`)
    const isJson = /[/+]json$/.test(type ?? '')
    if (isValid?.(isJson ? JSON.parse(text) : text)) return null
    return `${about}: ${ajv.errorsText(isValid?.errors)}`
  }
}

/** Asks for an operation by its name, and gives the body of the answer where it succeeded. */
export type Ask = (id: string, given?: Asked) => Promise<Record<string, string>>

/** What is said with a request, and who says it. */
export interface Asked {
  readonly parts?: readonly (string | number)[]
  readonly query?: string
  readonly body?: object
  readonly as?: SignedInUser
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks, and remembers which operations answered with success and what differs from the document. */
export function asking(doorward: TestDoorward): { ask: Ask; done: Set<string>; faults: string[] } {
  const judge = judgeOf(doorward)
  const routes = routesOf(doorward)
  const done = new Set<string>()
  const faults: string[] = []
  const ask: Ask = async (id, { parts = [], query = '', body, as, headers } = {}) => {
    const route = routes.find((one) => one.id === id)
    if (!route) throw new TypeError(`there is no operation ${id}`)
    const { method, path } = route
    let part = 0
    const url = `http://127.0.0.1:8000${path.replace(/\{\w+\}/g, () => String(parts[part++]))}${query}`
    const init = { method, headers: { 'content-type': 'application/json', ...as?.headers, ...headers } }
    const sent = new Request(url, { ...init, ...(body && { body: JSON.stringify(body) }) })
    const answer = await doorward.fetch(sent)
    const text = await answer.clone().text()
    const fault = await judge({ method, path, answer })
    if (fault) faults.push(fault)
    if (answer.ok) done.add(id)
    return /^[[{]/.test(text) ? JSON.parse(text) : {}
  }
  return { ask, done, faults }
}
