import { activate, join, login, register, requestLink, tryLogin } from '../accounts.ts'
import type { Deviation } from '../compare.ts'
import { form, jsonObject } from '../payload.ts'
import type { Topic } from '../runner.ts'
import { NEW_PASSWORD, type Session } from '../session.ts'
import type { Account } from '../side.ts'

const confirm = (account: Account, password = NEW_PASSWORD) => ({
  uid: account.link.uid,
  token: account.link.token,
  new_password: password,
  re_new_password: password,
})

const change = (current: string, next: string) => ({
  current_password: current,
  new_password: next,
  re_new_password: next,
})

const REFUSED: Deviation = {
  why: 'each purpose has its own derivation',
  reference: 204,
  doorward: [400],
  body: { token: ['Invalid token for given user.'] },
}

async function confirmAndTell(s: Session, account: Account, password: string): Promise<void> {
  await s.post('users/reset_password_confirm/', confirm(account, password))
  await s.mails()
}

/** set_password, reset_password and its confirmation. */
export const passwords: Topic = {
  name: 'passwords',
  cases: [
    {
      name: 'set_password: wrong current, weak, differing, same as before, trimmed',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const path = 'users/set_password/'
        await s.post(path, change('wrong', NEW_PASSWORD), { as: ada })
        await s.post(path, change(ada.password.toLowerCase(), NEW_PASSWORD), { as: ada })
        await s.post(path, { ...change(ada.password, NEW_PASSWORD), re_new_password: 'x' }, { as: ada })
        await s.post(path, change(ada.password, '12345'), { as: ada })
        await s.post(path, change(` ${ada.password} `, ada.password), { as: ada, note: 'the same again' })
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        await s.post(
          path,
          { ...change(ada.password, ` ${NEW_PASSWORD}  `), re_new_password: NEW_PASSWORD },
          { as: ada },
        )
        await s.mails()
        await tryLogin(s, ada.email, NEW_PASSWORD)
        await tryLogin(s, ada.email, ada.password)
        await s.post(path, form(change(NEW_PASSWORD, ada.password)), { as: ada })
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        await s.post(path, change(ada.password, NEW_PASSWORD))
      },
    },
    {
      name: 'set_password leaves access, refresh and database tokens alive',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const reply = await s.post('token/login/', { email: ada.email, password: ada.password })
        const header = `Token ${String(reply.json.auth_token)}`
        await s.post('users/set_password/', change(ada.password, NEW_PASSWORD), { as: ada })
        await s.mails()
        await s.get('users/me/', { as: ada })
        await s.get('users/me/', { as: header })
        await s.post('jwt/refresh/', { refresh: ada.refresh })
        await s.post('jwt/verify/', { token: ada.refresh })
      },
    },
    {
      name: 'a new password ends a pending reset link, and a further link does not',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        const first = ada.link
        await requestLink(s, ada, 'users/reset_password/')
        const second = ada.link
        await s.post('users/set_password/', change(ada.password, ada.password), { as: ada })
        await s.mails()
        for (const link of [first, second])
          await s.post('users/reset_password_confirm/', confirm({ ...ada, link }))
        await requestLink(s, ada, 'users/reset_password/')
        const third = ada.link
        await requestLink(s, ada, 'users/reset_password/')
        await s.post('users/reset_password_confirm/', confirm({ ...ada, link: third }))
        await s.mails()
        await s.post('users/reset_password_confirm/', confirm(ada))
        await tryLogin(s, ada.email, NEW_PASSWORD)
      },
    },
    {
      name: 'reset_password tells nothing about accounts',
      run: async (s) => {
        const ada = await register(s, 'ada')
        for (const email of [
          s.address('nobody'),
          ada.email,
          s.member.email.toUpperCase(),
          ` ${s.address('x')} `,
        ]) {
          await s.post('users/reset_password/', { email })
          await s.post('users/reset_email/', { email })
          await s.mails()
        }
        await s.post('users/reset_password/', form({ email: s.address('nobody') }))
        await s.post('users/reset_password/', { email: s.address('nobody') }, { as: s.member })
        await s.post('users/reset_password/', { email: s.address('nobody') }, { as: 'JWT broken' })
        await s.mails()
      },
    },
    {
      name: 'reset_password_confirm looks at fields, strength, equality, uid, token in this order',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        const path = 'users/reset_password_confirm/'
        await s.post(path, { ...confirm(ada), uid: '', new_password: '1' })
        await s.post(path, { ...confirm(ada), uid: 'wrong', new_password: '1', re_new_password: '2' })
        await s.post(path, { ...confirm(ada), uid: 'wrong', re_new_password: 'different' })
        await s.post(path, { ...confirm(ada), uid: 'wrong', token: 'wrong' })
        await s.post(path, { ...confirm(ada), token: 'wrong' })
        await s.post(path, { ...confirm(ada), token: `${ada.link.token} ` })
        await s.post(path, { ...confirm(ada), uid: s.other.link.uid })
        await s.post(path, { ...confirm(ada), uid: `${ada.link.uid}==` })
        await s.mails()
        await tryLogin(s, ada.email, NEW_PASSWORD)
      },
    },
    {
      name: 'reset_password_confirm trims, takes forms and the old password, and ends itself',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        await confirmAndTell(s, ada, ada.password)
        await tryLogin(s, ada.email, ada.password)
        await confirmAndTell(s, ada, NEW_PASSWORD)
        await requestLink(s, ada, 'users/reset_password/')
        await s.post('users/reset_password_confirm/', form({ ...confirm(ada, ` ${NEW_PASSWORD} `) }))
        await s.mails()
        await tryLogin(s, ada.email, NEW_PASSWORD)
        await requestLink(s, ada, 'users/reset_password/')
        const spaced = { ...confirm(ada, 'a 8412 59163 b'), uid: ` ${ada.link.uid}` }
        s.observe(
          'a uid with spaces is answered without a crash',
          (await s.quietly('POST', 'users/reset_password_confirm/', spaced)).status < 500,
        )
        s.forgetMails()
      },
    },
    {
      name: 'numbers as uid and token of a reset are refused',
      run: async (s) => {
        const rest = { new_password: `"${NEW_PASSWORD}"`, re_new_password: `"${NEW_PASSWORD}"` }
        const differs: Deviation = { why: 'the reference crashes (§9)', reference: 500, doorward: [400] }
        for (const json of ['1', '2.5', '-3']) {
          await s.post('users/reset_password_confirm/', jsonObject({ uid: json, token: '"x"', ...rest }), {
            differs,
          })
          const uid = JSON.stringify(s.member.link.uid)
          await s.post('users/reset_password_confirm/', jsonObject({ uid, token: json, ...rest }), {
            differs,
          })
        }
      },
    },
    {
      name: 'a JWT login, other names and a fresh link leave a reset link alive',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        await login(s, ada)
        await s.patch('users/me/', { first_name: 'Adaeze', role: 'seller' }, { as: ada })
        s.forgetMails()
        await confirmAndTell(s, ada, NEW_PASSWORD)
        await tryLogin(s, ada.email, NEW_PASSWORD)
      },
    },
    {
      name: 'a database-token login and a new address end a reset link',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        await s.post('token/login/', { email: ada.email, password: 'wrong' })
        const pending = ada.link
        await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.post('users/reset_password_confirm/', confirm({ ...ada, link: pending }))
        await requestLink(s, ada, 'users/reset_password/')
        const body = { new_email: s.address('new'), current_password: ada.password }
        await s.post('users/set_email/', body, { as: ada })
        await s.mails()
        await s.post('users/reset_password_confirm/', confirm(ada))
        await tryLogin(s, s.address('new'), ada.password)
      },
    },
    {
      name: 'the link of a deleted account is dead, also for a successor at the same address',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        await s.delete('users/me/', { current_password: ada.password }, { as: ada })
        await s.post('users/reset_password_confirm/', confirm(ada))
        const next = await register(s, 'ada')
        await s.post('users/reset_password_confirm/', confirm(ada))
        await activate(s, next)
        await tryLogin(s, next.email, next.password)
      },
    },
    {
      name: 'a reset link serves no other purpose',
      run: async (s) => {
        const ada = await join(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        const { uid, token } = ada.link
        const stale: Deviation = { why: REFUSED.why, reference: 403, doorward: [400, 403] }
        await s.post('users/activation/', { uid, token }, { differs: stale })
        await s.post(
          'users/reset_email_confirm/',
          { uid, token, new_email: s.address('stolen') },
          { differs: REFUSED },
        )
        s.forgetMails()
        const eve = await join(s, 'eve')
        await requestLink(s, eve, 'users/reset_email/')
        await s.post('users/reset_password_confirm/', confirm(eve), { differs: REFUSED })
        s.forgetMails()
      },
    },
  ],
}
