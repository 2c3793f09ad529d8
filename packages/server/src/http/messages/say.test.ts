/** Errors in the language of the person who reads them. */
import { afterAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../domain/errors.ts'
import { ERRORS } from '../../domain/errors.ts'
import { createTestDoorward } from '../../testing/create-test-doorward.ts'
import { MESSAGE_LOCALES, messageLanguage } from './say.ts'

describe('messages of the API | in the language asked for', async () => {
  const doorward = await createTestDoorward()
  const djoser = await createTestDoorward({ config: { preset: 'djoser' } })
  afterAll(() => Promise.all([doorward.close(), djoser.close()]))

  const register = (language: string, headers = {}, on = doorward) =>
    on.fetch(
      new Request('http://127.0.0.1:8000/auth/users/', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-language': language, ...headers },
        body: JSON.stringify({
          email: 'maya@example.com',
          first_name: 'Mayasari',
          last_name: 'S',
          role: 'buyer',
          password: 'mayasari1',
        }),
      }),
    )

  it('says in Indonesian what a password resembles, and names the language', async () => {
    const answer = await register('id-ID,id;q=0.9,en;q=0.8')
    expect(answer.headers.get('content-language')).toBe('id')
    expect(answer.headers.get('vary')).toBe('Accept, Accept-Language')
    expect(await answer.json()).toEqual({ password: ['Kata sandi terlalu mirip dengan nama depan.'] })
  })

  it('keeps the codes of problem details the same in every language', async () => {
    const answer = await register('id', { accept: 'application/problem+json' })
    const body = (await answer.json()) as { code: string; title: string }
    expect([body.code, body.title]).toEqual(['password_too_similar', 'Beberapa isian perlu diperbaiki.'])
  })

  it('speaks the English of the reference to whoever asks for English, first or for a language unknown here', async () => {
    for (const language of ['en', 'en-GB, id;q=0.9', 'tlh', '*', '']) {
      const answer = await register(language)
      expect(await answer.json()).toEqual({ password: ['The password is too similar to the first name.'] })
      expect(answer.headers.get('content-language')).toBeNull()
    }
  })

  it('speaks only English where the settings say so', async () => {
    const answer = await register('id', {}, djoser)
    expect(answer.headers.get('vary')).toBe('Accept')
    expect(JSON.stringify(await answer.json())).toContain('This field is required.')
  })
})

/** What only programs provoke: it stays in English, which is what their authors search for. */
const FOR_PROGRAMMERS =
  /^(parse_error|malformed_form|method_not_allowed|not_acceptable|unsupported_media_type|max_string_length|surrogate_characters|not_an_object|no_data|bad_authorization_header|access_token_not_valid|token_user_missing|database_token_.+|token_(invalid|expired|claim_expired|wrong_type|no_.+|blacklisted|revoked)|verified_token_blacklisted)$/

describe('messages of the API | every language', () => {
  const spoken = MESSAGE_LOCALES.filter((code) => code !== 'en').map((code) => ({
    code,
    language: messageLanguage(code),
  }))

  it.each(spoken)('has a sentence for everything that people read: $code', ({ language }) => {
    const missing = Object.keys(ERRORS).filter(
      (code) => !FOR_PROGRAMMERS.test(code) && !Object.hasOwn(language?.sentences ?? {}, code),
    )
    expect(missing).toEqual([])
  })

  it.each(spoken)('mentions the same parameters as the English sentences: $code', ({ language }) => {
    const named = (text: string): readonly string[] => (text.match(/\{\w+\}/g) ?? []).sort()
    for (const [code, text] of Object.entries(language?.sentences ?? {})) {
      expect(named(text), code).toEqual(named(ERRORS[code as ErrorCode].message))
    }
  })
})
