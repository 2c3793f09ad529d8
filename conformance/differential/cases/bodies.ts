import {
  form,
  jsonText,
  multipart,
  multipartOf,
  type Payload,
  Payload as PayloadClass,
  raw,
} from '../payload.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session, StepOptions } from '../session.ts'

interface Door {
  readonly method: string
  readonly path: string
  /** A text field of that door. */
  readonly field: string
  readonly signedIn?: boolean
}

const doors: readonly Door[] = [
  { method: 'POST', path: 'users/', field: 'first_name' },
  { method: 'POST', path: 'users/activation/', field: 'token' },
  { method: 'POST', path: 'users/resend_activation/', field: 'email' },
  { method: 'POST', path: 'users/set_password/', field: 'new_password', signedIn: true },
  { method: 'POST', path: 'users/reset_password/', field: 'email' },
  { method: 'POST', path: 'users/reset_password_confirm/', field: 'token' },
  { method: 'POST', path: 'users/set_email/', field: 'new_email', signedIn: true },
  { method: 'POST', path: 'users/reset_email/', field: 'email' },
  { method: 'POST', path: 'users/reset_email_confirm/', field: 'new_email' },
  { method: 'PUT', path: 'users/me/', field: 'last_name', signedIn: true },
  { method: 'DELETE', path: 'users/me/', field: 'current_password', signedIn: true },
  { method: 'POST', path: 'jwt/create/', field: 'email' },
  { method: 'POST', path: 'jwt/refresh/', field: 'refresh' },
  { method: 'POST', path: 'jwt/verify/', field: 'token' },
  { method: 'POST', path: 'token/login/', field: 'email' },
]

const TOP_LEVEL = [
  '[]',
  '[{}]',
  '[1,2]',
  '"text"',
  '""',
  '0',
  '7',
  '-1',
  '1.5',
  '1e3',
  'true',
  'false',
  'null',
  '{}',
  ' {} ',
  '{"":1}',
]

const FOREIGN_TYPES: readonly (string | undefined)[] = [
  'text/plain',
  'text/json',
  'application/xml',
  'application/octet-stream',
  'application/problem+json',
  'application/jsonp',
  'application/vnd.api+json',
  'image/png',
  'nonsense',
  'multipart/mixed; boundary=x',
  'application/json-patch+json',
  'text/plain; charset=utf-8',
  'TEXT/Plain',
  undefined,
]

const JSON_TYPES = [
  'application/json',
  'APPLICATION/JSON',
  'Application/Json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; version=1',
  'application/json; charset="utf-8"',
  ' application/json ',
]

function options(s: Session, door: Door): StepOptions {
  return door.signedIn ? { as: s.member } : {}
}

async function offer(s: Session, door: Door, payload: Payload, note: string): Promise<void> {
  await s.send(door.method, door.path, payload, { ...options(s, door), note })
}

const topLevel: Case[] = doors.map((door) => ({
  name: `${door.method} ${door.path} judges what stands at the top of the JSON`,
  run: async (s) => {
    for (const text of TOP_LEVEL) await offer(s, door, jsonText(text), `top level ${text}`)
  },
}))

const emptyBodies: Case[] = doors.map((door) => ({
  name: `${door.method} ${door.path} reads an empty body of any known type as {}`,
  run: async (s) => {
    const none = options(s, door)
    await s.send(door.method, door.path, undefined, { ...none, note: 'no body, no type' })
    await s.send(door.method, door.path, undefined, {
      ...none,
      headers: { 'Content-Type': 'text/plain' },
      note: 'no body, text/plain',
    })
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain',
      'multipart/form-data; boundary=x',
    ])
      await offer(s, door, raw(type, ''), `empty ${type}`)
    await offer(s, door, raw('multipart/form-data; boundary=x', '--x--\r\n'), 'multipart without parts')
  },
}))

