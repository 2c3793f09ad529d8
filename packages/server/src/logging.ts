/**
 * How a program logs what Doorward tells it: one JSON line each, with the id of the request that the answer carries
 * too. No line holds a body, a header, a query or what an error was made from, for there the secrets are.
 */
import type { DestinationStream, Logger } from 'pino'
import { pino } from 'pino'
import type { Settings } from './config/settings.ts'
import type { DoorwardOptions } from './create-doorward.ts'

/** A logger, and the functions for `createDoorward` that write to it. */
export interface Logging extends Required<Pick<DoorwardOptions, 'onError' | 'onAnswer' | 'onWarning'>> {
  readonly logger: Logger
}

/** Makes it; lines go to standard output, or where `destination` says. */
export function createLogging(
  { server }: { readonly server: Pick<Settings['server'], 'logLevel' | 'environment'> },
  destination?: DestinationStream,
): Logging {
  const options = { level: server.logLevel, base: null, serializers: { err: errorSummary } }
  const logger = destination ? pino(options, destination) : pino(options)
  const level = server.environment === 'production' ? 'info' : 'debug'
  const isHeard = logger.isLevelEnabled(level)
  return {
    logger,
    onError: (error, about) => logger.error({ err: error, about }, 'something went wrong'),
    onWarning: (message) => logger.warn(message),
    onAnswer: ({ method, path, status, code, requestId, milliseconds }) => {
      if (!isHeard) return
      const ms = Math.round(milliseconds * 10) / 10
      logger[level]({ method, path, status, ...(code !== null && { code }), ms, requestId }, 'request')
    },
  }
}

/** How far back the causes of an error are followed. */
const MOST_CAUSES = 5

/**
 * What is logged of an error: its kind, code, message and stack, and the same of its causes. Other properties are
 * left out: drivers and mail libraries put there what they were working on, such as values and recipients.
 */
export function errorSummary(error: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { name: type, message, stack, cause } = error
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const because = cause === undefined || depth >= MOST_CAUSES ? {} : { cause: errorSummary(cause, depth + 1) }
  return { type, ...code, message, stack, ...because }
}
