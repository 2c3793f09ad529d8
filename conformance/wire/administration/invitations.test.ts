/** Invitations: an account without a password, a link that sets one, and everything that link must not do. */
import { createTestDoorward, type SignedInUser, type TestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { type WireCall, wireClient } from '../wire-client.ts'

const PASSWORD = 'Carousel-Horse-9137'
const DAY = 86_400

describe.each(testDatabases())('invitations | $name', (database) => {
  let doorward: TestDoorward
  let call: WireCall
  let staff: SignedInUser
  const as = async (request: string, body?: unknown) => call(request, body, staff.headers)
  const accept = (link: object, password = PASSWORD) =>
    call('POST users/accept_invitation/', { ...link, new_password: password })
  let count = 0
  const invite = async (given: object = {}) => {
    count += 1
    const email = `guest-${count}@example.com`
    const { status, body } = await as('POST admin/users/invite/', { email, ...given })
    expect(status).toBe(201)
    return { email, id: body.id as number, account: body, link: await doorward.lastLink(email, 'invitation') }
  }

  beforeAll(async () => {
    doorward = await createTestDoorward({
      database: await database.url(),
      config: { registration: { open: false } },
    })
    call = wireClient(doorward)
    staff = await doorward.administrator()
  })
  afterAll(async () => {
    await doorward.close()
    await database.close()
  })

  it('work though registration is closed: invited, mailed, accepted, signed in', async () => {
    const { email, account, link, id } = await invite({ role: 'buyer', first_name: 'Tina' })
    expect(account).toMatchObject({
      account_state: 'invited',
      is_active: false,
      has_password: false,
      role: 'buyer',
    })
    expect((await accept(link)).status).toBe(204)
    await doorward.signIn({ email, password: PASSWORD })
    const { body } = await as(`GET admin/users/${id}/`)
    expect(body).toMatchObject({ account_state: 'active', has_password: true, role: 'buyer' })
    const log = await doorward.deps.store.audit.list({ userId: id, limit: 9 })
    expect(log.map(({ action }) => action)).toEqual(['signed_in', 'invitation_accepted', 'invited'])
  })

  it('are good for one time, by one of all who try at the same moment', async () => {
    const { link } = await invite()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => accept(link, `Carousel-Horse-${n}000`)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 400, 400, 400, 400, 400, 400, 400])
    expect((await accept(link)).body).toEqual({ token: ['Invalid token for given user.'] })
  })

  it('keep the rules for passwords, those about the own name included', async () => {
    const { link } = await invite({ first_name: 'Hieronymus' })
    expect((await accept(link, '12345678')).status).toBe(400)
    expect((await accept(link, 'hieronymus1')).body).toEqual({
      new_password: ['The password is too similar to the first name.'],
    })
    expect((await accept(link)).status).toBe(204)
  })

  it('expire, and a new one ends the earlier link', async () => {
    const { id, email, link } = await invite()
    const again = await as(`POST admin/users/${id}/invitation/`)
    expect(again.status).toBe(200)
    expect((await accept(link)).status).toBe(400)
    const second = await doorward.lastLink(email, 'invitation')
    expect(second.token).not.toBe(link.token)
    doorward.clock.advance(7 * DAY + 1)
    staff = await doorward.signIn(staff)
    expect((await accept(second)).status).toBe(400)
    await as(`POST admin/users/${id}/invitation/`)
    expect((await accept(await doorward.lastLink(email, 'invitation'))).status).toBe(204)
    expect((await as(`POST admin/users/${id}/invitation/`)).status).toBe(409)
  })

  it('can be taken back, and then nothing is left of the account', async () => {
    const { id, link } = await invite()
    expect((await as(`DELETE admin/users/${id}/invitation/`)).status).toBe(204)
    expect((await accept(link)).status).toBe(400)
    expect((await as(`GET admin/users/${id}/`)).status).toBe(404)
  })

  it('cannot be taken back from whoever has accepted: the account stays', async () => {
    const { id, link } = await invite()
    const [accepted, withdrawn] = await Promise.all([
      accept(link),
      as(`DELETE admin/users/${id}/invitation/`),
    ])
    // whichever was first, the two never both say yes
    expect([accepted.status === 204, withdrawn.status === 204].filter(Boolean)).toHaveLength(1)
    const person = await doorward.signIn(staff)
    expect((await as(`DELETE admin/users/${await idOf(person.email)}/invitation/`)).status).toBe(409)
  })
  const idOf = async (email: string) => (await doorward.deps.store.users.byEmail(email))?.id ?? 0

  it('open nothing else, and no other link opens them', async () => {
    const { id, email, link } = await invite()
    const user = await doorward.deps.store.users.byId(id)
    if (!user) throw new TypeError('the invited account is gone')
    const { links } = doorward.deps
    expect((await call('POST users/activation/', link)).status).toBe(400)
    const reset = { ...link, new_password: PASSWORD }
    expect((await call('POST users/reset_password_confirm/', reset)).status).toBe(400)
    const address = { ...link, new_email: 'thief@example.com' }
    expect((await call('POST users/reset_email_confirm/', address)).status).toBe(400)
    for (const purpose of [
      'activation',
      'password_reset',
      'email_reset',
      'email_change',
      'email_undo',
    ] as const) {
      expect((await accept(links.make(purpose, user))).status, purpose).toBe(400)
    }
    for (const path of ['users/reset_password/', 'users/resend_activation/', 'users/reset_email/']) {
      await call(`POST ${path}`, { email })
    }
    expect((await doorward.mails(email)).map(({ kind }) => kind)).toEqual(['invitation'])
    expect((await call('POST jwt/create/', { email, password: '!' })).status).toBe(401)
    expect((await accept(link)).status).toBe(204)
  })

  it('end while the account is switched off, and go on when it is switched on', async () => {
    const { id, link } = await invite()
    await as(`POST admin/users/${id}/deactivate/`, { reason: 'by mistake' })
    expect((await accept(link)).status).toBe(400)
    expect((await as(`POST admin/users/${id}/reactivate/`)).body).toMatchObject({
      account_state: 'invited',
      is_active: false,
    })
    expect((await accept(link)).status).toBe(204)
  })

  it('with staff rights are staff only once accepted', async () => {
    const { email, link, account } = await invite({ is_staff: true })
    expect(account).toMatchObject({ is_staff: true, is_active: false })
    await accept(link)
    const colleague = await doorward.signIn({ email, password: PASSWORD })
    expect((await call('GET admin/users/', undefined, colleague.headers)).status).toBe(200)
  })

  it('say so when the address has an account', async () => {
    const { email } = await invite()
    expect((await as('POST admin/users/invite/', { email: email.toUpperCase() })).body).toEqual({
      email: ['user account with this email already exists.'],
    })
  })
})

