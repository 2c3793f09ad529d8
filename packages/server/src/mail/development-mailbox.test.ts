import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accentOf } from '../domain/accent.ts'
import type { OpenStore } from '../store/open-store.ts'
import type { NewMail } from '../store/store.ts'
import { testDatabases } from '../testing/databases.ts'
import { createDevelopmentMailbox, mailboxMessages } from './development-mailbox.ts'
import { createOutboxWorker } from './outbox-worker.ts'
import { renderMail } from './render-mail.ts'

const CREATED = Date.UTC(2026, 10, 24, 4, 5, 6, 789)
const clock = { now: () => CREATED }
const LINK = 'http://localhost:3000/activate/Nw/abc-def'

const activationFor = (to: string, changes: Partial<NewMail> = {}): NewMail => ({
  ...renderMail(
    'activation',
    {
      siteName: 'Walkiddie',
      firstName: 'Tina',
      email: to,
      link: LINK,
      linkLifetime: 3600,
      frontendUrl: 'http://localhost:3000/',
      signIn: null,
    },
    { locale: 'en', templates: {}, accent: accentOf('#2450c4') },
  ),
  userId: null,
  kind: 'activation',
  to,
  messageId: `<${to}@localhost>`,
  createdAt: CREATED,
  ...changes,
})

const [sqlite] = testDatabases()
let store: OpenStore
const printed: string[] = []

beforeAll(async () => {
  if (!sqlite) throw new TypeError('There is no database for tests.')
  store = await sqlite.open()
  const transport = createDevelopmentMailbox({ print: (line) => printed.push(line) })
  await store.outbox.add(activationFor('tina@example.com'))
  await store.outbox.add(activationFor('budi@example.com', { subject: 'Hi\u001b[2J\nthere' }))
  await createOutboxWorker({ store, transport, clock }).drain()
  await store.outbox.add(activationFor('tina@example.com', { subject: 'Still waiting' }))
})
afterAll(() => sqlite?.close())

describe('the development mailbox | delivered mails', () => {
  it('show their links in the terminal, and nothing that would take the terminal over', () => {
    expect(printed).toEqual([
      'Mail to tina@example.com: Account activation on Walkiddie',
      `  ${LINK}`,
      'Mail to budi@example.com: Hi [2J there',
      `  ${LINK}`,
    ])
  })

  it('are there with their text and links, newest first, as soon as they are queued', async () => {
    const messages = await mailboxMessages(store, { limit: 10 })
    expect(messages.map(({ to, subject }) => [to, subject])).toEqual([
      ['tina@example.com', 'Still waiting'],
      ['budi@example.com', 'Hi\u001b[2J\nthere'],
      ['tina@example.com', 'Account activation on Walkiddie'],
    ])
    expect(messages[2]).toEqual({
      id: expect.any(Number),
      to: 'tina@example.com',
      subject: 'Account activation on Walkiddie',
      text: activationFor('tina@example.com').text,
      html: activationFor('tina@example.com').html,
      links: [LINK],
      created_at: '2026-11-24T04:05:06.789Z',
      state: 'sent',
    })
  })

  it('can be asked for by address and number', async () => {
    const subjectsOf = async (filter: Parameters<typeof mailboxMessages>[1]) =>
      (await mailboxMessages(store, filter)).map(({ subject }) => subject)
    expect(await subjectsOf({ to: 'budi@example.com', limit: 10 })).toHaveLength(1)
    expect(await subjectsOf({ to: 'nobody@example.com', limit: 10 })).toEqual([])
    expect(await subjectsOf({ limit: 1 })).toEqual(['Still waiting'])
  })
})
