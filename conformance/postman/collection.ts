/** The Postman collection, made from the OpenAPI document: every operation, and the tutorial's story in order. */
import type { OpenApiDocument } from '@doorward/server/openapi'
import type { PostmanItem, PostmanScript } from './request.ts'
import { request, script } from './request.ts'
import { story } from './story.ts'

interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly $ref?: string
}

interface DocumentedOperation {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly operationId?: string
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
}

/** Makes the collection from the API's document. */
export function collection(document: OpenApiDocument): object {
  const folders = new Map<string, PostmanItem[]>()
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods as Record<string, DocumentedOperation>)) {
      if (!operation.summary) continue
      const tag = operation.tags?.[0] ?? 'Other'
      folders.set(tag, [
        ...(folders.get(tag) ?? []),
        documented(path, method.toUpperCase(), operation, document),
      ])
    }
  }
  return {
    info: {
      name: 'Doorward',
      description:
        'Generated from the OpenAPI document. Run the folder “The story, step by step” from top to bottom; it leaves ' +
        'somebody signed in for the other folders. What is for staff needs `email` and `password` of such an account ' +
        'in the environment, and “Sign in”, which keeps the tokens.',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    item: [
      { name: 'The story, step by step', item: story() },
      ...[...folders].map(([name, item]) => ({ name, item })),
    ],
  }
}

function documented(path: string, method: string, operation: DocumentedOperation, document: OpenApiDocument) {
  const schema = operation.requestBody?.content?.['application/json']?.schema
  const kept = KEPT[operation.operationId ?? '']
  return request({
    name: operation.summary ?? path,
    method,
    path: variables(path),
    signedIn: (operation.security ?? []).length > 0,
    description: operation.description,
    ...(schema && { body: { ...example(schema, document), ...(isForOthers(operation) && SOMEBODY_ELSE) } }),
    ...(kept && { events: [keeping(kept)] }),
  })
}

/** What later requests need of an answer: the variable, and where its value is in the body. */
const KEPT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  signIn: { access: 'body.access', refresh: 'body.refresh' },
  refresh: { access: 'body.access', refresh: 'body.refresh' },
  reauthenticate: { access: 'body.access' },
  readMe: { id: 'body.id' },
  createUser: { id: 'body.id' },
  listSessions: { session: 'body.find(({ current }) => !current)?.id' },
  listMails: { mail: 'body[0]?.id' },
  listKeys: { kid: "body.keys.find(({ state }) => state === 'retiring')?.kid" },
}

const keeping = (values: Readonly<Record<string, string>>): PostmanScript =>
  script(
    'test',
    'const body = pm.response.code < 300 ? pm.response.json() : null',
    ...Object.entries(values).map(
      ([name, value]) => `if (body && ${value}) pm.environment.set('${name}', String(${value}))`,
    ),
  )

/** Staff make accounts for others. */
const SOMEBODY_ELSE = { email: 'new.{{email}}' }
const isForOthers = ({ operationId }: DocumentedOperation): boolean =>
  operationId === 'createUser' || operationId === 'inviteUser'

/** Ids of sessions and of mails are others than those of accounts. */
const variables = (path: string): string =>
  path
    .replace('/sessions/{id}/', '/sessions/{{session}}/')
    .replace('/mails/{id}/', '/mails/{{mail}}/')
    .replace(/(?<!\{)\{(\w+)\}(?!\})/g, '{{$1}}')

const NAMED: Readonly<Record<string, unknown>> = {
  email: '{{email}}',
  new_email: 'new.{{email}}',
  re_new_email: 'new.{{email}}',
  password: '{{password}}',
  re_password: '{{password}}',
  current_password: '{{password}}',
  new_password: '{{newPassword}}',
  re_new_password: '{{newPassword}}',
  uid: '{{uid}}',
  refresh: '{{refresh}}',
  first_name: 'Tina',
  last_name: 'Santoso',
  role: 'buyer',
  locale: 'en',
  reason: 'Left the company',
}

function example(schema: JsonSchema, document: OpenApiDocument): object {
  const named = schema.$ref?.split('/').at(-1)
  const resolved = named ? (document.components?.schemas?.[named] as JsonSchema) : schema
  const entries = Object.entries(resolved.properties ?? {})
  const hasLink = entries.some(([name]) => name === 'uid')
  return Object.fromEntries(entries.map(([name, field]) => [name, exampleOf(name, field, hasLink)]))
}

function exampleOf(name: string, field: JsonSchema, hasLink: boolean): unknown {
  if (name === 'token') return hasLink ? '{{token}}' : '{{access}}'
  if (name in NAMED) return NAMED[name]
  if (field.enum) return field.enum[0]
  const type = [field.type].flat()[0]
  return type === 'integer' ? 1 : type === 'boolean' ? false : ''
}

/** The variables of the collection. */
export const environment = (): object => ({
  name: 'Doorward on this machine',
  values: [
    ['baseUrl', 'http://127.0.0.1:8000'],
    ['email', 'tina@example.com'],
    ['password', 'Kiddie-Ride-4821'],
    ['newPassword', 'Carousel-Horse-9137'],
    ...['uid', 'token', 'access', 'refresh', 'id', 'session', 'mail', 'kid'].map((key) => [key, '']),
  ].map(([key, value]) => ({ key, value, type: 'default', enabled: true })),
})
