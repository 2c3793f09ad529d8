import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

/** What gives JSON or 406; HTML pages are the reference's alone. */
const ACCEPTS = [
  '*/*',
  'application/json',
  'application/*',
  'APPLICATION/JSON',
  'application/json; indent=4',
  'application/json;q=0.1',
  'application/json; charset=utf-8',
  'application/json; version=1',
  'application/json, text/plain, */*',
  'text/plain, application/json;q=0.5',
  'text/plain, */*;q=0.1',
  'application/xml',
  'text/plain',
  'image/*',
  'text/csv, image/png',
  'application/ld+json',
  'json',
  '*',
  'nonsense',
  ',',
  ';',
  'application/xml, application/json;q=0',
  'application/json;q=0',
  '*/*;q=0',
  '',
  ' ',
  'application/json,',
  '*/json',
  'application/xml;q=0.9, */*;q=0.8',
  'application/vnd.api+json',
  'text/event-stream',
  'multipart/form-data',
]

const doors: readonly (readonly [string, string, (s: Session) => unknown])[] = [
  ['GET', 'users/me/', () => undefined],
  ['POST', 'jwt/verify/', (s) => ({ token: s.member.access })],
  ['POST', 'jwt/create/', () => ({})],
  ['POST', 'users/', () => ({})],
  ['GET', '/auth/', () => undefined],
  ['POST', 'users/reset_password/', (s) => ({ email: s.address('x') })],
  ['PURGE', 'users/me/', () => undefined],
]

const negotiation: Case[] = doors.map(([method, path, body]) => ({
  name: `${method} ${path} answers JSON or 406`,
  run: async (s) => {
    for (const accept of ACCEPTS)
      await s.send(method, path, body(s), {
        as: s.member,
        headers: { Accept: accept },
        note: `Accept: ${accept}`,
      })
  },
}))

const html: Case = {
  name: 'a browser gets the same status, as JSON in Doorward',
  run: async (s) => {
    const browser = { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
    const why = "DRF's HTML pages for Accept: text/html are JSON"
    await s.get('users/me/', {
      as: s.member,
      headers: browser,
      differs: { why, reference: 200, doorward: [200] },
    })
    await s.get('users/me/', { headers: browser, differs: { why, reference: 401, doorward: [401] } })
    await s.get('/auth/', { headers: browser, differs: { why, reference: 200, doorward: [200] } })
    await s.post(
      'jwt/create/',
      {},
      { headers: { Accept: 'text/html' }, differs: { why, reference: 400, doorward: [400, 406] } },
    )
  },
}

/** Content negotiation. */
export const accept: Topic = { name: 'accept', cases: [...negotiation, html] }
