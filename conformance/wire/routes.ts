/** Every operation of the API, read off its OpenAPI document, so that a new route is tested without being named here. */
import type { TestDoorward } from '@doorward/server/testing'

/** An operation and the names of the fields of its body. */
export interface Route {
  readonly id: string
  readonly method: string
  /** With `{id}` where the path has one. */
  readonly path: string
  readonly fields: readonly string[]
}

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
}

interface Documented {
  readonly operationId?: string
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }
}

/** All operations of a Doorward. */
export function routesOf({ openapi }: Pick<TestDoorward, 'openapi'>): readonly Route[] {
  return Object.entries(openapi.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Documented>)
      .filter(([, { operationId }]) => operationId !== undefined)
      .map(([method, { operationId = '', requestBody }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
        fields: Object.keys(requestBody?.content?.['application/json']?.schema?.properties ?? {}),
      })),
  )
}
