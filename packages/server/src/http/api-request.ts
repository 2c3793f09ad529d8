/** A request on its way from the exchange to an operation: read and validated as far as the operation asks for it. */
import type { z } from 'zod'
import type { Settings } from '../config/settings.ts'
import type { Origin } from '../domain/audit.ts'
import type { Caller } from '../flows/deps.ts'
import { formData, parseBody } from './body.ts'
import { originOf } from './client-address.ts'
import type { ApiRequest } from './endpoint.ts'
import type { Exchange, RequestHeaders } from './exchange.ts'
import type { FieldChecks } from './parse-input.ts'
import { parseInput } from './parse-input.ts'
import type { Visit } from './throttle.ts'

/** What is known before the operation begins. */
interface Known {
  readonly caller: Caller | null
  readonly params: ApiRequest['params']
  /** Where the throttle counts, the visit that hears of the body. */
  readonly visit?: Visit
}

/** A class, for one is made for every request. */
export class ExchangeRequest implements ApiRequest {
  readonly caller: Caller | null
  readonly params: ApiRequest['params']
  readonly headers: RequestHeaders
  readonly #exchange: Exchange
  readonly #settings: Settings
  readonly #visit: Visit | undefined

  constructor(exchange: Exchange, settings: Settings, { caller, params, visit }: Known) {
    this.caller = caller
    this.params = params
    this.headers = exchange.headers
    this.#exchange = exchange
    this.#settings = settings
    this.#visit = visit
  }

  get url(): URL {
    return this.#exchange.url
  }

  get origin(): Origin {
    return originOf(this.#exchange, this.#settings)
  }

  query<S extends z.ZodObject>(schema: S): Promise<z.output<S>> {
    return parseInput(schema, formData(this.url.searchParams))
  }

  async read<S extends z.ZodObject>(schema: S, checks?: FieldChecks): Promise<z.output<S>> {
    const bytes = await this.#exchange.bytes(this.#settings.server.bodyLimit)
    const body = parseBody(bytes, this.headers.get('content-type') ?? '')
    if (this.#visit) await this.#visit.enter(body)
    return parseInput(schema, body, checks)
  }
}
