import { join } from '../accounts.ts'
import { form, jsonText, multipartOf, raw } from '../payload.ts'
import type { Topic } from '../runner.ts'

const NAMED = '{"first_name":"Zoé"}'

const ODD_TYPES = [
  'application/*',
  '*/*',
  'application/json, text/plain',
  'application/json;',
  'application/json; charset',
  'application/json ; x=y',
  'application',
  '/',
  ';',
  'json',
]

const deeply = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** Encodings of bodies, and what lies at the edge of the content types. */
export const charsets: Topic = {
  name: 'charsets',
  cases: [
    {
      name: 'the charset of a body decides how it is read',
      run: async (s) => {
        const ada = await join(s, 'ada')
        const latin = Buffer.from(NAMED, 'latin1')
        const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(NAMED, 'utf16le')])
        const bodies = [
          ['utf-8', Buffer.from(NAMED)],
          ['UTF-8', Buffer.from(NAMED)],
          ['utf8', Buffer.from(NAMED)],
          ['nonsense', Buffer.from(NAMED)],
          ['iso-8859-1', latin],
          ['latin-1', latin],
          ['utf-8', latin],
          ['us-ascii', Buffer.from(NAMED)],
          ['utf-16', wide],
          ['utf-16le', wide.subarray(2)],
          ['utf-16', latin],
          ['', Buffer.from(NAMED)],
          ['windows-1252', latin],
        ] as const
        for (const [charset, bytes] of bodies) {
          const body = raw(`application/json; charset=${charset}`, bytes)
          await s.patch('users/me/', body, {
            as: ada,
            note: `charset ${charset}, ${bytes.toString('hex').slice(0, 40)}`,
          })
        }
        const percent = 'application/x-www-form-urlencoded'
        for (const text of [
          'first_name=Zo%C3%A9',
          'first_name=Zo%E9',
          'first_name=a+b%20c%2B',
          'first_name=%',
          'first_name=%zz',
          'first_name=a;last_name=b',
          'first_name=Zoé',
        ])
          await s.patch('users/me/', raw(percent, text), { as: ada, note: text })
        await s.patch('users/me/', raw(`${percent}; charset=iso-8859-1`, 'first_name=Zo%E9'), { as: ada })
        await s.patch('users/me/', form({ first_name: '木村 🎠' }), { as: ada })
        await s.patch('users/me/', multipartOf({ first_name: '木村 🎠' }), { as: ada })
        s.forgetMails()
      },
    },
    {
      name: 'content types at the edge',
      run: async (s) => {
        for (const type of ODD_TYPES) await s.post('jwt/verify/', raw(type, '{"token":[]}'), { note: type })
      },
    },
    {
      name: 'deeply nested JSON crashes nobody here',
      run: async (s) => {
        for (const depth of [10, 100, 500])
          await s.post('jwt/verify/', jsonText(deeply(depth)), { note: `${depth} deep` })
        for (const depth of [2_000, 100_000])
          await s.post('jwt/verify/', jsonText(deeply(depth)), { note: `${depth} deep` })
        await s.post('jwt/verify/', jsonText(`{"token":${deeply(400)}}`), { note: 'a field 400 deep' })
      },
    },
  ],
}
