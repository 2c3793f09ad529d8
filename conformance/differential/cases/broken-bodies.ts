import { jsonText, raw } from '../payload.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

interface Door {
  readonly path: string
  readonly signedIn?: boolean
}

const BROKEN_JSON = [
  '{',
  '}',
  '[',
  ']',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{a:1}',
  "{'a':1}",
  '{"a":1 "b":2}',
  '{"a":tru}',
  'tru',
  'nul',
  '"abc',
  '"a\nb"',
  '"\\x"',
  '"\\u12"',
  '{"a":01}',
  '{"a":.5}',
  '{"a":+1}',
  '{"a":1.}',
  '{"a":NaN}',
  '{"a":Infinity}',
  '{"a":-Infinity}',
  'NaN',
  '1 2',
  '{} {}',
  '// x\n{}',
  '{"a":/* */1}',
  'abc',
  '\ufeff{}',
  '   ',
  '\u00a0{}',
  '{"a":0x10}',
  '{"a":1e}',
  '{"a":--1}',
  '[1,]',
  '{"a":"\t"}',
  '\u0000',
]

function offer(s: Session, door: Door, text: string | Uint8Array, note: string) {
  return s.post(door.path, jsonText(text), { as: door.signedIn ? s.member : undefined, note })
}

const doors: readonly Door[] = [
  { path: 'users/' },
  { path: 'jwt/create/' },
  { path: 'users/set_password/', signedIn: true },
]

const brokenJson: Case[] = doors.map((door) => ({
  name: `${door.path} refuses broken JSON`,
  run: async (s) => {
    for (const text of BROKEN_JSON) await offer(s, door, text, `broken ${JSON.stringify(text)}`)
    const bytes: readonly number[][] = [
      [0xff],
      [0x22, 0xff, 0x22],
      [0x7b, 0x22, 0xc3, 0x22],
      [0xed, 0xa0, 0x80],
      [0xfe, 0xff, 0, 0x7b],
    ]
    for (const list of bytes) await offer(s, door, Uint8Array.from(list), `bytes ${list.join(' ')}`)
  },
}))

const brokenMultipart: Case = {
  name: 'a multipart body that is none is refused',
  run: async (s) => {
    const nothing = [
      'multipart/form-data',
      'multipart/form-data; boundary=',
      'multipart/form-data; boundary=x',
    ]
    for (const type of nothing) await s.post('users/', raw(type, 'no parts at all'), { note: type })
    await s.post('jwt/create/', raw('multipart/form-data', '--x\r\n'), { note: 'no boundary' })
  },
}

/** Bodies that are not what their type says. */
export const brokenBodies: Topic = { name: 'broken bodies', cases: [...brokenJson, brokenMultipart] }
