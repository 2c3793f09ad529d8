/** Every operation of the API, read off its OpenAPI document, so that a new route is tested without being named here. */
import type { TestDoorward } from '@doorward/server/testing'

/** An operation and the names of the fields of its body. */
export interface Route {
  readonly id: string
  readonly method: string
  /** With `{id}` where the path has one. */
  readonly path: string
  readonly fields: readonly string[]
  /** Those of the fields that may be null. */
  readonly nullable: readonly string[]
  /** Whether a credential in the Authorization header is looked at, also where none is needed. */
  readonly heedsCredentials: boolean
}

interface Schema {
  readonly properties?: Readonly<Record<string, { readonly type?: unknown }>>
}

interface Documented {
  readonly operationId?: string
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
  readonly responses?: Readonly<Record<string, { readonly description?: string }>>
}

/** All operations of a Doorward. */
export function routesOf({ openapi }: Pick<TestDoorward, 'openapi'>): readonly Route[] {
  return Object.entries(openapi.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Documented>)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, { operationId = '', requestBody, responses }]) => {
        const properties = requestBody?.content?.['application/json']?.schema?.properties ?? {}
        const fields = Object.keys(properties)
        const nullable = fields.filter((field) => [properties[field]?.type].flat().includes('null'))
        const unauthorized = responses?.['401']?.description ?? ''
        return {
          ...{ id: operationId, method: method.toUpperCase(), path, fields, nullable },
          heedsCredentials: unauthorized.includes('`access_token_not_valid`'),
        }
      }),
  )
}
