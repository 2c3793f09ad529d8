import { join, register, registration, tryLogin } from '../accounts.ts'
import { jsonObject } from '../payload.ts'
import type { Topic } from '../runner.ts'

const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '12',
  '1.0',
  '1.5',
  '-1.5',
  '0.1',
  '1.10',
  '-0.0',
  '1e0',
  '1e3',
  '1E3',
  '1e+3',
  '1e-3',
  '1e15',
  '1e16',
  '1e17',
  '1e21',
  '1e22',
  '1e23',
  '1e100',
  '1e308',
  '1e400',
  '-1e400',
  '5e-324',
  '1e-400',
  '0.0001',
  '0.00001',
  '1e-5',
  '1e-7',
  '123456.789',
  '100000000000000000000',
  '9007199254740993',
  '9007199254740993.0',
  '12345678901234567890',
  '123456789012345678901234567890',
  '-123456789012345678901234567890',
  '12345678901234567890.5',
  '0.1e1',
  '3.141592653589793238',
  '1.7976931348623157e308',
  '2.5e-8',
  '123e2',
  '1234567890123456',
  '12345678901234567',
  '1234567890123456.7',
  '0.30000000000000004',
  '1.0e5',
  '9'.repeat(255),
  '9'.repeat(256),
  `0.${'1'.repeat(300)}`,
  '9'.repeat(4300),
  '9'.repeat(4301),
]

const SPACES = [
  ' x ',
  '\tx\n',
  '\u00a0x\u00a0',
  '\u2003x\u2003',
  '\u200bx\u200b',
  '\ufeffx\ufeff',
  '\u001cx\u001f',
  '\u0085x\u0085',
  '\u2028x\u2029',
  '\u3000x\u3000',
  '\u180ex',
  '\u000b\u000cx',
  'x  y',
  'x\ny',
  '\u0000',
  '\u0001x',
  '\u007fx',
  '\u001c',
  '\u0085',
  '\ufeff',
  '\u2028',
  '\u3000',
  '\u200b',
  '\u2060x',
  '\u202fx\u205f',
  '\u1680x',
]

const NAMES = [
  'Zoë',
  'Zoe\u0308',
  'محمد',
  '木村',
  '🎠🎡',
  '👨‍👩‍👧',
  '<script>alert(1)</script>',
  '"; DROP TABLE users; --',
  "O'Neil",
  'a&b',
  '{{7*7}}',
  '%s%d',
  '\\u0041',
  'a/b',
  '../..',
  'null',
  'true',
  '0',
  'e\u0301'.repeat(100),
  '\u202egnirts',
  'x'.repeat(255),
  'x'.repeat(256),
  '🎠'.repeat(255),
  '🎠'.repeat(256),
  '🎠'.repeat(128),
  `${' '.repeat(50)}${'x'.repeat(255)}${' '.repeat(50)}`,
]

const ROLES = [
  'x'.repeat(30),
  'x'.repeat(31),
  '🎠'.repeat(30),
  '🎠'.repeat(16),
  '🎠'.repeat(31),
  ` ${'x'.repeat(30)} `,
  'admin',
  'Admin',
  'staff',
  'superuser',
  'a b',
  '0',
]

/** What becomes of texts on their way in and out. */
export const texts: Topic = {
  name: 'texts',
  cases: [
    {
      name: 'a number for a text becomes its text, as Python writes it',
      run: async (s) => {
        const ada = await join(s, 'ada')
        for (const json of NUMBERS) {
          const note = `first_name: ${json.slice(0, 60)} (${json.length})`
          await s.patch('users/me/', jsonObject({ first_name: json }), { as: ada, note })
        }
        s.forgetMails()
      },
    },
    {
      name: 'white space is trimmed at both ends, and only what Python calls white space',
      run: async (s) => {
        const ada = await join(s, 'ada')
        for (const text of SPACES)
          await s.patch('users/me/', { last_name: text }, { as: ada, note: JSON.stringify(text) })
        s.forgetMails()
      },
    },
    {
      name: 'names take any Unicode and markup up to 255 characters',
      run: async (s) => {
        const ada = await join(s, 'ada')
        for (const text of NAMES) await s.patch('users/me/', { first_name: text }, { as: ada })
        for (const role of ROLES) await s.patch('users/me/', { role }, { as: ada })
        s.forgetMails()
        await s.get('users/me/', { as: ada })
      },
    },
    {
      name: 'passwords are trimmed at registration and at sign-in',
      run: async (s) => {
        const ada = await register(s, 'ada', { password: '  Kiddie-Ride-4821\t' })
        await s.post('users/activation/', ada.link)
        await s.mails()
        for (const password of [
          'Kiddie-Ride-4821',
          '  Kiddie-Ride-4821\t',
          ' Kiddie-Ride-4821',
          'kiddie-ride-4821',
          'Kiddie-Ride-482',
        ])
          await tryLogin(s, ada.email, password)
        await s.post('token/login/', { email: ` ${ada.email} `, password: ' Kiddie-Ride-4821 ' })
      },
    },
    {
      name: 'a password that is a number in JSON is the text of that number',
      run: async (s) => {
        const email = s.address('ada')
        const fields = { email: JSON.stringify(email), first_name: '1', last_name: '2.50', role: '3e2' }
        await s.post('users/', jsonObject({ ...fields, password: '8412.59163', re_password: '"8412.59163"' }))
        await s.mails()
        await s.post('jwt/create/', jsonObject({ email: JSON.stringify(email), password: '8412.59163' }))
      },
    },
    {
      name: 'unusual passwords work to the letter',
      run: async (s) => {
        for (const [index, password] of [
          'пароль-🎠-кот',
          'e\u0301clair-Fenster',
          'x'.repeat(600),
          'quote"back\\slash',
          'with space inside',
        ].entries()) {
          const ada = await join(s, `ada${index}`, { password })
          await tryLogin(s, ada.email, password.normalize('NFC'))
          await tryLogin(s, ada.email, `${password}x`)
          await tryLogin(s, ada.email, password.slice(0, 72))
        }
      },
    },
    {
      name: 'an email given as a number or a list is no address',
      run: async (s) => {
        for (const json of ['1', '1.5', 'true', '["a@example.com"]', '{"a":"a@example.com"}', 'null']) {
          const body = jsonObject({ email: json, password: '"x"' })
          await s.post('users/reset_password/', body)
          await s.post('jwt/create/', body)
          await s.post('token/login/', body)
        }
        await s.post('users/', { ...registration('x'), email: ['a@example.com'] })
      },
    },
  ],
}
