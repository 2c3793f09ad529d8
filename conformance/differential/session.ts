import { setTimeout as sleep } from 'node:timers/promises'
import type { Deviation, Observation } from './compare.ts'
import { type Claims, type ForgeOptions, forge } from './jwt.ts'
import {
  Aliases,
  linkOf,
  type MailLink,
  type NormaliseContext,
  normaliseAnswer,
  normaliseMail,
  normaliseOptional,
  parseJson,
} from './normalise.ts'
import { Payload } from './payload.ts'
import type { Account, Side } from './side.ts'
import type { Target, WireAnswer } from './target.ts'

/** How a step departs from the plain one. */
export interface StepOptions {
  /** Who asks: an account signs with its access token, a text is the whole Authorization header. */
  readonly as?: Account | string
  readonly headers?: Readonly<Record<string, string>>
  /** Said in the report instead of the body. */
  readonly note?: string
  readonly differs?: Deviation
}

/** A decoded answer; `json` is undefined for anything that is no JSON object. */
export interface Reply {
  readonly status: number
  readonly json: Readonly<Record<string, unknown>>
}

/** The password of accounts made by a session; passes every strength rule. */
export const PASSWORD = 'Kiddie-Ride-4821'
/** A second one, to change to. */
export const NEW_PASSWORD = 'Carousel-Horse-77'

const NO_LINK: MailLink = { path: '', uid: '', token: '' }

/** The script's hand on one server: sends, records every answer, remembers accounts. */
export class Session {
  readonly side: Side
  readonly domain: string
  readonly observations: Observation[] = []
  readonly #expected: readonly Observation[] | undefined
  readonly #aliases = new Aliases()
  #mailsTaken = 0

  /** `expected` are the observations of the other side: they say how many mails to wait for. */
  constructor(side: Side, caseName: string, expected?: readonly Observation[]) {
    this.side = side
    this.#expected = expected
    this.domain = `${caseName}.${side.runName}.example.com`
    for (const account of Object.values(side.fixtures) as Account[])
      this.#aliases.give('account', account.id, account.name)
  }

  get staff(): Account {
    return this.side.fixtures.staff
  }
  get member(): Account {
    return this.side.fixtures.member
  }
  get other(): Account {
    return this.side.fixtures.other
  }
  get inactive(): Account {
    return this.side.fixtures.inactive
  }

  /** An address of this case only. */
  address(local: string): string {
    return `${local}@${this.domain}`
  }

  /** Signs claims with the secret that both servers share. */
  forge(claims: Claims, options?: ForgeOptions): string {
    return forge(claims, this.side.secret, options)
  }

  /** Signs claims with another secret. */
  forgeWith(secret: string, claims: Claims, options?: ForgeOptions): string {
    return forge(claims, secret, options)
  }

  get(path: string, options?: StepOptions): Promise<Reply> {
    return this.send('GET', path, undefined, options)
  }
  post(path: string, body?: unknown, options?: StepOptions): Promise<Reply> {
    return this.send('POST', path, body, options)
  }
  put(path: string, body?: unknown, options?: StepOptions): Promise<Reply> {
    return this.send('PUT', path, body, options)
  }
  patch(path: string, body?: unknown, options?: StepOptions): Promise<Reply> {
    return this.send('PATCH', path, body, options)
  }
  delete(path: string, body?: unknown, options?: StepOptions): Promise<Reply> {
    return this.send('DELETE', path, body, options)
  }

  /** Sends one request and records the answer. A path without a slash in front is one below `/auth/`. */
  async send(method: string, path: string, body?: unknown, options: StepOptions = {}): Promise<Reply> {
    const answer = await this.#exchange(method, path, body, options)
    const context = this.#context(path.startsWith('/api/') ? 'sale' : 'account')
    const seen = normaliseAnswer(answer, method, context)
    this.observations.push({
      label: label(method, path, body, options),
      seen,
      answer: seen,
      optional: normaliseOptional(answer, method, context),
      deviation: options.differs,
    })
    return { status: answer.status, json: toRecord(parseJson(answer.body.toString())) }
  }

