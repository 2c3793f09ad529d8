/** The OpenAPI document without a running server: for `doorward openapi` and generators. */
import { PERMISSIONS } from './config/schema.ts'
import type { Settings } from './config/settings.ts'
import type { OpenApiDocument } from './http/openapi.ts'
import { createOpenApi } from './http/openapi.ts'
import { createResources } from './http/resources.ts'
import type { RouteContext } from './http/routes/context.ts'
import { createAnswers, createSchemas } from './http/schemas.ts'

/** The document for these settings. Handlers are made but never called, so they need no database. */
export function openApiOf(settings: Settings): OpenApiDocument {
  const described: Pick<RouteContext, 'settings' | 'schemas' | 'answers' | 'permissions' | 'locales'> = {
    settings,
    schemas: createSchemas(settings),
    answers: createAnswers(settings),
    permissions: { ...PERMISSIONS, ...settings.api.permissions },
    locales: [],
  }
  return createOpenApi(createResources(described as RouteContext), settings)
}
export type { OpenApiDocument } from './http/openapi.ts'
