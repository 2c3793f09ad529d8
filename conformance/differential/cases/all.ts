import type { Topic } from '../runner.ts'
import { accept } from './accept.ts'
import { activation } from './activation.ts'
import { addresses } from './addresses.ts'
import { authorizationHeader } from './authorization.ts'
import { bodies } from './bodies.ts'
import { brokenBodies } from './broken-bodies.ts'
import { charsets } from './charsets.ts'
import { databaseTokens } from './database-tokens.ts'
import { emailChange } from './email-change.ts'
import { fields } from './fields.ts'
import { forgedTokens } from './forged-tokens.ts'
import { jwtEndpoints } from './jwt-endpoints.ts'
import { multipartForms } from './multipart-forms.ts'
import { passwordStrength } from './password-strength.ts'
import { passwords } from './passwords.ts'
import { people } from './people.ts'
import { registrations } from './registration.ts'
import { routing } from './routing.ts'
import { sales } from './sales.ts'
import { stories } from './stories.ts'
import { texts } from './texts.ts'

/** Every topic, in the order in which they run. */
export const topics: readonly Topic[] = [
  stories,
  routing,
  bodies,
  brokenBodies,
  multipartForms,
  charsets,
  accept,
  authorizationHeader,
  fields,
  texts,
  addresses,
  passwordStrength,
  registrations,
  activation,
  passwords,
  emailChange,
  people,
  jwtEndpoints,
  forgedTokens,
  databaseTokens,
  sales,
]
