/** The administration's client against a real server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedDoorward, serveDoorward } from '../../../test/serve.ts'
import type { AdminClient } from './admin.ts'
import { createAdmin } from './admin.ts'
import type { DoorwardClient } from './create-client.ts'
import { createClient } from './create-client.ts'

describe('the administration | accounts, mails, keys, counts', () => {
  let doorward: ServedDoorward
  let client: DoorwardClient
  let admin: AdminClient
  beforeAll(async () => {
    doorward = await serveDoorward()
    client = createClient({ baseUrl: `${doorward.url}/auth` })
    admin = createAdmin(client)
    await client.signIn(await doorward.administrator())
  })
  afterAll(async () => {
    client.close()
    await doorward.close()
  })

  it('goes through pages of accounts to the end', async () => {
    for (let n = 0; n < 5; n += 1) await doorward.register({ email: `many-${n}@example.com` })
    const first = await admin.users({ search: 'many-', limit: 3, sort: 'email' })
    expect(first.items).toHaveLength(3)
    const rest = await admin.users({ search: 'many-', limit: 3, sort: 'email', after: first.next ?? '' })
    expect(rest.items.map(({ email }) => email)).toEqual(['many-3@example.com', 'many-4@example.com'])
    expect(rest.next).toBeNull()
  })

  it('invites, invites again, takes back', async () => {
    const { id, account_state } = await admin.inviteUser({ email: 'guest@example.com' })
    expect(account_state).toBe('invited')
    await admin.inviteAgain(id)
    expect((await admin.mails({ to: 'guest@example.com' })).items).toHaveLength(2)
    await admin.withdrawInvitation(id)
    await expect(admin.user(id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('makes, changes, switches off and on, signs out and deletes an account', async () => {
    const made = await admin.createUser({ email: 'made@example.com', password: 'Brave-Horse-1177' })
    expect(await admin.updateUser(made.id, { first_name: 'Made' })).toMatchObject({ first_name: 'Made' })
    await doorward.signIn({ email: 'made@example.com', password: 'Brave-Horse-1177' })
    const [session] = await admin.sessions(made.id)
    await admin.endSession(made.id, session?.id ?? '')
    expect(await admin.endSessions(made.id)).toBe(0)
    expect(await admin.deactivateUser(made.id, 'a test')).toMatchObject({ deactivation_reason: 'a test' })
    expect(await admin.reactivateUser(made.id)).toMatchObject({ account_state: 'active' })
    await admin.sendPasswordReset(made.id)
    await expect(admin.sendActivation(made.id)).rejects.toMatchObject({ code: 'no_activation_pending' })
    const { items } = await admin.audit({ user: made.id, limit: 2 })
    expect(items.map(({ action }) => action)).toEqual(['password_reset_requested', 'reactivated'])
    await admin.deleteUser(made.id)
  })

  it('reads keys and counts, and says what it cannot do', async () => {
    expect(await admin.keys()).toMatchObject({ stored: false })
    await expect(admin.rotateKeys()).rejects.toMatchObject({ code: 'keys_not_stored' })
    await expect(admin.retireKey('none')).rejects.toMatchObject({ code: 'keys_not_stored' })
    await expect(admin.retryMail(1)).rejects.toMatchObject({ code: 'mail_not_given_up' })
    const { days, counts } = await admin.statistics(7)
    expect(days).toHaveLength(7)
    expect(counts.sign_ups?.at(-1)).toBeGreaterThan(5)
  })
})
