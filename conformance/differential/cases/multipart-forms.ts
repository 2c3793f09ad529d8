import { raw } from '../payload.ts'
import type { Case, Topic } from '../runner.ts'
import type { Session } from '../session.ts'

const NAMES = ['email', 'password']

const disposition = (name: string): string => `Content-Disposition: form-data; name="${name}"`

/** A form of the two fields of a sign-in; `head` writes the header of a part. */
function formOf(boundary: string, head: (name: string) => string = disposition): string {
  const parts = NAMES.map((name) => `--${boundary}\r\n${head(name)}\r\n\r\nx@${name}.example\r\n`)
  return `${parts.join('')}--${boundary}--\r\n`
}

const offer = (s: Session, type: string, body: string | Uint8Array, note: string) =>
  s.post('jwt/create/', raw(`multipart/form-data; ${type}`, body), { note })

/** What goes into the Content-Type, and the boundary that it means. */
const BOUNDARIES: readonly (readonly [string, string])[] = [
  ['boundary=x', 'x'],
  ['boundary=BoUnDaRyStRiNg', 'BoUnDaRyStRiNg'],
  [`boundary=${'b'.repeat(70)}`, 'b'.repeat(70)],
  [`boundary=${'b'.repeat(200)}`, 'b'.repeat(200)],
  ['boundary="quoted"', 'quoted'],
  ['boundary="with: ?/= in it"', 'with: ?/= in it'],
  ["boundary=bare'()+_,-./:=?", "bare'()+_,-./:=?"],
  ['boundary=before; charset=utf-8', 'before'],
  ['charset=utf-8; boundary=behind', 'behind'],
  ['boundary=longer', 'long'],
  ['boundary=long', 'longer'],
]

const HEADS: readonly (readonly [string, (name: string) => string])[] = [
  ['lower case', (name) => disposition(name).toLowerCase()],
  ['no white space', (name) => `Content-Disposition:form-data;name="${name}"`],
  ['a bare name', (name) => `Content-Disposition: form-data; name=${name}`],
  ['no name', () => 'Content-Disposition: form-data'],
  ['another header only', () => 'Content-Type: text/plain'],
  ['a type after it', (name) => `${disposition(name)}\r\nContent-Type: text/plain; charset=utf-8`],
  ['a type before it', (name) => `Content-Type: text/plain\r\n${disposition(name)}`],
  ['base64', (name) => `${disposition(name)}\r\nContent-Transfer-Encoding: base64`],
  ['8bit', (name) => `${disposition(name)}\r\nContent-Transfer-Encoding: 8bit`],
  ['a file without a name', (name) => `${disposition(name)}; filename=""`],
  ['a long one', (name) => `${disposition(name)}; more="${'m'.repeat(900)}"`],
  ['one that is too long', (name) => `${disposition(name)}; more="${'m'.repeat(1000)}"`],
  ['a file', (name) => `${disposition(name)}; filename="a.txt"`],
]

const boundaries: Case = {
  name: 'any boundary of visible characters delimits, however short or long',
  run: async (s) => {
    for (const [type, boundary] of BOUNDARIES) await offer(s, type, formOf(boundary), type)
  },
}

const heads: Case = {
  name: 'the header of a part is read in any spelling, and a part without a name is passed over',
  run: async (s) => {
    for (const [note, head] of HEADS) await offer(s, 'boundary=x', formOf('x', head), note)
  },
}

const frames: Case = {
  name: 'what stands around the parts does not matter',
  run: async (s) => {
    const whole = formOf('x')
    await offer(s, 'boundary=x', `preamble\r\n${whole}`, 'a preamble')
    await offer(s, 'boundary=x', `${whole}epilogue`, 'an epilogue')
    await offer(s, 'boundary=x', whole.replaceAll('--x\r\n', '--x  \r\n'), 'spaces after the delimiter')
    await offer(s, 'boundary=x', whole.replaceAll('\r\n', '\n'), 'line feeds only')
    await offer(s, 'boundary=x', whole.replace('--x--\r\n', ''), 'no last delimiter')
    await offer(s, 'boundary=x', whole.slice(0, -30), 'cut off')
    await offer(s, 'boundary=x', '--x\r\n\r\nabc\r\n--x--\r\n', 'a part without a header')
    await offer(s, 'boundary=x', whole.replace('@email', '\r\n@email'), 'a line end in a value')
    await offer(s, 'boundary=x', whole.replace('@email', '--xy@email'), 'the delimiter in a value')
    await offer(s, 'boundary=x', Buffer.from(whole.replace('@email', '\xff@email'), 'latin1'), 'not UTF-8')
  },
}

/** Forms as they are written by hand and by libraries of all kinds. */
export const multipartForms: Topic = { name: 'multipart forms', cases: [boundaries, heads, frames] }
