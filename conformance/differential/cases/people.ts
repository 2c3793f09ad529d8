import { join, register, tryLogin } from '../accounts.ts'
import { form, multipartOf } from '../payload.ts'
import type { Topic } from '../runner.ts'

const FULL = { first_name: 'Bola', last_name: 'Ade', role: 'seller' }
const READ_ONLY = {
  id: 1,
  email: 'x@y.example',
  password: 'Other-Pass-55',
  is_staff: true,
  is_superuser: true,
  is_active: false,
  last_login: null,
  groups: [1],
}

/** users/, users/me/ and users/<id>/: oneself, others, staff. */
export const people: Topic = {
  name: 'people',
  cases: [
    {
      name: 'one sees oneself and nobody else',
      run: async (s) => {
        await s.get('users/', { as: s.member })
        await s.get(`users/${s.member.id}/`, { as: s.member })
        await s.get(`users/${s.other.id}/`, { as: s.member })
        await s.get(`users/${s.staff.id}/`, { as: s.member })
        await s.get(`users/${s.inactive.id}/`, { as: s.member })
        await s.patch(`users/${s.other.id}/`, { first_name: 'Eve' }, { as: s.member })
        await s.patch(`users/${s.other.id}/`, { first_name: '' }, { as: s.member })
        await s.put(`users/${s.other.id}/`, FULL, { as: s.member })
        await s.delete(`users/${s.other.id}/`, { current_password: s.member.password }, { as: s.member })
        await s.delete(`users/${s.other.id}/`, { current_password: s.other.password }, { as: s.member })
        await s.delete(`users/${s.other.id}/`, {}, { as: s.member })
        await s.delete('users/987654/', { current_password: s.member.password }, { as: s.member })
        await s.get(`users/${s.other.id}/`, { as: s.other })
      },
    },
    {
      name: 'staff see everybody, in the order of ids',
      run: async (s) => {
        const reply = await s.quietly('GET', 'users/', undefined, { as: s.staff })
        s.observe('status of the list', reply.status)
        for (const one of [s.member, s.other, s.inactive, s.staff])
          await s.get(`users/${one.id}/`, { as: s.staff })
        await s.get('users/987654/', { as: s.staff })
        await s.get('users/me/', { as: s.staff })
      },
    },
    {
      name: 'staff change and delete others with their own password only',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const path = `users/${ada.id}/`
        await s.patch(path, { first_name: 'Renamed', ...READ_ONLY }, { as: s.staff })
        await s.put(path, FULL, { as: s.staff })
        await s.put(path, { first_name: 'x' }, { as: s.staff })
        s.forgetMails()
        await s.get('users/me/', { as: ada })
        await s.delete(path, {}, { as: s.staff })
        await s.delete(path, { current_password: ada.password }, { as: s.staff })
        await s.delete(path, { current_password: s.staff.password }, { as: s.staff })
        await s.get(path, { as: s.staff })
        await s.get('users/me/', { as: ada })
        await s.post('jwt/create/', { email: ada.email, password: ada.password })
        await s.delete(path, { current_password: s.staff.password }, { as: s.staff })
        await s.delete('users/987654/', { current_password: s.staff.password }, { as: s.staff })
        await s.mails()
      },
    },
    {
      name: 'staff changing an inactive account: an activation mail goes out',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await s.patch(`users/${ada.id}/`, { first_name: 'Renamed' }, { as: s.staff })
        await s.mails(ada)
        await s.put(`users/${ada.id}/`, FULL, { as: s.staff })
        await s.mails(ada)
        await s.patch(`users/${ada.id}/`, { first_name: '' }, { as: s.staff })
        await s.mails()
        await s.post('users/activation/', { uid: ada.link.uid, token: ada.link.token })
        await s.mails()
        await s.get(`users/${ada.id}/`, { as: s.staff })
      },
    },
    {
      name: 'PUT needs every field, PATCH none, and read-only ones are ignored',
      run: async (s) => {
        const ada = await join(s, 'ada')
        for (const path of ['users/me/', `users/${ada.id}/`]) {
          await s.put(path, FULL, { as: ada })
          await s.put(path, {}, { as: ada })
          await s.put(path, { first_name: 'x', role: '' }, { as: ada })
          await s.patch(path, {}, { as: ada })
          await s.patch(path, undefined, { as: ada })
          await s.patch(path, READ_ONLY, { as: ada })
          await s.patch(path, { last_name: ' Trimmed ' }, { as: ada })
          await s.patch(path, { role: 'admin', unknown: 1 }, { as: ada })
          await s.put(path, form(FULL), { as: ada })
          await s.patch(path, form({ first_name: 'Form' }), { as: ada })
          await s.patch(path, form({ first_name: '' }), { as: ada })
          await s.patch(path, form([]), { as: ada })
          await s.patch(path, multipartOf({ role: 'multi' }), { as: ada })
          await s.put(path, form({ first_name: 'only' }), { as: ada })
        }
        s.forgetMails()
        await s.get('users/me/', { as: ada })
        await tryLogin(s, ada.email, ada.password)
        await s.get('users/', { as: ada })
      },
    },
    {
      name: 'DELETE users/me/ needs the own password and takes everything along',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const token = await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.delete('users/me/', undefined, { as: ada })
        await s.delete('users/me/', { current_password: 'wrong' }, { as: ada })
        await s.delete('users/me/', { password: ada.password }, { as: ada })
        await s.delete('users/me/', form({ current_password: ` ${ada.password} ` }), { as: ada })
        await s.mails()
        await s.get('users/me/', { as: ada })
        await s.get('users/me/', { as: `Token ${String(token.json.auth_token)}` })
        await s.post('jwt/verify/', { token: ada.access })
        await tryLogin(s, ada.email, ada.password)
        await s.post('users/reset_password/', { email: ada.email })
        await s.post('users/resend_activation/', { email: ada.email })
        await s.mails()
      },
    },
    {
      name: 'DELETE users/<own id>/ works like users/me/',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await s.delete(`users/${ada.id}/`, { current_password: 'wrong' }, { as: ada })
        await s.delete(`users/${ada.id}/?current_password=${ada.password}`, undefined, { as: ada })
        await s.delete(`users/${ada.id}/`, { current_password: ada.password }, { as: ada })
        await s.delete(`users/${ada.id}/`, { current_password: ada.password }, { as: ada })
        await register(s, 'ada')
      },
    },
    {
      name: 'nobody reads or changes anything without a credential',
      run: async (s) => {
        for (const path of ['users/', 'users/me/', `users/${s.member.id}/`, 'users/987654/']) {
          await s.get(path)
          if (path !== 'users/') {
            await s.put(path, FULL)
            await s.patch(path, FULL)
            await s.delete(path, { current_password: s.member.password })
          }
        }
        await s.get('users/me/', { as: s.member })
      },
    },
    {
      name: 'an account deleted by staff loses its refresh token only in Doorward',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await s.delete(`users/${ada.id}/`, { current_password: s.staff.password }, { as: s.staff })
        const body = { detail: 'No active account found for the given token.' }
        const differs = { why: 'jwt/refresh looks at the account', reference: 200, doorward: [401], body }
        await s.post('jwt/refresh/', { refresh: ada.refresh }, { differs })
        await s.mails()
      },
    },
  ],
}
