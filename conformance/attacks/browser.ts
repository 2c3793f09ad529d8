/** Other sites: requests that a browser sends with the person's cookies, and answers that another origin wants to read. */
import type { Attack } from './attack.ts'

const EVIL = 'https://evil.example'

/** Cross-site request forgery in cookie mode, and reading across origins. */
export const crossSite: Attack = {
  name: 'cross-site requests in cookie mode',
  run: async ({ doorward, send }, notes) => {
    const user = await doorward.signedUpUser()
    const own = { origin: 'http://127.0.0.1:8000' }
    const delivered = await send({
      path: 'jwt/create/',
      body: { ...user, token_delivery: 'cookie' },
      headers: own,
    })
    const cookies = [delivered.headers['set-cookie'] ?? []].flat()
    const cookie = cookies.map((one) => one.split(';', 1)[0]).join('; ')
    notes.tried('the refresh token was in the body', delivered.body.includes('refresh'))
    for (const one of cookies) {
      notes.tried(`a script can read ${one}`, !/; HttpOnly/i.test(one))
      notes.tried(`another site sends ${one}`, !/; SameSite=Strict/i.test(one))
    }
    const forms = [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]
    const origins: readonly Record<string, string>[] = [
      { origin: EVIL },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:8000.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ]
    for (const path of ['jwt/refresh/', 'jwt/logout/']) {
      for (const origin of origins) {
        for (const type of forms) {
          const headers = { cookie, ...origin, 'content-type': type }
          const { status } = await send({ path, body: '', headers })
          notes.tried(`${path} from ${JSON.stringify(origin)} as ${type}`, status < 300)
        }
      }
    }
    const still = await send({ path: 'jwt/refresh/', body: {}, headers: { cookie, ...own } })
    notes.tried('another site ended the session', still.status !== 200)
    for (const path of ['users/me/', 'sessions/', 'jwt/create/']) {
      const headers = { ...user.headers, origin: EVIL }
      const answer = await send({ method: 'GET', path, headers })
      notes.tried(`${EVIL} may read ${path}`, answer.headers['access-control-allow-origin'] !== undefined)
    }
  },
}
