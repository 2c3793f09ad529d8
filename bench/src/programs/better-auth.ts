/**
 * better-auth with what its documentation recommends for production, on SQLite that writes through at each commit,
 * as Doorward does. Arguments: the port, the file of the database. Rate limits are off, as they are everywhere here.
 */
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node'
import { jwt } from 'better-auth/plugins/jwt'

const [port = '', file = ''] = process.argv.slice(2)
const database = new DatabaseSync(file)
database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
const baseURL = `http://127.0.0.1:${port}`
const auth = betterAuth({
  baseURL,
  database,
  secret: 'only for benchmarks: everybody may know this secret',
  emailAndPassword: { enabled: true, autoSignIn: false },
  emailVerification: { sendOnSignUp: true, sendVerificationEmail: async () => {} },
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  logger: { disabled: true },
  plugins: [jwt()],
})
await (await getMigrations(auth.options)).runMigrations()
const handle = toNodeHandler(auth)
createServer(async (request, response) => {
  if (request.url !== '/reports') return handle(request, response)
  const session = await auth.api.getSession({ headers: fromNodeHeaders(request.headers) })
  response.writeHead(session ? 200 : 401, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ report: 'sales of the week', userId: session?.user.id, role: 'staff' }))
}).listen(Number(port), '127.0.0.1')
