/** Tests of sealing and of key derivation. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../domain/secret.ts'
import { createSealer, deriveKey, SealFault } from './seal.ts'

const first = new Secret('the first secret, long enough to be one')
const second = new Secret('another secret, which came after the first')
const refusal = (step: () => unknown): string => {
  try {
    step()
  } catch (fault) {
    if (fault instanceof SealFault) return fault.reason
    throw fault
  }
  return 'accepted'
}

describe('sealing | a text that is stored', () => {
  const sealer = createSealer([first], 'mail')

  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), (text) => {
        expect(sealer.unseal(sealer.seal(text))).toBe(text)
      }),
    )
  })

  it('does not show in the sealed form, which differs each time', () => {
    const sealed = [
      sealer.seal('https://example.org/reset/abc'),
      sealer.seal('https://example.org/reset/abc'),
    ]
    expect(sealed[0]).not.toBe(sealed[1])
    expect(Buffer.from(sealed[0]?.split('.')[2] ?? '', 'base64url').toString('latin1')).not.toContain('reset')
  })

  it('names its version and its key', () => {
    expect(sealer.seal('x')).toMatch(/^v1\.[\w-]{8}\.[\w-]{39}$/)
  })

  it('is AES-256-GCM with a nonce of 96 bits and a tag of 128: another implementation opens it', async () => {
    const [version, id, body = ''] = sealer.seal('as it was').split('.')
    const bytes = Buffer.from(body, 'base64url')
    const raw = deriveKey(first, 'seal:mail')
    expect(raw).toHaveLength(32)
    const key = await crypto.subtle.importKey('raw', new Uint8Array(raw), 'AES-GCM', false, ['decrypt'])
    const additionalData = Buffer.from(`${version}.${id}`)
    const form = { name: 'AES-GCM', iv: bytes.subarray(0, 12), tagLength: 128, additionalData }
    const opened = await crypto.subtle.decrypt(form, key, bytes.subarray(12))
    expect(Buffer.from(opened).toString()).toBe('as it was')
  })

  it('has a nonce that no other one has', () => {
    const nonceOf = (sealed: string) => sealed.split('.')[2]?.slice(0, 16)
    const nonces = Array.from({ length: 10_000 }, () => nonceOf(sealer.seal('the same')))
    expect(new Set(nonces).size).toBe(nonces.length)
  })
})

describe('sealing | somebody changes what is stored', () => {
  const sealer = createSealer([first], 'mail')

  it('security: any one-bit change of the sealed text is refused', () => {
    const sealed = Buffer.from(sealer.seal('twelve bytes'), 'latin1')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (sealed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(refusal(() => sealer.unseal(changed.toString('latin1')))).not.toBe('accepted')
    }
  })

  it('security: a changed ciphertext is called tampered', () => {
    const [version, id, body = ''] = sealer.seal('text').split('.')
    const bytes = Buffer.from(body, 'base64url')
    bytes[14] = (bytes[14] ?? 0) ^ 1
    expect(refusal(() => sealer.unseal(`${version}.${id}.${bytes.toString('base64url')}`))).toBe('tampered')
  })

  it('security: a cut-off tag is refused, for a short tag can be guessed', () => {
    const [version, id, body = ''] = sealer.seal('').split('.')
    const bytes = Buffer.from(body, 'base64url').subarray(0, -4)
    expect(refusal(() => sealer.unseal(`${version}.${id}.${bytes.toString('base64url')}`))).toBe('malformed')
  })

  it.each(['', 'v1', 'v1..', 'plain text', 'v2.a.b', 'v1.a.b.c', 'v1.aaaaaaaa.='])(
    'refuses %j as malformed',
    (text) => {
      expect(refusal(() => sealer.unseal(text))).toBe('malformed')
    },
  )

  it('does not repeat the text in the error', () => {
    expect(() => sealer.unseal('a text that nobody should read')).toThrow(
      /^the sealed text is refused: malformed$/,
    )
  })
})

describe('sealing | secrets are replaced', () => {
  const before = createSealer([first], 'mail')
  const after = createSealer([second, first], 'mail')

  it('opens what the former secret sealed', () => {
    expect(after.unseal(before.seal('old'))).toBe('old')
  })

  it('seals with the first secret', () => {
    expect(createSealer([second], 'mail').unseal(after.seal('new'))).toBe('new')
    expect(refusal(() => before.unseal(after.seal('new')))).toBe('unknown_key')
  })

  it('security: what was sealed for one purpose does not open for another', () => {
    expect(refusal(() => createSealer([first], 'keys').unseal(before.seal('x')))).toBe('unknown_key')
  })

  it('security: nor when it carries the key id of the other purpose', () => {
    const keys = createSealer([first], 'keys')
    const [, keysId] = keys.seal('').split('.')
    const [version, , body] = before.seal('x').split('.')
    expect(refusal(() => keys.unseal(`${version}.${keysId}.${body}`))).toBe('tampered')
  })

  it('needs a secret', () => {
    expect(() => createSealer([], 'mail')).toThrow(TypeError)
  })
})

describe('deriving a key | from one secret', () => {
  it('gives the same key for the same purpose, and another for another', () => {
    expect(deriveKey(first, 'a')).toEqual(deriveKey(first, 'a'))
    expect(deriveKey(first, 'a')).not.toEqual(deriveKey(first, 'b'))
    expect(deriveKey(first, 'a')).not.toEqual(deriveKey(second, 'a'))
  })

  it('stays what it was in earlier versions: stored data hang on it', () => {
    expect(deriveKey(new Secret('0123456789abcdef0123456789abcdef'), 'link:activation').toString('hex')).toBe(
      'e32062b2a463b7817e438f18fd7fea21dd12a001ee8051755261fa18f2efa947',
    )
  })

  it('gives as many bytes as asked for, 32 by default', () => {
    expect(deriveKey(first, 'a')).toHaveLength(32)
    expect(deriveKey(first, 'a', 64)).toHaveLength(64)
  })

  it('refuses an empty secret and an empty purpose', () => {
    expect(() => deriveKey(new Secret(''), 'a')).toThrow(TypeError)
    expect(() => deriveKey(first, '')).toThrow(TypeError)
  })
})
