/** What the OpenAPI document says of answers is what is answered: every operation, to anybody, refused and done. */
import type { SignedInUser, TestDoorward } from '@doorward/server/testing'
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Ask } from './documented.ts'
import { asking, judgeOf } from './documented.ts'
import type { Route } from './routes.ts'
import { routesOf } from './routes.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const PROBLEM = { ...JSON_TYPE, accept: 'application/problem+json' }

type Headers = Readonly<Record<string, string>>

/** Bodies and headers that no operation likes. */
const REFUSED: readonly (readonly [string, Headers])[] = [
  ['{}', JSON_TYPE],
  ['{}', PROBLEM],
  ['[]', JSON_TYPE],
  ['{', JSON_TYPE],
  ['x', { 'content-type': 'text/plain' }],
  ['x', { 'content-type': 'multipart/form-data' }],
  ['{}', { ...JSON_TYPE, accept: 'image/png' }],
  [`{"email":"${'x'.repeat(70_000)}"}`, JSON_TYPE],
]

/** After these nobody is left to ask as. */
const isLast = ({ id }: Route): boolean => ['deleteMe', 'signOut'].includes(id)

describe.each(['secure default', 'djoser'] as const)('the OpenAPI document | refusals, %s', (mode) => {
  let doorward: TestDoorward
  let callers: readonly Headers[]

  beforeAll(async () => {
    doorward = await createTestDoorward({ preset: mode === 'djoser' ? mode : undefined })
    const person = await doorward.signedUpUser()
    const staff = await doorward.administrator()
    const broken = { authorization: `${doorward.settings.api.headerTypes[0]} x` }
    callers = [{}, broken, { authorization: 'Token x' }, person.headers, staff.headers]
  })
  afterAll(() => doorward.close())

  it('every operation answers as it says, whoever asks and whatever is sent', async () => {
    const judge = judgeOf(doorward)
    const faults = new Set<string>()
    const routes = [...routesOf(doorward)].sort((a, b) => Number(isLast(a)) - Number(isLast(b)))
    for (const { method, path, fields } of routes) {
      const wrong = JSON.stringify(Object.fromEntries(fields.map((field) => [field, ' \u0000'])))
      for (const caller of callers) {
        for (const [body, headers] of [...REFUSED, [wrong, JSON_TYPE] as const, [wrong, PROBLEM] as const]) {
          const url = `http://127.0.0.1:8000${path.replace(/\{\w+\}/, '9').replace(/\{\w+\}/, 'x')}`
          const init = { method, headers: { ...headers, ...caller }, ...(method !== 'GET' && { body }) }
          const fault = await judge({ method, path, answer: await doorward.fetch(new Request(url, init)) })
          if (fault) faults.add(fault)
        }
      }
    }
    expect([...faults]).toEqual([])
  })
})

const PROFILE = { first_name: 'Ada', last_name: 'Santoso', role: 'buyer' }
const PASSWORD = 'Carousel-Horse-9137'
/** Refused here, for a test's Doorward stores no keys. */
const KEYS_NOT_STORED = ['rotateKeys', 'retireKey']
const COOKIE = 'doorward-refresh'

