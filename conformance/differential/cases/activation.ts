import { activate, register, requestLink, tryLogin } from '../accounts.ts'
import type { Deviation } from '../compare.ts'
import { form, jsonObject } from '../payload.ts'
import type { Topic } from '../runner.ts'
import { NEW_PASSWORD } from '../session.ts'
import type { Account } from '../side.ts'

const uidOf = (text: string) => Buffer.from(text).toString('base64url')

/** Spellings of a uid around the true one; every one is tried with a true and a false token. */
function uids(account: Account): (readonly [string, string])[] {
  // Four digits on both sides: what padding does depends on the length.
  const id = String(account.id).padStart(4, '0')
  const uid = uidOf(id)
  return [
    ['padded with =', `${uid}=`],
    ['padded with ==', `${uid}==`],
    ['padded with ===', `${uid}===`],
    ['with a space', `${uid} `],
    ['spaces around', `  ${uid}  `],
    ['the number itself', id],
    ['with a zero', uidOf(`0${id}`)],
    ['with a plus', uidOf(`+${id}`)],
    ['with a space inside', uidOf(` ${id}`)],
    ['with a newline', uidOf(`${id}\n`)],
    ['a float', uidOf(`${id}.0`)],
    ['underscores', uidOf(`${id}_0`)],
    ['a word', uidOf('abc')],
    ['negative', uidOf(`-${id}`)],
    ['zero', uidOf('0')],
    ['of nobody', uidOf('987654321')],
    ['too large', uidOf('9'.repeat(30))],
    ['2^63', uidOf('9223372036854775808')],
    ['empty text', uidOf('')],
    ['not base64', '!!!!'],
    ['not UTF-8', Buffer.from([0xff, 0xfe]).toString('base64url')],
    ['one letter', 'A'],
    ['unicode', 'ü'],
    ['Arabic digits', uidOf('٣')],
    ['with a dot', `${uid}.`],
    ['standard base64', Buffer.from(id).toString('base64')],
    ['with a NUL inside', uidOf(`${id}\u0000`)],
    ['a line break inside', `${uid.slice(0, 1)}\n${uid.slice(1)}`],
    ['a bang inside', `${uid.slice(0, 1)}!${uid.slice(1)}`],
    ['none', uidOf('None')],
    ['null', uidOf('null')],
  ]
}

function tokens(account: Account): (readonly [string, string])[] {
  const { token } = account.link
  const [stamp = '', mac = ''] = token.split('-')
  const flipped = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
  return [
    ['a space behind', `${token} `],
    ['a space in front', ` ${token}`],
    ['a newline behind', `${token}\n`],
    ['last digit changed', flipped],
    ['upper case', token.toUpperCase()],
    ['cut', token.slice(0, -1)],
    ['longer', `${token}0`],
    ['without stamp', mac],
    ['without mac', `${stamp}-`],
    ['only a dash', '-'],
    ['two dashes', `${token}-0`],
    ['a later stamp', `zzzzzz-${mac}`],
    ['stamp of long ago', `1-${mac}`],
    ['stamp zero', `0-${mac}`],
    ['stamp with a zero', `0${token}`],
    ['a huge stamp', `${'z'.repeat(14)}-${mac}`],
    ['a negative stamp', `-${token}`],
    ['unicode', 'ü-ü'],
    ['a word', 'set-password'],
    ['a slash behind', `${token}/`],
    ['an unknown', 'abc123-0123456789abcdef0123456789abcdef'],
    ['very long', 'a'.repeat(10_000)],
  ]
}

const JSON_CRASH: Deviation = { why: 'the reference crashes (§9)', reference: 500, doorward: [400] }

