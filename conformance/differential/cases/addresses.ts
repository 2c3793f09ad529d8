import { join, register, registration, tryLogin } from '../accounts.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

const label63 = 'l'.repeat(63)

const ADDRESSES = [
  'a@example.com',
  'A.B+c@example.com',
  'a@example',
  'a@b.c',
  'a@b.co',
  'a@b.c1',
  'a@b.1a',
  'a@b.12',
  'a@123.45',
  'a@b.c-d',
  'a@b.cd-',
  'a@b.-cd',
  'a@-b.cd',
  'a@b-.cd',
  'a@b--c.de',
  'a@xn--bcher-kva.example',
  'a@bücher.example',
  'a@例え.テスト',
  'a@пример.рф',
  'a@b.рф',
  'ü@example.com',
  'a@localhost',
  'a@LOCALHOST',
  'a@localhost.',
  'a@localhost.localdomain',
  'a@[127.0.0.1]',
  'a@[127.0.0.256]',
  'a@[::1]',
  'a@[IPv6:::1]',
  'a@[2001:db8::1]',
  'a@127.0.0.1',
  'a@1.2.3.4',
  'a..b@example.com',
  '.a@example.com',
  'a.@example.com',
  'a@b_c.com',
  'a_b@example.com',
  'a@example.com.',
  'a@.example.com',
  'a@example..com',
  'a@b@example.com',
  '@example.com',
  'a@',
  '@',
  'plain',
  'a b@example.com',
  'a@exa mple.com',
  '"a"@example.com',
  '"a b"@example.com',
  '"a\\"b"@example.com',
  '"a@b"@example.com',
  '"a..b"@example.com',
  '""@example.com',
  '"a@example.com',
  'a"@example.com',
  '"\u0001"@example.com',
  "o'neil@example.com",
  "!#$%&'*+/=?^_`{}|~-@example.com",
  'a,b@example.com',
  'a;b@example.com',
  'a:b@example.com',
  'a(b)@example.com',
  '(c)a@example.com',
  'a<b>@example.com',
  '<a@example.com>',
  'Ada <a@example.com>',
  'a\\b@example.com',
  'a[b]@example.com',
  'mailto:a@example.com',
  'a@example.com\n',
  '\na@example.com',
  'a\n@example.com',
  'a@example.com\r\nBcc: x@y.example',
  'a@exam\nple.com',
  ' a@example.com ',
  'a@example.com,b@example.com',
  'a@example,com',
  'a@exam!ple.com',
  'a@example.com/',
  'a@example.com?x',
  'a%b@example.com',
  'a@%65xample.com',
  `a@${label63}.com`,
  `a@${label63}l.com`,
  `a@example.${label63}`,
  `a@example.${label63}l`,
  `${'l'.repeat(64)}@example.com`,
  `${'l'.repeat(65)}@example.com`,
  `${'l'.repeat(243)}@example.com`,
  `${'l'.repeat(244)}@example.com`,
  `${'l'.repeat(308)}@example.com`,
  `${'l'.repeat(309)}@example.com`,
  `a@${'b.'.repeat(125)}co`,
  `a@${'b.'.repeat(160)}co`,
  'a@b.c0m',
  'a@b.co1',
  'a@9.co',
  'a@b.com\u200b',
  'a\u200b@example.com',
  'a@ex\u00e4mple.com',
  'a@\u00e9.fr',
  'a@b.é',
  'a@b.éé',
  'a@😀.com',
  '😀@example.com',
  'a@example.com\u00a0',
  'a\u00ad@example.com',
  'a@EXAMPLE.COM',
  'a@-',
  'a@.',
  'a@..',
  'a@b..',
  'a@[',
  'a@[]',
  'a@[1]',
  'a@[1.2.3]',
  'a@[01.2.3.4]',
  'a@[1.2.3.4',
  'root',
  'a@b.c_d',
  'a@b.ﬁ',
  'a@ß.de',
  '\u212a@example.com',
  'a@\u212a.com',
  'ı@example.com',
  'a@ı.com',
  'ſ@example.com',
  'a@ſ.com',
]

