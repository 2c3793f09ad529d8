/** Runs in every worker before its tests: see `log-trail.ts`. */
import { watchSecrets } from '../packages/server/src/testing/log-trail.ts'

watchSecrets()
