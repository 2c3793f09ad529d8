import { join, registration, requestLink } from '../accounts.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

const PLAIN = [
  'short',
  'seven77',
  'eight888',
  '1234567',
  '12345678',
  '123456789',
  '1234567890',
  '0000000',
  '00000000',
  '987654321987654321',
  '13572468013579',
  'password',
  'Password',
  'PASSWORD',
  'passw0rd',
  'password1',
  'password123',
  'qwertyuiop',
  'iloveyou',
  'Iloveyou',
  'trustno1',
  'letmein',
  'admin',
  'football',
  '  password  ',
  'pass word',
  'monkey',
  'correcthorse',
  'correct horse',
  'a',
  'ab',
  ' a ',
  '٣٣٣٣٣٣٣٣',
  '①②③④⑤⑥⑦⑧',
  '１２３４５６７８',
  '²²²²²²²²',
  '12345678a',
  '1234 5678',
  '-12345678',
  '1.2345678',
  'пароль123',
  'ПАРОЛЬ12',
  '🎠🎠🎠🎠',
  '🎠🎠🎠🎠🎠🎠🎠🎠',
  'é'.repeat(7),
  'é'.repeat(8),
  'e\u0301e\u0301e\u0301e\u0301',
  'x'.repeat(7),
  'x'.repeat(8),
  'x'.repeat(128),
  'x'.repeat(5000),
  'İSTANBUL',
  'ßßßßßßßß',
  '12345678\u0000',
  'tab\tinside',
  '\u200bpassword',
  'password\u200b',
  '\u001cpassword\u001c',
  '\u0085password',
  '\ufeffpassword',
  'princess',
  'sunshine',
  'dragon',
  'aaaaaaaa',
  '11111111',
]

interface Likeness {
  readonly first?: string
  readonly last?: string
  readonly local?: string
  readonly email?: string
  readonly role?: string
  readonly password: string
}

const LIKENESS: readonly Likeness[] = [
  { first: 'Alexandra', password: 'alexandra' },
  { first: 'Alexandra', password: 'ALEXANDRA' },
  { first: 'Alexandra', password: 'ardnaxela' },
  { first: 'Alexandra', password: 'Alexandra1' },
  { first: 'Alexandra', password: 'Alexandra12345' },
  { first: 'Alexandra', password: 'Alexandra-12345-xyz' },
  { first: 'Alexandra', password: 'xander-lexa' },
  { last: 'Featherstone', password: 'featherstone' },
  { last: 'Featherstone', password: 'feather77' },
  { last: 'Featherstone', password: 'Featherst0ne!' },
  { last: 'Feather-Stone', password: 'feather12' },
  { last: 'Feather Stone Bridge', password: 'bridges!' },
  { first: 'Jonathan', last: 'Jonathan', password: 'jonathan' },
  { first: 'Jonathan', last: 'Zed', local: 'jonathan', password: 'jonathan' },
  { local: 'margarethe', password: 'margarethe' },
  { local: 'margarethe', password: 'margarethe1' },
  { local: 'margarethe.blum', password: 'margareth' },
  { local: 'margarethe.blum', password: 'margarethe.blum' },
  { email: 'zoltan@kaleidoscope.example', password: 'kaleidoscope' },
  { email: 'zoltan@kaleidoscope.example', password: 'zoltan@kaleidoscope.example' },
  { email: 'zoltan@kaleidoscope.example', password: 'examples1' },
  { email: 'Zoltan@Kaleidoscope.example', password: 'KALEIDOSCOPE1' },
  { role: 'purchasing', password: 'purchasing' },
  { role: 'purchasing', password: 'Purchasing1' },
  { first: '12345678', password: '12345678' },
  { first: '1234567', password: '1234567' },
  { first: 'password', password: 'password' },
  { first: 'abc', password: 'abc' },
  { first: 'abcd', password: 'abcdabcd' },
  { first: 'a', password: 'aaaaaaaaa' },
  { first: 'a', password: 'aaaaaaaaaa' },
  { first: 'ab', password: 'abababab' },
  { first: 'abcdefgh', password: 'abcdefghijklmnop' },
  { first: 'abcdefgh', password: 'abcdefghijklm' },
  { first: 'abcdefgh', password: 'abcdefghijklmn' },
  { first: 'abcdefgh', password: 'abcdefghijklmno' },
  { first: 'abcdefg', password: 'abcdefgxyz' },
  { first: 'abcdefg', password: 'abcdefgxyzwv' },
  { first: 'abcdefg', password: 'gfedcbaxyzwvu' },
  { first: 'Zoë-Ångström', password: 'ångström' },
  { first: 'Zoë', last: 'Ångström', password: 'ANGSTROM' },
  { first: 'Ünlüsoy', password: 'ünlüsoy1' },
  { first: 'Иванушка', password: 'иванушка' },
  { first: 'İstanbul', password: 'istanbul' },
  { first: 'STRASSE', password: 'strasse1' },
  { first: 'Straße12', password: 'STRASSE12' },
  { first: '木木木木木木木木', password: '木木木木木木木木' },
  { first: '🎠🎠🎠🎠🎠🎠🎠🎠', password: '🎠🎠🎠🎠🎠🎠🎠🎠' },
  { first: 'snake_case_name', password: 'snakecase' },
  { first: 'snake_case_name', password: 'snake_case_name' },
  { first: "O'Shaughnessy", password: 'shaughnessy' },
  { first: 'x'.repeat(200), password: 'xxxxxxxxxxxxxxxxxxxxxxxxx' },
  { first: 'abcdefghij', password: `abcdefghij${'z'.repeat(90)}` },
  { first: 'ab', last: 'abcdefgh', password: 'abcdefgh' },
  { first: 'Alexandra', last: 'Alexandre', password: 'alexandr' },
  { last: '1234', password: '1234' },
  { last: 'mon', password: 'monkey' },
]