  /** Sends without recording, for steps that are only preparation. */
  async quietly(method: string, path: string, body?: unknown, options: StepOptions = {}): Promise<Reply> {
    const answer = await this.#exchange(method, path, body, options)
    return { status: answer.status, json: toRecord(parseJson(answer.body.toString())) }
  }

  /** Records something the script found out by itself. */
  observe(what: string, seen: unknown): void {
    this.observations.push({ label: what, seen })
  }

  /** Waits for the mails that the other side saw, then records all that came since the last look. */
  async mails(owner?: Account): Promise<void> {
    const expected = this.#expected?.[this.observations.length]?.seen
    const mails = await this.#newMails(Array.isArray(expected) ? expected.length : 0)
    this.#mailsTaken += mails.length
    const context = this.#context('account')
    this.observations.push({ label: 'mails', seen: mails.map((mail) => normaliseMail(mail, context)) })
    const links = mails.map((mail) => linkOf(mail.text)).filter((link) => link !== undefined)
    if (owner) owner.link = links.at(-1) ?? owner.link
  }

  /** Forgets mails that only the reference sends on purpose. */
  forgetMails(): void {
    if (this.side.isReference) this.#mailsTaken = this.side.sink.forDomain(this.domain).length
  }

  /** How many mails came that no step accounts for. */
  unexplainedMails(): number {
    return this.side.sink.forDomain(this.domain).length - this.#mailsTaken
  }

  /** Gives an account's id the same name on both sides. */
  nameAccount(account: Account): void {
    this.#aliases.give('account', account.id, account.name)
  }

  async #newMails(atLeast: number) {
    const deadline = Date.now() + this.side.patienceMs
    const waiting = () => this.side.sink.forDomain(this.domain).slice(this.#mailsTaken)
    while (waiting().length < atLeast && Date.now() < deadline) await sleep(10)
    if (waiting().length < atLeast) this.side.patienceMs = Math.max(250, this.side.patienceMs / 2)
    return waiting()
  }

  #context(idKind: string): NormaliseContext {
    const origins = [this.side.target.origin, ...(this.side.sales ? [this.side.sales.origin] : [])]
    return { aliases: this.#aliases, origins, idKind }
  }

  #exchange(method: string, path: string, body: unknown, options: StepOptions): Promise<WireAnswer> {
    const payload = toPayload(body)
    const headers: Record<string, string> = { Accept: '*/*' }
    if (payload?.type !== undefined) headers['Content-Type'] = payload.type
    if (options.as !== undefined) headers.Authorization = authorization(options.as)
    return this.#targetFor(path).send({
      method,
      path: path.startsWith('/') ? path : `/auth/${path}`,
      headers: { ...headers, ...options.headers },
      body: payload?.bytes,
      chunked: payload?.chunked,
    })
  }

  #targetFor(path: string): Target {
    return path.startsWith('/api/') && this.side.sales ? this.side.sales : this.side.target
  }
}

/** A fresh account record; nothing is sent. */
export function blankAccount(name: string, email: string): Account {
  return {
    name,
    email,
    password: PASSWORD,
    first_name: 'Ada',
    last_name: 'Okafor',
    role: 'buyer',
    id: 0,
    access: '',
    refresh: '',
    link: NO_LINK,
  }
}

function authorization(as: Account | string): string {
  return typeof as === 'string' ? as : `JWT ${as.access}`
}

function toPayload(body: unknown): Payload | undefined {
  if (body === undefined || body instanceof Payload) return body
  return new Payload('application/json', Buffer.from(JSON.stringify(body)))
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

function label(method: string, path: string, body: unknown, options: StepOptions): string {
  const payload = toPayload(body)
  const sent = payload ? payload.bytes.subarray(0, 160).toString() : ''
  const who =
    options.as === undefined
      ? ''
      : ` as ${typeof options.as === 'string' ? options.as.slice(0, 60) : options.as.name}`
  return [`${method} ${path}${who}`, options.note ?? sent].filter((part) => part !== '').join(' — ')
}
