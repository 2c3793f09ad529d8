import { describe, expect, it } from 'vitest'
import { FormFile, parseMultipart } from './multipart.ts'

const read = (boundary: string, body: string) =>
  parseMultipart(Buffer.from(body), `multipart/form-data; boundary=${boundary}`, String)

const part = (name: string, value: string, more = '') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`

describe('multipart forms | reading', () => {
  it('takes a short boundary, although its letters stand in a value', () => {
    expect(read('x', `${part('email', 'tina@example.com')}--x--\r\n`)).toEqual([
      ['email', 'tina@example.com'],
    ])
  })

  it('takes every boundary that a library may make, in quotes or not', () => {
    for (const boundary of ['x', "'()+_,-./:=?", 'b'.repeat(201)]) {
      const body = part('a', '1').replace('--x', `--${boundary}`)
      expect(read(boundary, body), boundary).toEqual([['a', '1']])
      expect(read(`"${boundary}"`, body), boundary).toEqual([['a', '1']])
    }
  })

  it('keeps every field in its order, line ends and quotes included', () => {
    expect(read('x', `${part('a', 'one\r\ntwo\r\n')}${part('a', '')}${part('b\\"c', '"')}--x--`)).toEqual([
      ['a', 'one\r\ntwo\r\n'],
      ['a', ''],
      ['b"c', '"'],
    ])
  })

  it('takes a file for no text, and one without a name for a field', () => {
    expect(read('x', part('a', 'text', '; filename="a.txt"'))).toEqual([['a', new FormFile()]])
    expect(read('x', part('a', 'text', '; filename=""'))).toEqual([['a', 'text']])
  })

  it('passes over what has no header or no name', () => {
    expect(
      read('x', `before--x\r\n\r\nvalue\r\n--x\r\nContent-Type: text/plain\r\n\r\nvalue\r\n--x--`),
    ).toEqual([])
    expect(read('x', 'nonsense')).toEqual([])
  })

  it('looks for the header in the first kilobyte of a part alone, whatever stands there', () => {
    const long = (size: number) => part('a', 'text', `; more="${'\\'.repeat(size)}`)
    expect(read('x', long(900))).toEqual([['a', 'text']])
    expect(read('x', long(1000))).toEqual([])
    expect(read('x', long(16_000_000))).toEqual([])
  })

  it('refuses a Content-Type without a boundary that can be one', () => {
    for (const boundary of ['', '""', '"ends with a space "', 'ü', 'b'.repeat(202)]) {
      expect(read(boundary, part('a', '1')), boundary).toBeNull()
    }
    expect(parseMultipart(Buffer.from('--x'), 'multipart/form-data', String)).toBeNull()
  })
})