describe('invitations | a squatter', () => {
  it('who registers the invited address gets neither the account nor its rights', async () => {
    const doorward = await createTestDoorward()
    const call = wireClient(doorward)
    const staff = await doorward.administrator()
    const email = 'ceo@example.com'
    await call('POST admin/users/invite/', { email, is_staff: true, role: 'chief' }, staff.headers)
    const squatter = { email, password: 'Squatter-Pass-11', first_name: 'S', last_name: 'Q', role: 'buyer' }
    const answer = await call('POST users/', squatter)
    const other = await call('POST users/', { ...squatter, email: 'free@example.com' })
    expect([answer.status, answer.body.role]).toEqual([other.status, other.body.role])
    expect((await doorward.mails(email)).map(({ kind }) => kind)).toEqual(['invitation', 'invitation'])
    const link = await doorward.lastLink(email, 'invitation')
    const own = { ...link, new_password: PASSWORD }
    expect((await call('POST users/accept_invitation/', own)).status).toBe(204)
    expect((await call('POST jwt/create/', squatter)).status).toBe(401)
    const { headers } = await doorward.signIn({ email, password: PASSWORD })
    expect((await call('GET users/me/', undefined, headers)).body).toMatchObject({
      first_name: '',
      role: 'chief',
    })
    await doorward.close()
  })

  it('gets no staff rights by waiting in an account that was never activated', async () => {
    const doorward = await createTestDoorward()
    const call = wireClient(doorward)
    const staff = await doorward.administrator()
    const { email } = await doorward.register()
    const user = await doorward.deps.store.users.byEmail(email)
    const answer = await call(`PATCH admin/users/${user?.id}/`, { is_staff: true }, staff.headers)
    expect(answer.status).toBe(409)
    expect((await doorward.deps.store.users.byEmail(email))?.isStaff).toBe(false)
    await doorward.close()
  })
})
