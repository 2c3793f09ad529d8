import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DJOSER, SIMPLEJWT } from './counterparts.ts'
import { settingsReference } from './reference.ts'
import { ROWS } from './table.ts'

const words = (text: string) => text.trim().split(/\s+/)
const under = (dictionary: string, entries: string) => words(entries).map((entry) => `${dictionary}.${entry}`)

const DJOSER_SETTINGS = [
  ...words(`DOMAIN SITE_NAME USER_ID_FIELD LOGIN_FIELD PASSWORD_RESET_CONFIRM_URL USERNAME_RESET_CONFIRM_URL
    ACTIVATION_URL SEND_ACTIVATION_EMAIL SEND_CONFIRMATION_EMAIL PASSWORD_CHANGED_EMAIL_CONFIRMATION
    USERNAME_CHANGED_EMAIL_CONFIRMATION USER_CREATE_PASSWORD_RETYPE SET_PASSWORD_RETYPE
    PASSWORD_RESET_CONFIRM_RETYPE SET_USERNAME_RETYPE USERNAME_RESET_CONFIRM_RETYPE
    PASSWORD_RESET_SHOW_EMAIL_NOT_FOUND USERNAME_RESET_SHOW_EMAIL_NOT_FOUND LOGOUT_ON_PASSWORD_CHANGE
    CREATE_SESSION_ON_LOGIN TOKEN_MODEL HIDE_USERS SERIALIZERS EMAIL CONSTANTS PERMISSIONS
    SOCIAL_AUTH_TOKEN_STRATEGY SOCIAL_AUTH_ALLOWED_REDIRECT_URIS EMAIL_FRONTEND_PROTOCOL
    EMAIL_FRONTEND_DOMAIN EMAIL_FRONTEND_SITE_NAME WEBAUTHN`),
  ...under(
    'SERIALIZERS',
    `activation password_reset password_reset_confirm password_reset_confirm_retype set_password
    set_password_retype set_username set_username_retype username_reset username_reset_confirm
    username_reset_confirm_retype user_create user_create_password_retype user_delete user current_user token
    token_create provider_auth`,
  ),
  ...under(
    'EMAIL',
    `activation confirmation password_reset password_changed_confirmation username_changed_confirmation
    username_reset`,
  ),
  ...under(
    'PERMISSIONS',
    `activation password_reset password_reset_confirm set_password username_reset username_reset_confirm
    set_username user_create user_delete user user_list token_create token_destroy`,
  ),
  ...under(
    'WEBAUTHN',
    'RP_NAME RP_ID ORIGIN CHALLENGE_LENGTH UKEY_LENGTH SIGNUP_SERIALIZER LOGIN_SERIALIZER',
  ),
]

const SIMPLEJWT_SETTINGS = words(`ACCESS_TOKEN_LIFETIME REFRESH_TOKEN_LIFETIME ROTATE_REFRESH_TOKENS
  BLACKLIST_AFTER_ROTATION UPDATE_LAST_LOGIN ALGORITHM SIGNING_KEY VERIFYING_KEY AUDIENCE ISSUER JSON_ENCODER
  JWK_URL LEEWAY AUTH_HEADER_TYPES AUTH_HEADER_NAME USER_ID_FIELD USER_ID_CLAIM USER_AUTHENTICATION_RULE
  AUTH_TOKEN_CLASSES TOKEN_TYPE_CLAIM JTI_CLAIM TOKEN_USER_CLASS SLIDING_TOKEN_LIFETIME
  SLIDING_TOKEN_REFRESH_LIFETIME SLIDING_TOKEN_REFRESH_EXP_CLAIM TOKEN_OBTAIN_SERIALIZER
  TOKEN_REFRESH_SERIALIZER TOKEN_VERIFY_SERIALIZER TOKEN_BLACKLIST_SERIALIZER SLIDING_TOKEN_OBTAIN_SERIALIZER
  SLIDING_TOKEN_REFRESH_SERIALIZER CHECK_REVOKE_TOKEN REVOKE_TOKEN_CLAIM CHECK_USER_IS_ACTIVE ON_LOGIN_SUCCESS
  ON_LOGIN_FAILED`)

const names = (text: string) => text.match(/[A-Z][A-Z_]+[A-Z]/g) ?? []

describe('the reference of settings | the page', () => {
  it('is the one that the table gives (else run scripts/generate-settings-reference.ts)', () => {
    const page = join(import.meta.dirname, '../../../../docs/reference/settings.md')
    expect(readFileSync(page, 'utf8')).toBe(settingsReference())
  })

  it('has a row for every setting and every environment variable', () => {
    const page = settingsReference()
    for (const { key, spec } of ROWS) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${key}\` |`))
      expect(row, key).toContain(spec.doc.slice(0, 20))
      if (spec.env !== undefined) expect(row, key).toContain(`\`${spec.env}\``)
    }
  })

  it('every table has the same number of cells in each row', () => {
    const blocks = settingsReference().trimEnd().split('\n\n')
    for (const block of blocks.filter((part) => part.startsWith('| '))) {
      const cells = block.split('\n').map((line) => line.split(/(?<!\\)\|/).length)
      expect(new Set(cells).size).toBe(1)
    }
  })
})

describe('the reference of settings | Djoser and SimpleJWT', () => {
  it('every setting of theirs has a counterpart here or a reason why not, and is named once', () => {
    expect(DJOSER.map(({ name }) => name).toSorted()).toEqual(DJOSER_SETTINGS.toSorted())
    expect(SIMPLEJWT.map(({ name }) => name).toSorted()).toEqual(SIMPLEJWT_SETTINGS.toSorted())
    for (const { name, here, note } of [...DJOSER, ...SIMPLEJWT])
      expect(here.length > 0 || note.startsWith('None: '), name).toBe(true)
  })

  it('the table of settings and the list of theirs say the same', () => {
    const listed = [...DJOSER, ...SIMPLEJWT].filter(({ name }) => !name.includes('.'))
    const pairs = (list: readonly (readonly [string, string])[]) =>
      list.map((pair) => pair.join(' = ')).toSorted()
    const inList = listed.flatMap(({ name, here }) => here.map((key) => [name, key] as const))
    const inTable = ROWS.flatMap(({ key, spec }) =>
      names(spec.counterpart ?? '').map((name) => [name, key] as const),
    )
    const known = new Set(listed.map(({ name }) => name))
    expect(pairs(inList)).toEqual(pairs(inTable.filter(([name]) => known.has(name))))
  })
})

describe('the table of settings | itself', () => {
  it('no two settings share an environment variable', () => {
    const variables = ROWS.flatMap(({ spec }) => (spec.env === undefined ? [] : [spec.env]))
    expect(new Set(variables).size).toBe(variables.length)
  })

  it('every default and every value of the preset passes the setting’s own check', () => {
    for (const { key, spec } of ROWS) {
      expect(spec.check?.(spec.default) ?? [], key).toEqual([])
      if (spec.djoser !== undefined) expect(spec.check?.(spec.djoser) ?? [], key).toEqual([])
    }
  })

  it('no default is an opt-out', () => {
    for (const { key, spec } of ROWS) expect(spec.optOut?.when(spec.default) ?? false, key).toBe(false)
  })
})
