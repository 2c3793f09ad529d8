import { join, register, requestLink } from '../accounts.ts'
import { form, jsonObject, jsonText, raw } from '../payload.ts'
import type { Topic } from '../runner.ts'
import { NEW_PASSWORD, type Session } from '../session.ts'
import type { Account } from '../side.ts'

async function tokenLogin(s: Session, account: Account): Promise<string> {
  const reply = await s.post('token/login/', { email: account.email, password: account.password })
  return `Token ${String(reply.json.auth_token)}`
}

/** token/login and token/logout. */
export const databaseTokens: Topic = {
  name: 'database tokens',
  cases: [
    {
      name: 'one token per account until logout, any case of the scheme',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const one = await tokenLogin(s, ada)
        const two = await tokenLogin(s, ada)
        s.observe('the same token again', one === two)
        for (const as of [
          one,
          one.replace('Token', 'token'),
          one.replace('Token', 'TOKEN'),
          one.replace(' ', '   '),
          one.replace(' ', '\t'),
        ])
          await s.get('users/me/', { as, note: as.replace(/[0-9a-f]{40}/, '<token>') })
        await s.get('users/me/', { as: one.toUpperCase(), note: 'the digits in upper case' })
        await s.get('users/me/', { as: one.replace('Token', 'Bearer'), note: 'as Bearer' })
        await s.get('users/me/', { as: one.replace('Token', 'JWT'), note: 'as JWT' })
        await s.post('jwt/verify/', { token: one.slice(6) }, { note: 'a database token' })
        await s.get('users/', { as: one, note: 'the list' })
        await s.patch('users/me/', { first_name: 'By token' }, { as: one, note: 'PATCH' })
        s.forgetMails()
        await s.post('token/logout/', undefined, { as: one, note: 'logout' })
        await s.get('users/me/', { as: one, note: 'after logout' })
        await s.post('token/logout/', undefined, { as: one, note: 'logout again' })
        const three = await tokenLogin(s, ada)
        s.observe('a new token after logout', one !== three)
        await s.get('users/me/', { as: three, note: 'the new token' })
        await s.get('users/me/', { as: ada })
      },
    },
    {
      name: 'logout with a JWT deletes the token, and the JWT lives on',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const as = await tokenLogin(s, ada)
        await s.post('token/logout/', {}, { as: ada })
        await s.get('users/me/', { as, note: 'token after logout' })
        await s.get('users/me/', { as: ada })
        await s.post('jwt/refresh/', { refresh: ada.refresh })
        await s.post('token/logout/', undefined, { as: ada })
        await s.post('token/logout/')
        await s.post('token/logout/', jsonText('[broken'), { as: ada })
        await s.post('token/logout/', raw('text/plain', 'x'), { as: ada })
      },
    },
    {
      name: 'every refusal of login is the same, fields aside',
      run: async (s) => {
        const { email, password } = s.member
        const bodies: unknown[] = [
          {},
          { email },
          { password },
          { email, password: 'wrong' },
          { email: s.address('nobody'), password },
          { email: email.toUpperCase(), password },
          { email: s.inactive.email, password: s.inactive.password },
          { email: 'broken', password },
          { email: '', password: '' },
          { email: null, password: null },
          { email: [], password: {} },
          { email, password: '' },
          { username: email, password },
          { email: 7, password: 8 },
        ]
        for (const body of bodies) await s.post('token/login/', body)
        await s.post('token/login/', form({ email: '', password: '' }))
        await s.post('token/login/', form({ email, password: '' }))
        await s.post('token/login/', form({ email: '', password }))
        await s.post('token/login/', form({ email: ' ', password: ' ' }))
        await s.post('token/login/', jsonObject({ email: '1', password: '2' }))
        await s.post('token/login/', { email, password }, { as: 'JWT broken' })
        await s.post('token/login/', { email, password }, { as: 'Token broken' })
        await s.post('token/login/', { email, password: 'wrong' }, { as: s.other })
      },
    },
    {
      name: 'a token survives a new password and a new address',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const as = await tokenLogin(s, ada)
        const body = {
          current_password: ada.password,
          new_password: NEW_PASSWORD,
          re_new_password: NEW_PASSWORD,
        }
        await s.post('users/set_password/', body, { as, note: 'set_password by token' })
        await s.mails()
        await s.get('users/me/', { as, note: 'after the new password' })
        const email = s.address('new')
        await s.post(
          'users/set_email/',
          { new_email: email, current_password: NEW_PASSWORD },
          { as, note: 'set_email by token' },
        )
        await s.mails()
        await s.get('users/me/', { as, note: 'after the new address' })
        const again = await tokenLogin(s, { ...ada, email, password: NEW_PASSWORD })
        s.observe('still the same', again === as)
        const moved = { ...ada, email }
        await requestLink(s, moved, 'users/reset_password/')
        const reset = {
          uid: moved.link.uid,
          token: moved.link.token,
          new_password: ada.password,
          re_new_password: ada.password,
        }
        await s.post('users/reset_password_confirm/', reset)
        await s.mails()
        await s.get('users/me/', { as, note: 'after the reset' })
        await s.delete('users/me/', { current_password: ada.password }, { as, note: 'delete by token' })
        await s.get('users/me/', { as, note: 'after the deletion' })
      },
    },
    {
      name: 'an account that is not active gets no token',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.post('token/login/', { email: ada.email, password: 'wrong' })
        await s.post('users/activation/', { uid: ada.link.uid, token: ada.link.token })
        await s.mails()
        const as = await tokenLogin(s, ada)
        await s.get('users/me/', { as, note: 'now active' })
      },
    },
    {
      name: 'a failed database login leaves pending links alive, an activation link too',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.post('users/activation/', { uid: ada.link.uid, token: ada.link.token })
        await s.mails()
      },
    },
  ],
}
