import { join, register, requestLink, tryLogin } from '../accounts.ts'
import { form, jsonObject } from '../payload.ts'
import type { Topic } from '../runner.ts'

/** set_email, reset_email and its confirmation. */
export const emailChange: Topic = {
  name: 'email change',
  cases: [
    {
      name: 'set_email: refusals, then the change with a mail to the new address only',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const path = 'users/set_email/'
        const email = s.address('new')
        await s.post(path, { new_email: email, current_password: 'wrong' }, { as: ada })
        await s.post(path, { new_email: 'broken', current_password: 'wrong' }, { as: ada })
        await s.post(
          path,
          { new_email: ada.email, current_password: ada.password },
          { as: ada, note: 'one’s own' },
        )
        await s.post(
          path,
          { new_email: s.member.email, current_password: ada.password },
          { as: ada, note: 'taken' },
        )
        await s.post(
          path,
          { new_email: s.inactive.email, current_password: 'wrong' },
          { as: ada, note: 'taken, inactive' },
        )
        await s.post(path, { email, current_password: ada.password }, { as: ada })
        await s.post(path, { new_username: email, current_password: ada.password }, { as: ada })
        await s.post(path, { new_email: email, current_password: ada.password })
        await s.mails()
        await s.post(path, { new_email: ` ${email}\n`, current_password: ` ${ada.password} ` }, { as: ada })
        await s.mails()
        await s.get('users/me/', { as: ada })
        await tryLogin(s, email, ada.password)
        await tryLogin(s, ada.email, ada.password)
        await s.post('jwt/refresh/', { refresh: ada.refresh })
        await s.post(path, form({ new_email: ada.email, current_password: ada.password }), { as: ada })
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
      },
    },
    {
      name: 'the address left behind can be registered by somebody else',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const body = { new_email: s.address('new'), current_password: ada.password }
        await s.post('users/set_email/', body, { as: ada })
        await s.mails()
        await register(s, 'ada')
        await s.post(
          'users/set_email/',
          { new_email: ada.email, current_password: ada.password },
          { as: ada },
        )
        await s.mails()
      },
    },
    {
      name: 'own address in another case is another address',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const email = s.address('ADA')
        await s.post('users/set_email/', { new_email: email, current_password: ada.password }, { as: ada })
        await s.mails()
        await tryLogin(s, email, ada.password)
        await tryLogin(s, ada.email, ada.password)
      },
    },
    {
      name: 'reset_email mails a link to active accounts only',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await s.post('users/reset_email/', { email: s.address('nobody') })
        await s.post('users/reset_email/', { email: ada.email.toUpperCase() })
        await s.post('users/reset_email/', { new_email: ada.email })
        await s.mails()
        await requestLink(s, ada, 'users/reset_email/')
        await s.post('users/reset_email/', form({ email: ada.email }))
        await s.mails()
      },
    },
    {
      name: 'reset_email_confirm: new_email first, then uid, then token, and absent ones are wrong ones',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_email/')
        const { uid, token } = ada.link
        const path = 'users/reset_email_confirm/'
        const new_email = s.address('new')
        await s.post(path, { uid: 'wrong', token: 'wrong', new_email: 'broken' })
        await s.post(path, { uid, token })
        await s.post(path, { uid, token, new_email: s.member.email })
        await s.post(path, { uid, token, new_email: ada.email })
        await s.post(path, { token, new_email })
        await s.post(path, { uid: '', token, new_email })
        await s.post(path, { uid, new_email })
        for (const wrong of [null, '', ' ', `${token} `, ` ${token}`, token.toUpperCase(), token.slice(1)])
          await s.post(path, { uid, token: wrong, new_email })
        await s.post(path, { uid: s.other.link.uid, token, new_email })
        await s.post(path, { uid: `${uid}==`, token, new_email, re_new_email: 'ignored' })
        await s.mails()
        await tryLogin(s, new_email, ada.password)
        await tryLogin(s, ada.email, ada.password)
        await s.post(path, { uid, token, new_email: s.address('again') })
      },
    },
    {
      name: 'reset_email_confirm works as a form and for a signed-in person',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_email/')
        const { uid, token } = ada.link
        await s.post('users/reset_email_confirm/', form({ uid, token: 'x', new_email: s.address('new') }), {
          as: ada,
        })
        await s.post('users/reset_email_confirm/', form({ token, new_email: s.address('new') }))
        await s.post('users/reset_email_confirm/', form({ uid, token, new_email: s.address('new') }), {
          as: ada,
        })
        await s.mails()
        await s.get('users/me/', { as: ada })
      },
    },
    {
      name: 'wrong types for uid and token are refused, where the reference crashes',
      run: async (s) => {
        const new_email = JSON.stringify(s.address('new'))
        const uid = JSON.stringify(s.member.link.uid)
        for (const json of ['1', 'true', '["a"]', '{"a":1}', 'null', '0', 'false', '[]', '{}']) {
          await s.post('users/reset_email_confirm/', jsonObject({ uid: json, token: '"x"', new_email }))
          await s.post('users/reset_email_confirm/', jsonObject({ uid, token: json, new_email }))
        }
        const differs = {
          why: 'the reference crashes (§9)',
          reference: 500,
          doorward: [400],
          body: { uid: ["Invalid user id or user doesn't exist."] },
        }
        await s.post('users/reset_email_confirm/', jsonObject({ uid: 'null', token: '"x"', new_email }), {
          differs,
        })
      },
    },
    {
      name: 'a new password, a new address and a database login end an address link',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const path = 'users/reset_email_confirm/'
        await requestLink(s, ada, 'users/reset_email/')
        const body = {
          current_password: ada.password,
          new_password: ada.password,
          re_new_password: ada.password,
        }
        await s.post('users/set_password/', body, { as: ada })
        await s.mails()
        await s.post(path, { uid: ada.link.uid, token: ada.link.token, new_email: s.address('one') })
        await requestLink(s, ada, 'users/reset_email/')
        await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.post(path, { uid: ada.link.uid, token: ada.link.token, new_email: s.address('two') })
        await requestLink(s, ada, 'users/reset_email/')
        const moved = { new_email: s.address('three'), current_password: ada.password }
        await s.post('users/set_email/', moved, { as: ada })
        await s.mails()
        await s.post(path, { uid: ada.link.uid, token: ada.link.token, new_email: s.address('four') })
        await tryLogin(s, s.address('three'), ada.password)
      },
    },
  ],
}