const contentTypes: Case[] = doors.map((door) => ({
  name: `${door.method} ${door.path} refuses foreign content types and knows its own in any case`,
  run: async (s) => {
    for (const type of FOREIGN_TYPES) await offer(s, door, raw(type, '{}'), `type ${type}`)
    for (const type of JSON_TYPES) await offer(s, door, raw(type, `{"${door.field}":[]}`), `type ${type}`)
    await offer(s, door, raw('APPLICATION/X-WWW-FORM-URLENCODED', `${door.field}=`), 'upper-case form')
  },
}))

const formEncoded: Case[] = doors.map((door) => ({
  name: `${door.method} ${door.path} reads forms like JSON`,
  run: async (s) => {
    const { field } = door
    await offer(s, door, form({ [field]: '' }), 'form, blank')
    await offer(s, door, form({ [field]: '   ' }), 'form, spaces')
    await offer(s, door, form({ [field]: 'a\u0000b' }), 'form, NUL')
    await offer(
      s,
      door,
      form([
        [field, 'x@y.example'],
        [field, ''],
      ]),
      'form, the last of two is blank',
    )
    await offer(s, door, form({ unknown: 'x' }), 'form, unknown field only')
    await offer(s, door, raw('application/x-www-form-urlencoded', 'garbage'), 'form without =')
    await offer(
      s,
      door,
      raw('application/x-www-form-urlencoded', `&&=&${field}=%00`),
      'form with empty pairs',
    )
    await offer(s, door, multipartOf({ [field]: '' }), 'multipart, blank')
    await offer(s, door, multipartOf({ [field]: 'a\u0000' }), 'multipart, NUL')
    await offer(s, door, multipart([{ name: field, value: 'hello', filename: 'a.txt' }]), 'multipart, a file')
    await offer(
      s,
      door,
      multipart([{ name: field, value: '', filename: 'empty.txt' }]),
      'multipart, an empty file',
    )
    await offer(
      s,
      door,
      multipart([
        { name: field, value: 'x' },
        { name: field, value: '' },
      ]),
      'multipart, the last is blank',
    )
  },
}))

const duplicates: Case = {
  name: 'the last of duplicate keys wins',
  run: async (s) => {
    await s.post('users/', jsonText('{"email":"a@example.com","email":"broken"}'))
    await s.post('users/', jsonText('{"email":"broken","email":"a@example.com"}'))
    await s.post(
      'users/',
      form([
        ['email', 'a@example.com'],
        ['email', 'broken'],
      ]),
    )
    await s.post(
      'users/',
      form([
        ['email', 'broken'],
        ['email', 'a@example.com'],
      ]),
    )
    await s.post(
      'users/',
      multipart([
        { name: 'email', value: 'broken' },
        { name: 'email', value: 'a@example.com' },
      ]),
    )
    await s.post('jwt/create/', jsonText('{"email":"x","password":"","password":null}'))
    await s.post(
      'jwt/verify/',
      form([
        ['token', 'x'],
        ['token', s.member.access],
      ]),
    )
    await s.post('users/', jsonText('{"__proto__":{"email":"a@example.com"},"constructor":1,"toString":2}'))
  },
}

const spelling: Case = {
  name: 'names of fields are exact, and unknown ones are ignored',
  run: async (s) => {
    await s.post('users/', { Email: 'a@example.com', EMAIL: 'a@example.com', ' email': 'x' })
    await s.post('jwt/create/', { username: s.member.email, password: s.member.password })
    await s.post('jwt/create/', {
      email: s.member.email,
      password: s.member.password,
      extra: [1],
      is_staff: true,
    })
    await s.post('jwt/verify/', { access: s.member.access })
    await s.post('jwt/refresh/', { token: s.member.refresh })
    await s.post('users/activation/', { UID: 'x', Token: 'y' })
  },
}

const chunkedBodies: Case = {
  name: 'a body in chunks does not crash the server',
  run: async (s) => {
    const body = new PayloadClass('application/json', Buffer.from('[]'), true)
    const reply = await s.quietly('POST', 'jwt/verify/', body)
    s.observe('status of a chunked request', reply.status)
  },
}

/** Bodies as such: what is read, what is refused. */
export const bodies: Topic = {
  name: 'bodies',
  cases: [...topLevel, ...emptyBodies, ...contentTypes, ...formEncoded, duplicates, spelling, chunkedBodies],
}