const unusual = async (
  s: Session,
  path: string,
  field: string,
  rest: Record<string, unknown>,
  as?: Session['member'],
) => {
  for (const address of ADDRESSES) {
    const options = { as, note: `${field} ${JSON.stringify(address).slice(0, 120)} (${address.length})` }
    await s.post(path, { ...rest, [field]: address }, options)
  }
}

/** Every check passes but the last one, so that only the address can make a difference. */
const syntax: Case[] = [
  {
    name: 'registration judges the syntax of an address',
    run: (s) => unusual(s, 'users/', 'email', { ...registration('x'), re_password: 'Another-Horse-12' }),
  },
  {
    name: 'reset_password judges the syntax of an address',
    run: (s) => unusual(s, 'users/reset_password/', 'email', {}),
  },
  {
    name: 'resend_activation judges the syntax of an address',
    run: (s) => unusual(s, 'users/resend_activation/', 'email', {}),
  },
  {
    name: 'set_email judges the syntax of an address',
    run: (s) => unusual(s, 'users/set_email/', 'new_email', {}, s.member),
  },
  {
    name: 'reset_email_confirm judges the syntax of an address',
    run: (s) => unusual(s, 'users/reset_email_confirm/', 'new_email', { uid: 'x', token: 'y' }),
  },
]

const lettersCase: Case = {
  name: 'the local part keeps its case everywhere, the domain is lowered at registration',
  run: async (s) => {
    const mixed = `Mixed.Case@${s.domain.toUpperCase()}`
    const ada = await register(s, 'ada', { email: mixed })
    s.observe('the address became', ada.email)
    await s.post('users/activation/', ada.link)
    await s.mails()
    const lowered = `Mixed.Case@${s.domain}`
    for (const email of [mixed, lowered, lowered.toLowerCase(), lowered.toUpperCase(), ` ${lowered} `]) {
      await tryLogin(s, email, ada.password)
      await s.post('token/login/', { email, password: ada.password })
      await s.post('users/reset_password/', { email })
      await s.mails()
      await s.post('users/reset_email/', { email })
      await s.mails()
    }
    await s.post('users/', registration(lowered))
    await s.post('users/', registration(mixed))
    await s.post('users/', registration(` ${lowered} `))
    const twin = await register(s, 'twin', { email: lowered.toLowerCase() })
    s.observe('the twin', twin.email)
  },
}

const changedCase: Case = {
  name: 'set_email and reset_email_confirm do not lower the domain',
  run: async (s) => {
    const ada = await join(s, 'ada')
    const upper = `Ada@${s.domain.toUpperCase()}`
    await s.post('users/set_email/', { new_email: upper, current_password: ada.password }, { as: ada })
    await s.mails()
    await s.get('users/me/', { as: ada })
    await tryLogin(s, upper, ada.password)
    await tryLogin(s, `Ada@${s.domain}`, ada.password)
    await s.post('users/', { ...registration(upper), re_password: 'Another-Horse-12' })
    await s.post('users/', { ...registration(`Ada@${s.domain}`), re_password: 'Another-Horse-12' })
    await s.post('users/reset_email/', { email: upper })
    await s.mails(ada)
    const { uid, token } = ada.link
    await s.post('users/reset_email_confirm/', { uid, token, new_email: `  Eve@${s.domain.toUpperCase()} ` })
    await s.mails()
    await s.get('users/me/', { as: ada })
  },
}

const resendCase: Case = {
  name: 'resend_activation takes the address exactly',
  run: async (s) => {
    const ada = await register(s, 'Ada')
    for (const email of [ada.email.toLowerCase(), ada.email.toUpperCase(), `  ${ada.email}\t`, ada.email]) {
      await s.post('users/resend_activation/', { email })
      await s.mails()
    }
    await s.post('users/resend_activation/', { email: `Ada@${s.domain.toUpperCase()}` })
    await s.post('users/resend_activation/', { email: s.address('nobody') })
    await s.post('users/resend_activation/', { email: s.member.email })
    await s.mails()
  },
}

/** Syntax and case of addresses. */
export const addresses: Topic = {
  name: 'addresses',
  cases: [...syntax, lettersCase, changedCase, resendCase],
}
