/** Who has an account? Asked of every route that takes an address; the clock is looked at by `timing.ts`. */
import type { Attack } from './attack.ts'

const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: 'Kiddie-Ride-4821' }
const FICKLE = /^(date|x-request-id|set-cookie)$/

/** Compares the answers for addresses with and without an account. */
export const enumeration: Attack = {
  name: 'enumeration by answers',
  run: async ({ doorward, send }, notes) => {
    const caller = await doorward.signedUpUser()
    const headers = { ...caller.headers }
    const shots: Readonly<Record<string, (email: string) => object>> = {
      'users/': (email) => ({ body: { ...PERSON, email } }),
      'jwt/create/': (email) => ({ body: { email, password: 'wrong' } }),
      'token/login/': (email) => ({ body: { email, password: 'wrong' } }),
      'users/resend_activation/': (email) => ({ body: { email } }),
      'users/reset_password/': (email) => ({ body: { email } }),
      'users/reset_email/': (email) => ({ body: { email } }),
      'users/set_email/': (email) => ({
        body: { new_email: email, current_password: caller.password },
        headers,
      }),
    }
    for (const [path, shot] of Object.entries(shots)) {
      const active = (await doorward.signedUpUser()).email
      const waiting = (await doorward.register()).email
      const look = async (email: string): Promise<string> => {
        const answer = await send({ path, ...shot(email) })
        const seen = Object.entries(answer.headers).filter(
          ([name]) => !FICKLE.test(name) && name !== 'content-length',
        )
        return JSON.stringify([answer.status, answer.body.replace(email, 'x'), seen])
      }
      const unknown = await look(`nobody-${path.length}@example.com`)
      notes.tried(`${path} tells an active account`, (await look(active)) !== unknown)
      notes.tried(`${path} tells an account that waits`, (await look(waiting)) !== unknown)
    }
  },
}
