/** The types of `@doorward/client`, written from the OpenAPI document and the table of errors. */
import { resolveSettings } from '../packages/server/src/config/resolve.ts'
import { ERRORS } from '../packages/server/src/domain/errors.ts'
import { openApiOf } from '../packages/server/src/openapi.ts'

/** What of JSON Schema the document uses. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly items?: Schema
  readonly description?: string
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

interface Described {
  readonly operationId?: string
  readonly summary?: string
  readonly requestBody?: { readonly content: Content }
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const HEAD = `/** Generated from the OpenAPI document by scripts/generate-client-types.ts; a test says whether it is current. */
`

/** The text of `packages/client/src/generated/wire.ts`, for the default settings. */
export function clientTypes(): string {
  const { settings } = resolveSettings({})
  const document = openApiOf(settings) as unknown as Document
  const schemas = Object.entries(document.components.schemas)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => declaration(name, schema))
  const codes = Object.keys(ERRORS).map((code) => `\n  | '${code}'`)
  return [
    HEAD,
    ...schemas,
    `/** What the server's errors are called; the catalogue is docs/reference/errors.md. */\nexport type ErrorCode =${codes.join('')}\n`,
    operations(document, `${settings.api.authPath}/`),
  ].join('\n')
}

function declaration(name: string, schema: Schema): string {
  const comment = `/** ${schema.description ?? `\`${name}\` of the OpenAPI document.`} */\n`
  return schema.properties
    ? `${comment}export interface ${name} ${typeOf(schema, '')}\n`
    : `${comment}export type ${name} = ${typeOf(schema, '')}\n`
}

function operations({ paths }: Document, root: string): string {
  const entries = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation.operationId ? [entry(operation, method.toUpperCase(), path.slice(root.length))] : [],
    ),
  )
  return `/** Every operation by its \`operationId\`: how it is asked, and what it answers. */
export interface Operations {
${entries.join('\n')}
}
`
}

function entry(operation: Described, method: string, path: string): string {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'))
  const answer = success?.[1].content?.['application/json']?.schema
  const body = operation.requestBody?.content['application/json']?.schema
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is written into the template type of the path
  const pattern = path.includes('{') ? `\`${path.replace(/\{\w+\}/g, () => '${string}')}\`` : `'${path}'`
  return `  /** ${operation.summary ?? ''}. */
  ${operation.operationId}: {
    method: '${method}'
    path: ${pattern}
    body: ${body ? typeOf(body, '    ') : 'undefined'}
    answer: ${answer ? typeOf(answer, '    ') : 'undefined'}
  }`
}

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref) return schema.$ref.split('/').at(-1) ?? 'unknown'
  if (schema.enum) return schema.enum.map((value) => literal(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => typeOf(one, indent)).join(' | ')
  const types = [schema.type ?? []].flat()
  return types.map((type) => simpleType(type, schema, indent)).join(' | ') || 'unknown'
}

const literal = (value: unknown): string => (typeof value === 'string' ? `'${value}'` : String(value))

function simpleType(type: string, schema: Schema, indent: string): string {
  switch (type) {
    case 'integer':
      return 'number'
    case 'array':
      return `readonly (${typeOf(schema.items ?? {}, indent)})[]`
    case 'object':
      return objectType(schema, indent)
    default:
      return type
  }
}

function objectType({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties && typeof additionalProperties === 'object') {
    return `Readonly<Record<string, ${typeOf(additionalProperties, indent)}>>`
  }
  const lines = Object.entries(properties ?? {}).map(([name, schema]) => {
    const comment = schema.description ? `${indent}  /** ${schema.description} */\n` : ''
    const optional = required.includes(name) ? '' : '?'
    return `${comment}${indent}  readonly ${name}${optional}: ${typeOf(schema, `${indent}  `)}\n`
  })
  return lines.length === 0 ? 'Readonly<Record<string, never>>' : `{\n${lines.join('')}${indent}}`
}
