/** What the secure default asks of passwords, and what it does not, as somebody meets it who chooses one. */
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'

const GOOD = 'Kiddie-Ride-4821'
const YEAR = 365 * 86_400

describe('passwords on the wire', async () => {
  const doorward = await createTestDoorward({ config: { server: { siteName: 'Walkiddie' } } })
  afterAll(() => doorward.close())

  const post = async (path: string, body: object, headers = {}) => {
    const answer = await doorward.fetch(
      new Request(`http://127.0.0.1:8000/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    )
    return { status: answer.status, text: await answer.text() }
  }
  const signIn = async (email: string, password: string) =>
    (await post('jwt/create/', { email, password })).status
  let count = 0
  const register = (password: string) => {
    count += 1
    const person = {
      first_name: 'Tina',
      last_name: 'Santoso',
      role: 'buyer',
      email: `p-${count}@example.com`,
    }
    return post('users/', { ...person, password })
  }
  /** What comes of choosing this password at registration, at a change, and by the link of a reset. */
  const choose = async (password: string) => {
    const user = await doorward.signedUpUser()
    const change = { current_password: user.password, new_password: password }
    await post('users/reset_password/', { email: user.email })
    const reset = { ...(await doorward.lastLink(user.email, 'password_reset')), new_password: password }
    return [
      await register(password),
      await post('users/set_password/', change, user.headers),
      await post('users/reset_password_confirm/', reset),
    ].map(({ status }) => status)
  }

  it('of seven characters are refused wherever one is chosen, and of eight taken', async () => {
    expect(await choose('Kx7-🎠р ')).toEqual([400, 400, 400])
    // the change has used the link of the reset up
    expect(await choose('Kx7-🎠р m')).toEqual([201, 204, 400])
  })

  it('that everybody tries first are refused wherever one is chosen, and so are those like the site or the person', async () => {
    for (const password of ['trustno1', 'walkiddie1', 'Santoso-1']) {
      expect(await choose(password), password).toEqual([400, 400, 400])
    }
  })

  it.each([
    ['of one kind of letters', 'karussellpferdchen'],
    ['of signs alone', '-.,;:!?+*#~&%$'],
    ['of spaces and words', ' two  words and spaces '],
    ['of a script without cases', '旋轉木馬旋轉木馬'],
    ['of 1024 characters', '🎠'.repeat(1020) + GOOD.slice(0, 4)],
  ])('%s are taken, and sign in', async (_, password) => {
    const { email } = await doorward.signedUpUser({ password })
    expect(await signIn(email, password)).toBe(200)
  })

  it('count exactly as they are: no other case, no space more or less, nothing cut off, no other form of a letter', async () => {
    const password = ` Caf\u00e9-${'a'.repeat(200)}-End`
    const { email } = await doorward.signedUpUser({ password })
    const others = [
      password.toLowerCase(),
      password.trim(),
      `${password} `,
      password.slice(0, -1),
      password.slice(0, 72),
      password.normalize('NFD'),
    ]
    for (const other of others) expect(await signIn(email, other), JSON.stringify(other)).toBe(401)
    expect(await signIn(email, password)).toBe(200)
  })

  it('are changed with the current one alone; the owner is told, and only the new one signs in', async () => {
    const user = await doorward.signedUpUser()
    const next = 'Another-Ride-1177'
    const change = (current?: string) =>
      post('users/set_password/', { new_password: next, current_password: current }, user.headers)
    expect((await change()).status).toBe(400)
    expect((await change('Not-The-Password-1')).status).toBe(400)
    expect((await change(user.password)).status).toBe(204)
    expect([await signIn(user.email, user.password), await signIn(user.email, next)]).toEqual([401, 200])
    expect((await doorward.mails(user.email)).at(-1)?.kind).toBe('password_changed')
  })

  it('stay good for years: nobody has to change one', async () => {
    const { email, password } = await doorward.signedUpUser()
    doorward.clock.advance(5 * YEAR)
    expect(await signIn(email, password)).toBe(200)
  })

  it('have no hint and no question beside them that could stand in for one', () => {
    const names = JSON.stringify(doorward.openapi).match(/"[\w.]+":/g) ?? []
    expect(names.length).toBeGreaterThan(500)
    expect(names.filter((name) => /hint|question|secret_answer/i.test(name))).toEqual([])
  })
})
