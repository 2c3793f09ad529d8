/** Writes the collection and the environment beside this file: `node conformance/postman/generate.ts`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { resolveSettings } from '@doorward/server'
import { openApiOf } from '@doorward/server/openapi'
import { collection, environment } from './collection.ts'

/** The two files by name, as they should be. */
export function postmanFiles(): Readonly<Record<string, string>> {
  const { settings } = resolveSettings({})
  const text = (value: object) => `${JSON.stringify(value, null, 2)}\n`
  return {
    'doorward.postman_collection.json': text(collection(openApiOf(settings))),
    'doorward.postman_environment.json': text(environment()),
  }
}

if (process.argv[1] === import.meta.filename) {
  for (const [name, text] of Object.entries(postmanFiles()))
    writeFileSync(join(import.meta.dirname, name), text)
}
