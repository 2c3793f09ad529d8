import { afterEach, describe, expect, it } from 'vitest'
import { createTestDoorward, type TestDoorward, type TestDoorwardOptions } from './create-test-doorward.ts'

const running: TestDoorward[] = []

async function start(options?: TestDoorwardOptions): Promise<TestDoorward> {
  const doorward = await createTestDoorward(options)
  running.push(doorward)
  return doorward
}

const me = (doorward: TestDoorward, headers: HeadersInit) =>
  doorward.fetch(new Request('http://test/auth/users/me/', { headers }))

afterEach(async () => {
  for (const doorward of running.splice(0)) await doorward.close()
})

describe.each([undefined, 'djoser'] as const)('a Doorward for tests | preset %s', (preset) => {
  it('gives somebody who is signed in, in one line', async () => {
    const doorward = await start({ preset })
    const user = await doorward.signedUpUser({ role: 'manager' })
    const answer = await me(doorward, user.headers)
    expect(await answer.json()).toMatchObject({ email: user.email, role: 'manager' })
  })

  it('gives somebody with staff rights', async () => {
    const doorward = await start({ preset })
    const [somebody, administrator] = [await doorward.signedUpUser(), await doorward.administrator()]
    const list = await doorward.fetch(
      new Request('http://test/auth/users/', { headers: administrator.headers }),
    )
    const emails = (await list.json()).map(({ email }: { email: string }) => email)
    expect(emails).toEqual([somebody.email, administrator.email])
  })

  it('expires a token when the test moves the clock, and not before', async () => {
    const doorward = await start({ preset })
    const { headers } = await doorward.signedUpUser()
    doorward.clock.advance(doorward.settings.tokens.accessLifetime - 1)
    expect((await me(doorward, headers)).status).toBe(200)
    doorward.clock.advance(1)
    expect((await me(doorward, headers)).status).toBe(401)
  })
})

describe('a Doorward for tests | mails', () => {
  it('has a mail as soon as its cause is answered, oldest first', async () => {
    const doorward = await start()
    const { email } = await doorward.register()
    await doorward.activate(email)
    expect((await doorward.mails(email)).map(({ kind }) => kind)).toEqual(['activation', 'confirmation'])
  })

  it('names the mails there are when the link asked for was never mailed', async () => {
    const doorward = await start()
    const { email } = await doorward.register()
    await expect(doorward.lastLink(email, 'password_reset')).rejects.toThrow(
      `No password_reset was mailed to ${email}. Mails to that address: activation.`,
    )
  })
})

describe('a Doorward for tests | what the project sets', () => {
  it('holds: its fields, its algorithm and its hashing cost', async () => {
    const doorward = await start({
      config: {
        users: { fields: { company: { type: 'text', required: true } } },
        tokens: { algorithm: 'ES256' },
        passwords: { parallelism: 2 },
      },
    })
    const { headers } = await doorward.signedUpUser({ company: 'Walkiddie' })
    expect(await (await me(doorward, headers)).json()).toMatchObject({ company: 'Walkiddie' })
    expect(doorward.settings.passwords.memoryCost).toBe(16)
  })

  it('says what was refused when a helper is', async () => {
    const doorward = await start()
    await expect(doorward.register({ password: '12345678' })).rejects.toThrow('This password is too common.')
  })

  it('refuses to move the clock backwards', async () => {
    const { clock } = await start()
    expect(() => clock.advance(-1)).toThrow('time only moves forward')
  })
})