async function judge(s: Session, likeness: Likeness): Promise<void> {
  const { first = 'Ada', last = 'Okafor', local = 'someone', role = 'buyer', password } = likeness
  const email = likeness.email ?? `${local}@q.example`
  const body = {
    email,
    first_name: first,
    last_name: last,
    role,
    password,
    re_password: 'Different-Horse-99',
  }
  await s.post('users/', body, { note: JSON.stringify(likeness).slice(0, 140) })
}

const atRegistration: Case[] = [
  {
    name: 'registration judges passwords by length, commonness and digits',
    run: async (s) => {
      for (const password of PLAIN) {
        const body = { ...registration('someone@q.example', { password }), re_password: 'Different-Horse-99' }
        await s.post('users/', body, {
          note: `password ${JSON.stringify(password).slice(0, 60)} (${password.length})`,
        })
      }
    },
  },
  {
    name: 'registration judges the likeness of a password to names and address',
    run: async (s) => {
      for (const likeness of LIKENESS) await judge(s, likeness)
    },
  },
  {
    name: 'strength is judged before equality, and after the single fields',
    run: async (s) => {
      await s.post('users/', { ...registration(s.address('a'), { password: '123' }), re_password: '321' })
      await s.post('users/', { ...registration(s.address('a'), { password: '123' }), role: '' })
      await s.post('users/', { ...registration(s.member.email, { password: '123' }) })
      await s.post('users/', { ...registration(s.address('a')), re_password: ' Kiddie-Ride-4821x' })
      await s.post('users/', { ...registration(s.address('a')), re_password: 'kiddie-ride-4821' })
    },
  },
]

const atSetPassword: Case = {
  name: 'set_password judges strength, likeness to the own data, then equality',
  run: async (s) => {
    const ada = await join(s, 'margarethe', {
      first_name: 'Alexandra',
      last_name: 'Featherstone',
      role: 'purchasing',
    })
    const tries = [
      ['123', '123'],
      ['12345678', '12345678'],
      ['password', 'password'],
      ['alexandra', 'alexandra'],
      ['Featherst0ne', 'x'],
      ['margarethe', 'margarethe'],
      ['purchasing-x', 'other'],
      ['Carousel-Horse-77', 'Carousel-Horse-78'],
      ['x', ''],
    ]
    for (const [new_password, re_new_password] of tries)
      await s.post(
        'users/set_password/',
        { current_password: ada.password, new_password, re_new_password },
        { as: ada },
      )
    await s.post(
      'users/set_password/',
      { current_password: 'wrong', new_password: '1', re_new_password: '2' },
      { as: ada },
    )
    await s.post(
      'users/set_password/',
      { current_password: 'wrong', new_password: '', re_new_password: '2' },
      { as: ada },
    )
    await s.mails()
  },
}

const atReset: Case = {
  name: 'reset_password_confirm judges strength before equality before the link',
  run: async (s) => {
    for (const password of PLAIN.slice(0, 30)) {
      const body = { uid: 'x', token: 'y', new_password: password, re_new_password: password }
      await s.post('users/reset_password_confirm/', body)
    }
    const ada = await join(s, 'ada', { first_name: 'Alexandra' })
    await requestLink(s, ada, 'users/reset_password/')
    const { uid, token } = ada.link
    for (const [a, b] of [
      ['123', '321'],
      ['Carousel-Horse-77', 'Carousel-Horse-78'],
      ['password', 'password'],
    ])
      await s.post('users/reset_password_confirm/', { uid, token, new_password: a, re_new_password: b })
    await s.post(
      'users/reset_password_confirm/',
      { uid, token, new_password: 'Alexandra1x', re_new_password: 'Alexandra1x' },
      {
        differs: {
          why: 'the similarity rule is applied on reset',
          reference: 204,
          doorward: [400],
          body: { new_password: ['The password is too similar to the first name.'] },
        },
      },
    )
    s.forgetMails()
  },
}

/** The four rules for passwords, wherever they apply. */
export const passwordStrength: Topic = {
  name: 'password strength',
  cases: [...atRegistration, atSetPassword, atReset],
}