describe('the OpenAPI document | successes', () => {
  let doorward: TestDoorward
  let ask: Ask
  let done: Set<string>
  let faults: string[]
  let ada: SignedInUser
  let staff: SignedInUser
  const newcomer = { email: 'ada@example.com', password: 'Kiddie-Ride-4821' }

  beforeAll(async () => {
    doorward = await createTestDoorward({ config: { server: { throttle: false } } })
    staff = await doorward.administrator()
    ;({ ask, done, faults } = asking(doorward))
  })
  afterAll(() => doorward.close())

  const link = async (email: string, kind: Parameters<TestDoorward['lastLink']>[1]) =>
    doorward.lastLink(email, kind)

  it('the story', async () => {
    const { email } = newcomer
    await ask('root')
    await ask('register', { body: { ...PROFILE, ...newcomer } })
    await ask('resendActivation', { body: { email } })
    await ask('activate', { body: await link(email, 'activation') })
    await ask('requestPasswordReset', { body: { email } })
    const reset = await link(email, 'password_reset')
    await ask('resetPassword', { body: { ...reset, new_password: PASSWORD } })
    await ask('signIn', { body: { email, password: PASSWORD, token_delivery: 'cookie' } })
    ada = await doorward.signIn({ email, password: PASSWORD })
    await ask('signIn', { body: { email, password: PASSWORD } })
    await ask('verify', { body: { token: ada.access } })
    const { refresh } = await ask('refresh', { body: { refresh: ada.refresh } })
    await ask('refresh', {
      body: {},
      headers: { cookie: `${COOKIE}=${refresh}`, origin: 'http://127.0.0.1:8000' },
    })
    await ask('signInWithDatabaseToken', { body: { email, password: PASSWORD } })
    await ask('signOutDatabaseToken', { as: ada })
    expect(faults.splice(0)).toEqual([])
  })

  it('the own account and its sessions', async () => {
    await ask('root', { as: staff })
    for (const id of ['readMe', 'listUsers', 'exportData', 'readLanguage', 'listActivity'])
      await ask(id, { as: ada })
    await ask('updateMe', { as: ada, body: PROFILE })
    await ask('patchMe', { as: ada, body: { first_name: 'Ada' } })
    await ask('setLanguage', { as: ada, body: { language: 'de' } })
    await ask('changePassword', { as: ada, body: { current_password: PASSWORD, new_password: PASSWORD } })
    await ask('reauthenticate', { as: ada, body: { current_password: PASSWORD } })
    const others = await doorward.signIn({ email: ada.email, password: PASSWORD })
    const sessions = (await ask('listSessions', { as: others })) as unknown as {
      id: string
      current: boolean
    }[]
    const other = sessions.find(({ current }) => !current)
    await ask('endSession', { as: others, parts: [other?.id ?? ''], body: {} })
    await ask('endOtherSessions', { as: others, body: {} })
    await ask('revocations', { query: '?since=0' })
    await ask('blacklist', { body: { refresh: others.refresh } })
    ada = await doorward.signIn({ email: ada.email, password: PASSWORD })
    await ask('signOut', { as: ada, body: {} })
    expect(faults.splice(0)).toEqual([])
  })

  it('a new address, in each of the ways', async () => {
    ada = await doorward.signIn({ email: ada.email, password: PASSWORD })
    await ask('changeEmail', { as: ada, body: { new_email: 'new@example.com' } })
    await ask('confirmEmailChange', { body: await link('new@example.com', 'email_change') })
    await ask('undoEmailChange', { body: await link(newcomer.email, 'email_undo') })
    await ask('requestEmailReset', { body: { email: newcomer.email } })
    const reset = await link(newcomer.email, 'email_reset')
    await ask('resetEmail', { body: { ...reset, new_email: '"quoted"@[127.0.0.1]' } })
    await ask('listUsers', { as: staff })
    await ask('searchUsers', { as: staff })
    expect(faults.splice(0)).toEqual([])
  })

  it('accounts, for staff', async () => {
    const as = staff
    const one = await ask('createUser', {
      as,
      body: { ...PROFILE, email: 'one@example.com', password: PASSWORD },
    })
    const parts = [one.id ?? '']
    for (const id of ['readUser', 'readAccount', 'listAccountSessions']) await ask(id, { as, parts })
    await ask('updateUser', { as, parts, body: PROFILE })
    await ask('patchUser', { as, parts, body: PROFILE })
    await ask('updateAccount', { as, parts, body: { locale: 'de' } })
    for (const id of ['deactivateUser', 'reactivateUser', 'revokeSessions']) await ask(id, { as, parts })
    await ask('deactivateAccount', { as, parts, body: { reason: 'left' } })
    for (const id of ['readAccount', 'reactivateAccount', 'sendPasswordReset', 'endAccountSessions'])
      await ask(id, { as, parts })
    const signedIn = await doorward.signIn({ email: 'one@example.com', password: PASSWORD })
    const [session] = (await ask('listSessions', { as: signedIn })) as unknown as { id: string }[]
    await ask('endAccountSession', { as, parts: [...parts, session?.id ?? ''] })
    await ask('deleteUser', { as, parts, body: { current_password: 'Kiddie-Ride-4821' } })
    const two = await ask('inviteUser', { as, body: { email: 'two@example.com' } })
    for (const id of ['inviteAgain', 'readAccount', 'readUser']) await ask(id, { as, parts: [two.id ?? ''] })
    const invitation = await link('two@example.com', 'invitation')
    await ask('acceptInvitation', { body: { ...invitation, new_password: PASSWORD } })
    const three = await ask('inviteUser', { as, body: { email: 'three@example.com' } })
    await ask('withdrawInvitation', { as, parts: [three.id ?? ''] })
    await ask('deleteAccount', { as, parts: [two.id ?? ''], body: {} })
    const { email } = await doorward.register()
    const waiting = await doorward.deps.store.users.byEmail(email)
    await ask('sendActivation', { as, parts: [waiting?.id ?? 0] })
    expect(faults.splice(0)).toEqual([])
  })

  it('mails, keys and counts, for staff', async () => {
    const as = staff
    const { outbox } = doorward.deps.store
    const [mail] = await outbox.claim({ now: doorward.clock.now(), lease: 1, limit: 1 })
    await outbox.failed(mail?.id ?? 0, 'no such user', null)
    for (const id of ['listMails', 'listKeys', 'listAudit', 'readStatistics']) await ask(id, { as })
    await ask('listAudit', { as, query: '?format=json' })
    await ask('listAudit', { as, query: '?format=csv' })
    await ask('readMail', { as, parts: [mail?.id ?? 0] })
    await ask('retryMail', { as, parts: [mail?.id ?? 0] })
    expect(faults.splice(0)).toEqual([])
  })

  it('and with a last one every operation there is has been done', async () => {
    const last = await doorward.signedUpUser()
    await ask('deleteMe', { as: last, body: {} })
    expect(faults.splice(0)).toEqual([])
    const ids = routesOf(doorward).map(({ id }) => id)
    expect(ids.filter((id) => !done.has(id))).toEqual(KEYS_NOT_STORED)
  })
})
