/** What every route file gets to make its operation from. */

import type { PERMISSIONS, Permission } from '../../config/schema.ts'
import type { Deps } from '../../flows/deps.ts'
import type { DeviceMarks } from '../../tokens/device-marks.ts'
import type { Answers, Schemas } from '../schemas.ts'

/** Flows' dependencies, schemas, and who may call what. */
export interface RouteContext extends Deps {
  readonly schemas: Schemas
  readonly deviceMarks: DeviceMarks
  readonly answers: Answers
  /** Who may call an operation, after the settings had their say. */
  readonly permissions: Readonly<Record<keyof typeof PERMISSIONS, Permission>>
  /** Languages that mails can be written in. */
  readonly locales: readonly string[]
}
