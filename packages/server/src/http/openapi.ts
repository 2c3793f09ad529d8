/** The OpenAPI 3.1 document, made from the same schemas that validate. */

import { z } from 'zod'
import type { CreateDocumentOptions } from 'zod-openapi'
import { createDocument } from 'zod-openapi'
import type { Settings } from '../config/settings.ts'
import type { ErrorCode, ErrorForm } from '../domain/errors.ts'
import { ERRORS } from '../domain/errors.ts'
import type { Operation, Resource } from './endpoint.ts'

/** The finished document. */
export type OpenApiDocument = ReturnType<typeof createDocument>

type Paths = NonNullable<Parameters<typeof createDocument>[0]['paths']>
type PathItem = Paths[string]

const credentialMessage = z.object({ token_class: z.string(), token_type: z.string(), message: z.string() })
const detail = z
  .object({
    detail: z.string(),
    code: z.string().optional(),
    messages: z
      .array(credentialMessage)
      .optional()
      .meta({ description: 'Why the access token was refused.' }),
  })
  .meta({ id: 'Detail', description: 'An error of the request as a whole.' })
const messages = z.array(z.string()).meta({ id: 'Messages', description: 'Messages alone.' })
const fieldErrors = z.record(z.string(), z.array(z.string())).meta({
  id: 'FieldErrors',
  description: 'Messages by field; `non_field_errors` for several fields together.',
})
const problem = z
  .object({
    type: z.url(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    request_id: z.string(),
    errors: z
      .array(z.object({ path: z.string().nullable(), code: z.string(), message: z.string() }))
      .optional(),
    retry_after: z.int().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details, for clients that accept them.' })

/** Makes the document. */
export function createOpenApi(resources: readonly Resource[], settings: Settings): OpenApiDocument {
  const paths: Record<string, PathItem> = {}
  for (const resource of resources) {
    const path = `${settings.api.authPath}/${resource.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = pathItem(resource)
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: `${settings.server.siteName} accounts`,
        version: '1',
        description: 'Register, verify by mail, sign in, call with a JWT, refresh, reset the password.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: settings.server.publicUrl }],
      tags: ['Story', 'Account', 'Sessions', 'Staff', 'Administration', 'Database tokens'].map((name) => ({
        name,
      })),
      components: {
        securitySchemes: {
          accessToken: {
            type: 'apiKey',
            in: 'header',
            name: settings.api.headerName,
            description: `\`${settings.api.headerTypes[0] ?? 'Bearer'} <access token>\``,
          },
        },
      },
      paths,
    },
    OPTIONS,
  )
}

/** Fields read anything and refuse in their own words; what they document of themselves is what counts. */
const OPTIONS: CreateDocumentOptions = { allowEmptySchema: { unknown: true } }

function pathItem(resource: Resource): PathItem {
  const operations = Object.entries(resource.operations)
  const item = Object.fromEntries(
    operations.map(([method, operation]) => [method.toLowerCase(), describe(operation, resource)]),
  )
  const names = [...resource.path.matchAll(/:(\w+)/g)].map(([, name]) => name)
  if (names.length === 0) return item as PathItem
  const parameters = names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }))
  return { parameters, ...item } as PathItem
}

function describe(operation: Operation, resource: Resource) {
  const { id, summary, description, tag, input, query, success, permission } = operation
  const files = (success.files ?? []).map((type) => [type, { schema: z.string() }])
  const content = success.schema && {
    content: { 'application/json': { schema: success.schema }, ...Object.fromEntries(files) },
  }
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    tags: [tag],
    security: permission === 'anyone' ? [] : [{ accessToken: [] }],
    ...(query && { requestParams: { query } }),
    ...(input && {
      requestBody: {
        required: !input.safeParse({}).success,
        content: {
          'application/json': { schema: input },
          'application/x-www-form-urlencoded': { schema: input },
          'multipart/form-data': { schema: input },
        },
      },
    }),
    responses: {
      [String(success.status)]: { description: success.description, ...content },
      ...refusals(operation, resource),
    },
  }
}

/** The refusals of an operation by status, with the codes that each stands for. */
function refusals({ errors, input, throttle, permission }: Operation, { heedsCredentials }: Resource) {
  const codes: ErrorCode[] = ['not_acceptable', 'unavailable', ...errors]
  if (permission !== 'anyone') codes.push('not_authenticated')
  if (permission === 'staff') codes.push('permission_denied')
  if (heedsCredentials) codes.push('access_token_not_valid')
  if (input) codes.push('required', 'parse_error', 'body_too_large', 'unsupported_media_type')
  if (throttle) codes.push('throttled')
  const byStatus = Map.groupBy(new Set(codes), (code) => ERRORS[code].status)
  const entries = [...byStatus].sort(([a], [b]) => a - b)
  return Object.fromEntries(entries.map(([status, group]) => [String(status), refusal(group)]))
}

const BODIES: Readonly<Record<ErrorForm, z.ZodType | null>> = {
  detail,
  coded: detail,
  credential: detail,
  field: fieldErrors,
  list: messages,
  empty: null,
}

function refusal(codes: readonly ErrorCode[]) {
  const [first, ...others] = [...new Set(codes.map((code) => BODIES[ERRORS[code].form]))].filter(isBody)
  const schema = first && others.length > 0 ? z.union([first, ...others]) : first
  return {
    description: `Refused: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    content: {
      ...(schema && { 'application/json': { schema } }),
      'application/problem+json': { schema: problem },
    },
  }
}

const isBody = (body: z.ZodType | null): body is z.ZodType => body !== null
