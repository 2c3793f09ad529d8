/**
 * What browser tests stand on: a whole Doorward that listens, a real mail server that takes its mails, and a real
 * browser. Whatever the pages do wrong beside the test is collected, and `close()` throws it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { portalFolder } from '@doorward/portal'
import type { Config, Doorward } from '@doorward/server'
import { createDoorward } from '@doorward/server'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { SmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { startSmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { testSettings } from '../../../packages/server/src/testing/test-settings.ts'
import { launchBrowser } from '../../../test/browser.ts'

/** The password that people in tests have. */
export const PASSWORD = 'Kiddie-Ride-4821'

/** What to start with. */
export interface StageOptions {
  readonly config?: Config
  /** `sqlite:<file>` or `postgres://…`. Default: a database in memory. */
  readonly database?: string
  /** Without a mail server there is the development mailbox. Default true. */
  readonly mailServer?: boolean
  /** Keys beside a database in a file, as a server has them; else there is one that cannot change. Default false. */
  readonly storedKeys?: boolean
}

/** Server, mail server and browser. */
export interface Stage {
  readonly url: string
  readonly doorward: Doorward
  readonly browser: Browser
  readonly sink: SmtpSink
  /** Moves the server's time forward by seconds. */
  advance(seconds: number): void
  /** A browser of its own, with nothing in it, and a page in it. */
  visitor(options?: BrowserContextOptions): Promise<Page>
  /** Another page of the same browser: it shares cookies and storage. */
  tab(context: BrowserContext): Promise<Page>
  /** The newest link that the mail server got for an address, once there are `count` mails for it. */
  mailedLink(to: string, count?: number): Promise<string>
  /** Makes an account that can sign in. */
  person(email: string): Promise<void>
  /** Gives somebody staff rights, as the command line would. */
  promote(email: string): Promise<void>
  /** What went wrong in the pages so far; a test that expects it takes it away. */
  readonly faults: string[]
  close(): Promise<void>
}

/** Starts everything. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { mailServer = true } = options
  const faults: string[] = []
  const sink = await startSmtpSink()
  let listener: RequestListener = (_, response) => response.writeHead(503).end()
  const folder = options.storedKeys ? mkdtempSync(join(tmpdir(), 'doorward-stage-')) : null
  const database = folder ? `sqlite:${join(folder, 'doorward.db')}` : options.database
  const server = createServer((request, response) => listener(request, response))
  const url = await listen(server)
  let ahead = 0
  const settings = testSettings({
    config: {
      ...options.config,
      server: { publicUrl: url, siteName: 'Walkiddie', ...options.config?.server },
      mails: { ...(mailServer && { smtpUrl: `smtp://127.0.0.1:${sink.port}` }), ...options.config?.mails },
    },
    ...(database && { database }),
  })
  const doorward = await createDoorward({
    settings: options.storedKeys
      ? { ...settings, tokens: { ...settings.tokens, signingKey: null } }
      : settings,
    clock: { now: () => Date.now() + ahead },
    portal: portalFolder(),
    onError: (error, about) => faults.push(`${about}: ${String(error)}`),
  })
  listener = doorward.listener
  const browser = await launchBrowser()
  return {
    ...{ url, doorward, browser, sink, faults },
    advance: (seconds) => {
      ahead += seconds * 1000
    },
    ...visits({ url, browser, faults }),
    mailedLink: (to, count = 1) => waitForLink(sink, to, count),
    person: (email) => signUp(doorward, email),
    promote: async (email) => {
      const user = await doorward.store.users.byEmail(email)
      if (!user) throw new TypeError(`nobody has the address ${email}`)
      await doorward.store.users.update(user.id, { isStaff: true })
    },
    close: async () => {
      await browser.close()
      await new Promise<void>((done) => {
        server.close(() => done())
        server.closeAllConnections()
      })
      await doorward.close()
      await sink.close()
      if (folder) rmSync(folder, { recursive: true })
      if (faults.length > 0) throw new TypeError(`The pages did something wrong:\n${faults.join('\n')}`)
    },
  }
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
  })

function visits({ url, browser, faults }: Pick<Stage, 'url' | 'browser' | 'faults'>) {
  const watch = (page: Page): Page => {
    page.on('pageerror', (error) => faults.push(`threw: ${error.message}`))
    page.on('console', (message) => {
      // refusals are part of the game; what the policy blocks and what React complains about is not
      if (message.type() === 'error' && !/^Failed to load resource/.test(message.text())) {
        faults.push(`console: ${message.text()}`)
      }
    })
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url())
      if (origin !== url && protocol !== 'data:' && protocol !== 'blob:') {
        faults.push(`asked another site: ${request.url()}`)
      }
    })
    return page
  }
  const tab = async (context: BrowserContext): Promise<Page> => watch(await context.newPage())
  return {
    tab,
    visitor: async (options: BrowserContextOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ baseURL: url, locale: 'en-GB', ...options })
      context.setDefaultTimeout(15_000)
      return tab(context)
    },
  }
}

async function waitForLink(sink: SmtpSink, to: string, count: number): Promise<string> {
  for (;;) {
    const mails = sink.mails.filter((mail) => [mail.to].flat().some((one) => one?.text === to))
    const link = /https?:\/\/\S+\/(activate|confirm)\/\S+/.exec(mails.at(-1)?.text ?? '')?.[0]
    if (mails.length >= count && link) return link
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function signUp(doorward: Doorward, email: string): Promise<void> {
  const { settings, deps } = doorward
  const body = {
    ...{ email, first_name: 'Maya', last_name: 'Santoso', role: 'buyer' },
    ...{ password: PASSWORD, re_password: PASSWORD },
  }
  await doorward.fetch(
    new Request(`${settings.server.publicUrl}${settings.api.authPath}/users/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )
  const user = await deps.store.users.byEmail(email)
  if (!user) throw new TypeError(`${email} could not be registered`)
  await deps.store.users.activate(user)
}
