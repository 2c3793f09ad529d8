/** The Postman collection, made from the OpenAPI document: every operation, and the tutorial's story in order. */
import type { OpenApiDocument } from '@doorward/server/openapi'
import type { PostmanItem } from './request.ts'
import { request } from './request.ts'
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
