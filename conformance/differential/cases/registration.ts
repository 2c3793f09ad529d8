import { activate, login, register, registration, tryLogin } from '../accounts.ts'
import { form, jsonText, multipart, multipartOf } from '../payload.ts'
import type { Topic } from '../runner.ts'

/** POST users/ and what it leaves behind. */
export const registrations: Topic = {
  name: 'registration',
  cases: [
    {
      name: 'shows the account, mails one link, and the account is inactive',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await tryLogin(s, ada.email, ada.password)
        await s.post('token/login/', { email: ada.email, password: ada.password })
        await s.get('users/me/', {
          as: `JWT ${s.forge({ token_type: 'access', exp: 4e9, jti: 'x', user_id: ada.id })}`,
        })
        await s.get(`users/${ada.id}/`, { as: s.staff })
      },
    },
    {
      name: 'works as a form and as multipart',
      run: async (s) => {
        await s.post('users/', form(registration(s.address('form'))))
        await s.mails()
        await s.post('users/', multipartOf(registration(s.address('multipart'), { first_name: 'Zoë' })))
        await s.mails()
        const parts = Object.entries(registration(s.address('file'))).map(([name, value]) => ({
          name,
          value,
        }))
        await s.post(
          'users/',
          multipart([
            ...parts.filter((part) => part.name !== 'role'),
            { name: 'role', value: 'x', filename: 'role.txt' },
          ]),
        )
        await s.post('users/', form({ ...registration(s.address('plus')), first_name: 'a b+c&d=e%' }))
        await s.mails()
      },
    },
    {
      name: 'never accepts what is not its to set',
      run: async (s) => {
        const extra = {
          id: 1,
          is_active: true,
          is_staff: true,
          is_superuser: true,
          last_login: '2020-01-01',
          groups: [1],
          role: 'admin',
        }
        const reply = await s.post('users/', { ...registration(s.address('ada')), ...extra })
        s.observe('the id was not taken', reply.json.id !== 1)
        await s.mails()
        await tryLogin(s, s.address('ada'), 'Kiddie-Ride-4821')
      },
    },
    {
      name: 'a taken address is refused, active or not, and nobody gets a mail',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await s.post('users/', registration(ada.email))
        await s.post('users/', registration(ada.email, { password: '123' }))
        await s.post('users/', { ...registration(ada.email), re_password: 'x', role: '' })
        await activate(s, ada)
        await s.post('users/', registration(ada.email))
        await s.post('users/', registration(` ${ada.email} `))
        await s.post('users/', registration(`ada@${s.domain.toUpperCase()}`))
        await s.post('users/', registration(`ada@${s.domain.replace('example', 'Example')}`))
        await s.mails()
      },
    },
    {
      name: 'differing passwords are refused and leave no account',
      run: async (s) => {
        const body = registration(s.address('ada'))
        await s.post('users/', { ...body, re_password: 'Kiddie-Ride-4822' })
        await s.mails()
        await s.post('users/resend_activation/', { email: s.address('ada') })
        await s.post('users/', body)
        await s.mails()
      },
    },
    {
      name: 'a credential is looked at although anybody may register',
      run: async (s) => {
        const body = registration(s.address('ada'))
        await s.post('users/', body, { as: 'JWT broken' })
        await s.post('users/', body, { as: 'Token broken' })
        await s.post('users/', body, { as: s.member })
        await s.mails()
        await s.post('users/', registration(s.address('eve')), { as: 'Bearer broken' })
        await s.mails()
      },
    },
    {
      name: 'a mailbox that refuses the mail does not undo the registration',
      run: async (s) => {
        const body = registration(s.address('refused'))
        const why = 'mails wait in the outbox, the answer is the success'
        await s.post('users/', body, { differs: { why, reference: 500, doorward: [201] } })
        await s.post('users/', body)
        await tryLogin(s, s.address('refused'), 'Kiddie-Ride-4821')
      },
    },
    {
      name: 'two at once for one address: one wins',
      run: async (s) => {
        const body = registration(s.address('ada'))
        const replies = await Promise.all([1, 2, 3].map(() => s.quietly('POST', 'users/', body)))
        s.observe('how many were created', replies.filter((reply) => reply.status === 201).length)
        await s.mails()
      },
    },
    {
      name: 'an account with escapes in the JSON is the account without',
      run: async (s) => {
        const email = s.address('ada').replace('@', '\\u0040')
        const fields = '"first_name":"\\u0041da","last_name":"\\ud83c\\udfa0","role":"a\\/b"'
        const password = '"password":"Kiddie-Ride-4821","re_password":"Kiddie\\u002dRide-4821"'
        await s.post('users/', jsonText(`{"email":"${email}",${fields},${password}}`))
        await s.mails()
      },
    },
    {
      name: 'names with markup and line breaks reach no header and no recipient',
      run: async (s) => {
        const names = { first_name: '<img src=x onerror=alert(1)>', last_name: 'a\r\nBcc: eve@evil.example' }
        const ada = await register(s, 'ada', names)
        await activate(s, ada)
        await login(s, ada)
        await s.get('users/me/', { as: ada })
      },
    },
  ],
}
