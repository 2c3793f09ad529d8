/** Texts that mean more than they say: header lines, addresses, markup, keys of objects, depth and length. */
import type { Attack } from './attack.ts'

const PERSON = { first_name: 'Tina', last_name: 'Santoso', role: 'buyer', password: 'Kiddie-Ride-4821' }

/** Names and addresses that want to become headers or links of a mail, and Host headers that want into them. */
export const mailInjection: Attack = {
  name: 'injection into mails and links',
  run: async ({ doorward, send }, notes) => {
    const names = [
      'Win\r\nBcc: all@evil.example',
      'Go to https://evil.example',
      'evil.example',
      '<b>x</b>',
      '{{7*7}}',
    ]
    for (const [index, first_name] of names.entries()) {
      const email = `injected-${index}@example.com`
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
      }
      await send({ path: 'users/', body: { ...PERSON, first_name, email }, headers })
      for (const mail of await doorward.mails(email)) {
        notes.tried(`a line break in a subject by ${JSON.stringify(first_name)}`, /[\r\n]/.test(mail.subject))
        const whole = `${mail.subject}${mail.text}${mail.html}`
        notes.tried(`evil.example in a mail by ${JSON.stringify(first_name)}`, whole.includes('evil.example'))
        notes.tried(`markup in a mail by ${JSON.stringify(first_name)}`, mail.html.includes('<b>x</b>'))
        notes.tried('a template ran', whole.includes('Hello 49'))
      }
    }
    for (const email of [
      'a@example.com\r\nBcc: b@evil.example',
      'a@example.com,b@evil.example',
      '"a\r\n"@example.com',
    ]) {
      const { status } = await send({ path: 'users/', body: { ...PERSON, email } })
      notes.tried(`registered as ${JSON.stringify(email)}`, status === 201)
    }
    const root = await send({ method: 'GET', path: '/auth/', headers: { host: 'evil.example' } })
    notes.tried('the Host header is in a link', root.body.includes('evil.example'))
  },
}

/** Longest time that an answer may take, in milliseconds: a thousand times what it takes, and far from a ReDoS. */
const PATIENCE = 3000

/** Input that makes a careless expression or parser run for ever, and input that changes objects. */
export const hostileInput: Attack = {
  name: 'ReDoS, deep JSON, long bodies, object keys',
  run: async ({ send }, notes) => {
    const long = 50_000
    const texts: Readonly<Record<string, string>> = {
      'an address of dots': `${'a.'.repeat(long / 2)}@example.com`,
      'an address of a quoted part': `"${'\\"'.repeat(long / 2)}"@example.com`,
      'an address of labels': `a@${'a-'.repeat(long / 2)}.com`,
      'an address of many @': '@'.repeat(long),
      'spaces before a letter': `${' '.repeat(long)}x`,
      'line separators': '\u2028'.repeat(long / 3),
      'a token of dashes': '-'.repeat(long),
      'digits and a letter': `${'1'.repeat(long)}x`,
    }
    for (const [name, text] of Object.entries(texts)) {
      const shots = {
        'users/': { ...PERSON, email: text },
        'jwt/create/': { email: text, password: text },
        'users/activation/': { uid: text, token: text },
        'jwt/refresh/': { refresh: text },
      }
      for (const [path, body] of Object.entries(shots)) {
        const started = performance.now()
        const { status } = await send({ path, body })
        notes.tried(`${path}: ${name} took too long`, performance.now() - started > PATIENCE)
        notes.tried(`${path}: ${name} gave ${status}`, status >= 500 || status < 300)
      }
      const headers = { authorization: text.slice(0, 8000), accept: text.slice(0, 4000) }
      const { status } = await send({ method: 'GET', path: 'users/me/', headers: asciiOnly(headers) })
      notes.tried(`headers: ${name} gave ${status}`, status >= 500 || status < 300)
    }
    const bodies: Readonly<Record<string, string>> = {
      'a deep list': '['.repeat(60_000),
      'a deep object': '{"a":'.repeat(10_000),
      'a closed deep list': `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
      'a huge number': `{"email":${'9'.repeat(60_000)}}`,
      'more than the limit': JSON.stringify({ email: 'x'.repeat(70_000) }),
      'a prototype': '{"__proto__":{"is_staff":true},"constructor":{"prototype":{"is_staff":true}}}',
    }
    for (const [name, body] of Object.entries(bodies)) {
      const { status } = await send({ path: 'users/', body })
      notes.tried(`${name} gave ${status}`, status >= 500 || status < 300)
    }
    notes.tried('a prototype was changed', 'is_staff' in {})
  },
}

const asciiOnly = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, '?')]),
  )

/** Ways of HTTP that a server need not speak. */
export const strangeRequests: Attack = {
  name: 'TRACE, CONNECT-like methods, huge headers, paths that climb',
  run: async ({ send }, notes) => {
    for (const method of ['TRACE', 'TRACK', 'DEBUG', 'PROPFIND']) {
      for (const path of ['users/me/', '/']) {
        const answer = await send({ method, path, headers: { 'x-secret': 'echo me' } }).catch(() => null)
        notes.tried(
          `${method} ${path} echoed`,
          answer?.body.includes('echo me') === true || answer?.status === 200,
        )
      }
    }
    const huge = await send({
      method: 'GET',
      path: 'users/me/',
      headers: { 'x-big': 'x'.repeat(40_000) },
    }).catch(() => null)
    notes.tried('40 KB of headers were read', huge !== null && huge.status < 400)
    for (const path of [
      '/../../etc/passwd',
      '/docs/../../../etc/passwd',
      '/portal/..%2f..%2fpackage.json',
      '/.git/config',
      '/.env',
    ]) {
      const answer = await send({ method: 'GET', path })
      notes.tried(`${path} was served`, answer.status === 200)
    }
  },
}
