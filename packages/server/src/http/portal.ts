/**
 * The web pages: register, activate, sign in, reset, account, administration, mailbox. They are one program for the
 * browser, built beforehand and handed over as a folder; here it gets its settings and its headers. Opening the page
 * of a mailed link changes nothing, for mail scanners open links too; only a button in it does.
 */
import type { Context, Hono } from 'hono'
import type { Settings } from '../config/settings.ts'
import { preferredLanguage } from './negotiation.ts'
import { pageHeaders } from './page-headers.ts'
import { hasMailbox, isFrontEnd, PAGE_LINKS, pageSettings } from './page-settings.ts'
import { notFoundPage } from './pages.ts'
import type { PortalFiles } from './portal-files.ts'
import { bestForm } from './portal-files.ts'
import type { Setup } from './setup.ts'

/** What the pages are made from. */
export interface PortalInput {
  /** The built pages; null where the program that runs this library brings none. */
  readonly portal: PortalFiles | null
  readonly settings: Settings
  readonly setup: Setup
}

const STAFF_PAGES = ['/admin', '/admin/*', '/sign-in', '/password/reset']
const PEOPLE_PAGES = [
  '/',
  '/register',
  '/check-mail',
  '/account',
  '/account/*',
  // where the pages behind mailed links are once they have taken the token out of the address
  '/activate',
  '/activate/resend',
  '/invitation',
  '/password/reset/confirm',
  '/email/reset/confirm',
  '/email/change/confirm',
  '/email/change/undo',
]
const FOREVER = 'public, max-age=31536000, immutable'

/** Adds the pages, and what answers a path that does not exist. */
export function portalPages(app: Hono, { portal, settings, setup }: PortalInput): void {
  const paths = settings.portal.enabled ? pagePaths(settings) : []
  if (portal === null || !settings.portal.enabled) {
    for (const path of paths) app.get(path, (c) => notFoundPage(c, NOT_BROUGHT))
    app.notFound((c) => notFoundPage(c))
    return
  }
  const page = pageAnswer(portal, settings)
  for (const path of paths) app.get(path, (c) => page(c, 200))
  app.get('/setup/:token', async (c) => page(c, (await setup.isOpen(c.req.param('token'))) ? 200 : 404))
  app.get('/portal/:name', (c) => fileAnswer(c, portal))
  app.notFound((c) => {
    const forPeople = c.req.method === 'GET' && (c.req.header('accept') ?? '').includes('text/html')
    const inApi = `${c.req.path}/`.startsWith(`${settings.api.authPath}/`)
    return forPeople && !inApi ? page(c, 404) : notFoundPage(c)
  })
}

const NOT_BROUGHT =
  'This server brings no web pages. Pass the folder of built pages to createDoorward(), or set FRONTEND_URL to your own front end.'

/** The paths of pages. Links may have a query or a fragment of their own; the path is what the server sees. */
function pagePaths(settings: Settings): readonly string[] {
  const links = PAGE_LINKS.map((name) => {
    const path = settings.links[name].replace(/[?#].*/, '')
    return `/${path.replace('{uid}', ':uid').replace('{token}', ':token')}`
  })
  return [
    ...STAFF_PAGES,
    ...(hasMailbox(settings) ? ['/mailbox'] : []),
    ...(isFrontEnd(settings) ? [...PEOPLE_PAGES, ...links] : []),
  ]
}

/**
 * Scripts and styles from our own files alone, never from the page's text; requests to this host alone; and no text
 * ever becomes markup in the browser (Trusted Types).
 */
function policy({ portal }: Settings): string {
  const logo = /^https?:/.test(portal.logoUrl) ? ` ${new URL(portal.logoUrl).origin}` : ''
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data:${logo}`,
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function pageAnswer(portal: PortalFiles, settings: Settings) {
  const headers = Object.entries(pageHeaders(policy(settings)))
  const locales = [...portal.locales.keys()]
  const site = settings.mails.locale.split('-')[0] ?? ''
  const usual = locales.includes(site) ? site : 'en'
  const pages = new Map(
    locales.map((locale) => [locale, fill(portal, { settings, locale, status: 200 })] as const),
  )
  const missing = new Map(
    locales.map((locale) => [locale, fill(portal, { settings, locale, status: 404 })] as const),
  )
  return (c: Context, status: 200 | 404): Response | Promise<Response> => {
    for (const [name, value] of headers) c.header(name, value)
    const locale = preferredLanguage(c.req.header('accept-language') ?? null, locales) ?? usual
    return c.html((status === 200 ? pages : missing).get(locale) ?? '', status)
  }
}

/** The page in a language: its title, its settings, and the start of loading its texts. */
function fill(
  portal: PortalFiles,
  { settings, locale, status }: { settings: Settings; locale: string; status: number },
): string {
  const told = JSON.stringify(pageSettings(settings, [...portal.locales.keys()], locale))
  const texts = portal.locales.get(locale) ?? ''
  const head = [
    `<meta name="doorward" content="${escaped(told)}" data-status="${status}">`,
    `<link rel="modulepreload" href="${escaped(texts)}">`,
  ].join('\n')
  return portal.index
    .replace('<html lang="en">', () => `<html lang="${escaped(locale)}">`)
    .replace(/<title>.*<\/title>/, () => `<title>${escaped(settings.server.siteName)}</title>`)
    .replace('<meta name="doorward">', () => head)
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '')

function fileAnswer(c: Context, { files }: PortalFiles): Response | Promise<Response> {
  const file = files.get(c.req.path)
  if (!file) return notFoundPage(c)
  const { body, encoding } = bestForm(file, c.req.header('accept-encoding'))
  return c.body(body, 200, {
    'content-type': file.type,
    'cache-control': FOREVER,
    vary: 'Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(encoding && { 'content-encoding': encoding }),
  })
}
