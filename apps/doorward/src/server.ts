/** The standalone server: listens, logs, says where things are, and stops without losing anything. */
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { portalFolder } from '@doorward/portal'
import type { Doorward, Logging } from '@doorward/server'
import { createDoorward, createLogging } from '@doorward/server'
import type { Project } from './project.ts'
import { releaseMemory } from './release-memory.ts'

/** How long requests in flight may take after SIGTERM, in milliseconds. */
const DRAIN = 10_000

/** Limits on slow clients, in milliseconds. */
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // how often the first two are looked at; half a minute by default, which three times as many slow clients could use
  connectionsCheckingInterval: 2000,
}

/** Starts the server and returns when it listens. SIGTERM and SIGINT stop it. */
export async function runServer({ settings, notes }: Project): Promise<void> {
  const { logger, ...told } = createLogging(settings)
  for (const note of notes) logger.warn(note)
  if (portalFolder() === null) logger.warn('The web pages are not built: run `npm run build`.')
  const doorward = await createDoorward({
    settings,
    portal: portalFolder(),
    print: (line) => process.stdout.write(`${line}\n`),
    ...told,
  })
  await releaseMemory()
  const server = await listen(doorward)
  process.stdout.write(welcome(doorward))
  stopOnSignals(server, doorward, logger)
}

/** What can be done about the faults of listening, by the code of the system. */
const LISTENING_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'it is taken. Set PORT to another one.',
  EACCES: 'that needs more rights. Set PORT to 1024 or more.',
  EADDRNOTAVAIL:
    'this machine does not have that address. Set HOST to one that it has, or to `0.0.0.0` for all.',
  ENOTFOUND: 'that name has no address. Set HOST to an address.',
}

async function listen({ listener, settings }: Doorward): Promise<Server> {
  const { host, port } = settings.server
  return new Promise((resolve, reject) => {
    const server = createServer({ maxHeaderSize: 16_384, ...TIMEOUTS }, listener)
    server.on('error', (error: NodeJS.ErrnoException) => {
      const fix = LISTENING_FAULTS[error.code ?? '']
      reject(fix === undefined ? error : new TypeError(`Cannot listen on ${host}, port ${port}: ${fix}`))
    })
    server.listen(port, host, () => resolve(server))
  })
}

function welcome({ settings, setupUrl }: Doorward): string {
  const { publicUrl, environment, siteName } = settings.server
  const hasPages = portalFolder() !== null && settings.portal.enabled
  const lines = [
    '',
    `  ${siteName} is open at ${publicUrl}`,
    '',
    ...(hasPages ? [`  Pages      ${publicUrl}/sign-in   (administration: ${publicUrl}/admin)`] : []),
    `  API        ${publicUrl}${settings.api.authPath}/`,
    `  API docs   ${publicUrl}/docs`,
    ...(settings.mails.smtpUrl === null && environment === 'development'
      ? [`  Mailbox    ${publicUrl}/mailbox   (no SMTP_URL: mails are kept here)`]
      : []),
    ...(setupUrl === null
      ? []
      : ['', '  There is no administrator yet. Make one, once, at', `  ${setupUrl}`]),
    '',
    '',
  ]
  return lines.join('\n')
}

function stopOnSignals(server: Server, doorward: Doorward, logger: Logging['logger']): void {
  const stop = (signal: NodeJS.Signals): void => {
    logger.info({ signal }, 'stopping: finishing requests and mails in flight')
    const hurry = setTimeout(() => server.closeAllConnections(), DRAIN)
    server.close(() => {
      clearTimeout(hurry)
      doorward.close().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'could not stop cleanly')
          process.exit(1)
        },
      )
    })
    server.closeIdleConnections()
    // those that become idle from now on are not kept for a next request
    server.keepAliveTimeout = 1
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}
