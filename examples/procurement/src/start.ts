/**
 * Starts the whole project of the tutorial: accounts, the sales API and the front end, each on an origin of its own as
 * in production. The front end is built and then served as files; nothing of it runs on a server.
 */
import { mkdirSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { portalFolder } from '@doorward/portal'
import { createDoorward, ensureSecret, resolveSettings, secretDirectory } from '@doorward/server'
import { createVerifier } from '@doorward/server/verifier'
import { serve } from '@hono/node-server'
import { build, type InlineConfig, preview } from 'vite'
import { createProcurement } from './app.ts'
import { openSales } from './sales.ts'

/** What to start. */
export interface ProcurementOptions {
  /** Ports of 127.0.0.1. */
  readonly ports: { readonly accounts: number; readonly sales: number; readonly shop: number }
  /** Where the sales and the built front end are kept. */
  readonly folder: string
  /** Settings of Doorward: `DATABASE_URL`, `SMTP_URL`, … */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where links of mails go while there is no mail server. */
  readonly print?: (line: string) => void
}

/** What runs. */
export interface Procurement {
  /** Where people go. */
  readonly shop: string
  readonly accounts: string
  readonly sales: string
  close(): Promise<void>
}

/** Roles that may add sales. */
const CREATORS = ['buyer']

/** Starts everything and returns when all of it listens. */
export async function startProcurement(options: ProcurementOptions): Promise<Procurement> {
  const at = (port: number) => `http://127.0.0.1:${port}`
  const { ports } = options
  const places = { accounts: at(ports.accounts), sales: at(ports.sales), shop: at(ports.shop) }
  mkdirSync(options.folder, { recursive: true })
  const closers = [await startAccounts(options, places.shop)]
  closers.push(await startSales(options, places))
  closers.push(await startShop(options, places))
  const close = async () => {
    for (const one of closers.reverse()) await one()
  }
  return { ...places, close }
}

type Places = Pick<Procurement, 'shop' | 'accounts' | 'sales'>
type Close = () => Promise<void>

async function startAccounts({ ports, env, print }: ProcurementOptions, shop: string): Promise<Close> {
  const config = {
    server: {
      port: ports.accounts,
      siteName: 'Procurement',
      // mailed links lead to the front end, whose origin may call because of that
      frontendUrl: shop,
      corsOrigins: [shop.replace('127.0.0.1', 'localhost')],
    },
  }
  const resolved = resolveSettings({ config, env })
  const { settings } = ensureSecret(resolved.settings, { dir: secretDirectory(resolved.settings) })
  const doorward = await createDoorward({ settings, portal: portalFolder(), ...(print && { print }) })
  const server = createServer(doorward.listener)
  await new Promise<void>((ready) => server.listen(ports.accounts, '127.0.0.1', ready))
  return async () => {
    await stop(server)
    await doorward.close()
  }
}

async function startSales({ ports, folder }: ProcurementOptions, { accounts, shop }: Places): Promise<Close> {
  const sales = openSales(join(folder, 'sales.db'))
  const verifier = createVerifier({
    jwksUrl: `${accounts}/.well-known/jwks.json`,
    revocations: { url: `${accounts}/auth/revocations/` },
  })
  const origins = [shop, shop.replace('127.0.0.1', 'localhost')]
  const app = createProcurement({ sales, verifier, creators: CREATORS, origins })
  const server = await new Promise<Server>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: ports.sales, hostname: '127.0.0.1' }, () =>
      resolve(listening as Server),
    )
  })
  return async () => {
    verifier.close()
    await stop(server)
    sales.close()
  }
}

async function startShop({ ports, folder }: ProcurementOptions, places: Places): Promise<Close> {
  const config: InlineConfig = {
    configFile: false,
    logLevel: 'warn',
    root: join(import.meta.dirname, '../web'),
    define: {
      'import.meta.env.ACCOUNTS_URL': JSON.stringify(places.accounts),
      'import.meta.env.SALES_URL': JSON.stringify(places.sales),
    },
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: { outDir: join(folder, 'shop'), emptyOutDir: true },
    preview: { host: '127.0.0.1', port: ports.shop, strictPort: true },
  }
  await build(config)
  const server = await preview(config)
  return () => server.close()
}

const stop = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
