/** Starts the app. What the API needs comes from the environment, `.env` or `doorward.config.ts`. */
import { createDoorward, ensureSecret, loadConfiguration, secretDirectory } from '@doorward/server'
import { createShop } from './app.ts'

const loaded = await loadConfiguration({ cwd: process.cwd(), env: process.env })
const { settings } = ensureSecret(loaded.settings, { dir: secretDirectory(loaded.settings) })
const doorward = await createDoorward({ settings, print: (line) => process.stdout.write(`${line}\n`) })
const { host, port } = settings.server

await createShop(doorward).listen({ port, host })
process.stdout.write(`Fastify with accounts at http://${host}:${port}${settings.api.authPath}/\n`)
