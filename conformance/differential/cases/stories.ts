import { activate, join, login, register, requestLink, tryLogin } from '../accounts.ts'
import type { Topic } from '../runner.ts'
import { NEW_PASSWORD } from '../session.ts'

/** Whole stories, as a person lives them. */
export const stories: Topic = {
  name: 'stories',
  cases: [
    {
      name: 'a person registers, activates, signs in, reads and changes the own account, refreshes and leaves',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await tryLogin(s, ada.email, ada.password)
        await activate(s, ada)
        await login(s, ada)
        await s.get('users/me/', { as: ada })
        await s.get(`users/${ada.id}/`, { as: ada })
        await s.get('users/', { as: ada })
        await s.post('jwt/verify/', { token: ada.access })
        await s.post('jwt/verify/', { token: ada.refresh })
        await s.post('jwt/refresh/', { refresh: ada.refresh })
        await s.patch('users/me/', { first_name: 'Adaeze' }, { as: ada })
        s.forgetMails()
        await s.get('users/me/', { as: ada })
        await s.delete('users/me/', { current_password: ada.password }, { as: ada })
        await s.get('users/me/', { as: ada })
        await tryLogin(s, ada.email, ada.password)
        const again = await register(s, 'ada')
        s.observe('the address is free again, and the id is a new one', again.id !== ada.id)
      },
    },
    {
      name: 'a person forgets the password, resets it and signs in with the new one only',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        const { uid, token } = ada.link
        const body = { uid, token, new_password: NEW_PASSWORD, re_new_password: NEW_PASSWORD }
        await s.post('users/reset_password_confirm/', body)
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        await tryLogin(s, ada.email, NEW_PASSWORD)
        await s.post('users/reset_password_confirm/', body)
        await s.get('users/me/', { as: ada })
        await s.post('jwt/refresh/', { refresh: ada.refresh })
      },
    },
    {
      name: 'a person changes the password while signed in',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const body = {
          current_password: ada.password,
          new_password: NEW_PASSWORD,
          re_new_password: NEW_PASSWORD,
        }
        await s.post('users/set_password/', body, { as: ada })
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        await tryLogin(s, ada.email, NEW_PASSWORD)
        await s.get('users/me/', { as: ada })
        await s.post('jwt/refresh/', { refresh: ada.refresh })
        await s.post('users/set_password/', body, { as: ada })
      },
    },
    {
      name: 'a person moves to another address by link',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_email/')
        const { uid, token } = ada.link
        const email = s.address('ada.new')
        await s.post('users/reset_email_confirm/', { uid, token, new_email: email })
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        await tryLogin(s, email, ada.password)
        await s.get('users/me/', { as: ada })
        await s.post('users/reset_email_confirm/', { uid, token, new_email: s.address('third') })
      },
    },
  ],
}
