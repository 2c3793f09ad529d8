/** The Postman collection, made from the OpenAPI document: every operation, and the tutorial's story in order. */
import type { OpenApiDocument } from '@doorward/server/openapi'
import { story } from './story.ts'

/** A request as Postman stores it (collection format 2.1). */
export interface PostmanItem {
  readonly name: string
  readonly request: {
    readonly method: string
    readonly header: readonly { readonly key: string; readonly value: string }[]
    readonly url: string
    readonly body?: {
      readonly mode: 'raw'
      readonly raw: string
      readonly options: { readonly raw: { readonly language: 'json' } }
    }
    readonly description?: string
  }
  readonly event?: readonly PostmanScript[]
}

/** A script that Postman runs before or after a request. */
export interface PostmanScript {
  readonly listen: 'prerequest' | 'test'
  readonly script: { readonly type: 'text/javascript'; readonly exec: readonly string[] }
}

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
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>> }
}

/** One request to Doorward: with a JSON body where there is one, and with the access token where it is needed. */
export function request(input: {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly signedIn?: boolean
  readonly description?: string | undefined
  readonly events?: readonly PostmanScript[]
}): PostmanItem {
  const { name, method, path, body, signedIn, description, events } = input
  const header = [
    { key: 'Accept', value: 'application/json' },
    ...(body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }]),
    ...(signedIn ? [{ key: 'Authorization', value: 'JWT {{access}}' }] : []),
  ]
  const raw = {
    mode: 'raw',
    raw: JSON.stringify(body, null, 2),
    options: { raw: { language: 'json' } },
  } as const
  return {
    name,
    request: {
      method,
      header,
      url: `{{baseUrl}}${path}`,
      ...(body !== undefined && { body: raw }),
      ...(description && { description }),
    },
    ...(events && { event: events }),
  }
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
        'Generated from the OpenAPI document. Run the folder “The story, step by step” from top to bottom.',
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
  return request({
    name: operation.summary ?? path,
    method,
    path: path.replace(/\{(\w+)\}/g, '{{$1}}'),
    signedIn: (operation.security ?? []).length > 0,
    description: operation.description,
    ...(schema && { body: example(schema, document) }),
  })
}

const NAMED: Readonly<Record<string, unknown>> = {
  email: '{{email}}',
  new_email: 'new.{{email}}',
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
}

function example(schema: JsonSchema, document: OpenApiDocument): unknown {
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
  return type === 'integer' ? 1 : type === 'boolean' ? true : ''
}

/** The variables of the collection. */
export const environment = (): object => ({
  name: 'Doorward on this machine',
  values: [
    ['baseUrl', 'http://127.0.0.1:8000'],
    ['email', 'tina@example.com'],
    ['password', 'Kiddie-Ride-4821'],
    ['newPassword', 'Carousel-Horse-9137'],
    ...['uid', 'token', 'access', 'refresh', 'id'].map((key) => [key, '']),
  ].map(([key, value]) => ({ key, value, type: 'default', enabled: true })),
})