/** POST users/activation/ and users/resend_activation/. */
export const activation: Topic = {
  name: 'activation',
  cases: [
    {
      name: 'works once; afterwards the link is stale',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await activate(s, ada)
        await activate(s, ada)
        await tryLogin(s, ada.email, ada.password)
        await s.post('users/resend_activation/', { email: ada.email })
        await s.mails()
      },
    },
    {
      name: 'spellings of the uid',
      run: async (s) => {
        const ada = await register(s, 'ada')
        for (const [note, uid] of uids(ada))
          await s.post('users/activation/', { uid, token: 'abc-def' }, { note: `uid ${note}` })
        await tryLogin(s, ada.email, ada.password)
      },
    },
    {
      name: 'a uid with padding or a detour still activates',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await s.post(
          'users/activation/',
          { uid: `${ada.link.uid}==`, token: ada.link.token },
          { note: 'padded' },
        )
        await s.mails()
        await tryLogin(s, ada.email, ada.password)
        const eve = await register(s, 'eve')
        const spaced = ` ${uidOf(String(eve.id).padStart(4, '0'))} `
        await s.post(
          'users/activation/',
          { uid: spaced, token: eve.link.token },
          { note: 'spaces around the uid' },
        )
        await s.mails()
        const bob = await register(s, 'bob')
        await s.post(
          'users/activation/',
          { uid: uidOf(`0${bob.id}`), token: bob.link.token },
          { note: 'a zero in front of the id' },
        )
        await s.mails()
      },
    },
    {
      name: 'spellings of the token',
      run: async (s) => {
        const ada = await register(s, 'ada')
        const { uid, token } = ada.link
        for (const [note, wrong] of tokens(ada))
          await s.post('users/activation/', { uid, token: wrong }, { note: `token ${note}` })
        await tryLogin(s, ada.email, ada.password)
        await s.post(
          'users/activation/',
          { uid: `${s.inactive.link.uid}`, token },
          { note: 'of another account' },
        )
        await s.post(
          'users/activation/',
          { uid, token: s.inactive.link.token },
          { note: 'token of another account' },
        )
        await s.post(
          'users/activation/',
          { uid: s.member.link.uid, token: s.member.link.token },
          { note: 'used link of a member' },
        )
        await s.post(
          'users/activation/',
          { uid: s.member.link.uid, token: 'abc-def' },
          { note: 'wrong token, active account' },
        )
        await activate(s, ada)
      },
    },
    {
      name: 'numbers for uid and token are refused',
      run: async (s) => {
        const { uid } = s.inactive.link
        for (const json of ['1', '1.5', '0', '-1']) {
          await s.post('users/activation/', jsonObject({ uid: json, token: '"abc-def"' }), {
            differs: JSON_CRASH,
          })
          await s.post('users/activation/', jsonObject({ uid: JSON.stringify(uid), token: json }))
        }
      },
    },
    {
      name: 'works as a form',
      run: async (s) => {
        const ada = await register(s, 'ada')
        const { uid, token } = ada.link
        await s.post('users/activation/', form({ uid, token: `${token}x` }))
        await s.post('users/activation/', form({ uid, token }))
        await s.mails()
      },
    },
    {
      name: 'a further link does not end the earlier one',
      run: async (s) => {
        const ada = await register(s, 'ada')
        const first = ada.link
        await requestLink(s, ada, 'users/resend_activation/')
        await requestLink(s, ada, 'users/resend_activation/')
        await s.post('users/activation/', { uid: first.uid, token: first.token })
        await s.mails()
        await activate(s, ada)
      },
    },
    {
      name: 'an inactive account gets no reset links',
      run: async (s) => {
        const ada = await register(s, 'ada')
        await requestLink(s, ada, 'users/reset_password/')
        await requestLink(s, ada, 'users/reset_email/')
        await requestLink(s, ada, 'users/resend_activation/')
        await activate(s, ada)
      },
    },
    {
      name: 'an activation link serves no other purpose',
      run: async (s) => {
        const ada = await register(s, 'ada')
        const { uid, token } = ada.link
        const why = 'each purpose has its own derivation'
        const differs: Deviation = {
          why,
          reference: 204,
          doorward: [400],
          body: { token: ['Invalid token for given user.'] },
        }
        const body = { uid, token, new_password: NEW_PASSWORD, re_new_password: NEW_PASSWORD }
        await s.post('users/reset_password_confirm/', body, { differs })
        s.forgetMails()
        const eve = await register(s, 'eve')
        s.forgetMails()
        const change = { uid: eve.link.uid, token: eve.link.token, new_email: s.address('new') }
        await s.post('users/reset_email_confirm/', change, { differs })
        s.forgetMails()
      },
    },
    {
      name: 'the front end may be signed in, but not badly',
      run: async (s) => {
        const ada = await register(s, 'ada')
        const { uid, token } = ada.link
        await s.post('users/activation/', { uid, token }, { as: 'JWT broken' })
        await s.post('users/activation/', { uid, token }, { as: s.member })
        await s.mails()
        await s.get(`users/activation/?uid=${uid}&token=${token}`)
      },
    },
  ],
}
