/** Coming from another system, and leaving for one: `doorward import` and `doorward export`. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { type RunOptions, run } from './run.ts'

const PASSWORD = 'Kiddie-Ride-4821'
const HASHES = [
  'pbkdf2_sha256$260000$ppJRVHV9O5TCsNdAXXwkaX$TOmKMtUrNnBSIcbpAqWHsUp0noFUQ6bbU+7NpKejKpw=',
  'pbkdf2_sha1$260000$LRfNkNDBgfZkgu2SWvj4nF$98JYXdsRHOatmmQmaQgBqlIhCww=',
  'argon2$argon2id$v=19$m=102400,t=2,p=8$VjFhOWoyS0NSUUJPNWVXdVFPNnNtcA$z9am12IGb3gWcY/qMz4Upg',
  'bcrypt_sha256$$2b$12$xn0Q0tFN6JkgNXuxOuj0U.ebg7azFjyvCvjKZSoXqaMv3ni9gicQS',
  'bcrypt$$2b$12$QhtzrgC7zbNtsS2mJdf6IOC4sOJJA7uWnInfT3lpR/IqTmy8A6jUO',
  'scrypt$16384$ppJRVHV9O5TCsNdAXXwkaX$8$1$SRh8qkDl0JbXHy2URaX7jtpu5xlV80lbgjmlrxfxiiHzxvNEFSPGCon4uVXKK5TabcYPPdyQcaY5owFhDZz4jA==',
  'md5$nhdFisXmXSlxVw4z8b9kOU$f1b77e7eedaf26a4f91394a6bbb71248',
]

/** What `manage.py dumpdata` writes, with rows of other models among them. */
const dumpdata = () =>
  JSON.stringify(
    [
      { model: 'contenttypes.contenttype', pk: 1, fields: { app_label: 'admin', model: 'logentry' } },
      ...HASHES.map((password, i) => ({
        model: 'accounts.useraccount',
        pk: 100 + i,
        fields: {
          password,
          last_login: i === 0 ? null : '2023-02-03T04:05:06.789Z',
          is_superuser: false,
          email: `Person${i}@Example.com`,
          first_name: 'Maya "the {brave}"',
          last_name: 'Santoso\\',
          role: i === 1 ? 'manager' : 'staff',
          is_active: i !== 2,
          is_staff: i === 1,
          groups: [],
        },
      })),
    ],
    null,
    1,
  )

for (const database of testDatabases()) {
  describe(`accounts of Django | ${database.name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-transfer-'))
    const where: RunOptions = { folder, env: { DATABASE_URL: await database.url() } }
    writeFileSync(join(folder, 'django.json'), dumpdata())
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })

    it('are checked first: what is in the file is said, and nothing is written', async () => {
      const checked = await run(['--json', 'import', 'django.json', '--check'], where)
      expect(checked.code, checked.err).toBe(0)
      expect(JSON.parse(checked.out)).toEqual({
        rows: 8,
        accounts: 7,
        faults: [],
        others: { 'contenttypes.contenttype': 1 },
        ignored: ['groups', 'is_superuser'],
        sample: null,
        format: 'json',
        written: null,
      })
      expect((await run(['export'], where)).out).toBe('')
    })

    it('are not imported when the password of the sample is wrong', async () => {
      const args = ['import', 'django.json', '--sample', 'person0@example.com']
      const wrong = await run(args, { ...where, input: 'Not-The-One-1234\n' })
      expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining('WRONG')])
      const absent = await run(['import', 'django.json', '--sample', 'nobody@example.com'], {
        ...where,
        input: `${PASSWORD}\n`,
      })
      expect([absent.code, absent.out]).toEqual([1, expect.stringContaining('NOT among the accounts')])
      expect((await run(['export'], where)).out).toBe('')
    })

    it('are imported once the sample is right, with ids, times and states; again, nothing is doubled', async () => {
      const args = ['import', 'django.json', '--sample', 'person0@example.com']
      const first = await run(args, { ...where, input: `${PASSWORD}\n` })
      expect(first.out).toContain('Imported 7 accounts; 0 were there already.')
      const again = await run(['--json', 'import', 'django.json'], where)
      expect(JSON.parse(again.out).written).toEqual({ stored: 0, existing: 7 })
      const [one, two] = (await run(['export'], where)).out
        .split('\n')
        .map((line) => line && JSON.parse(line))
      expect(one).toMatchObject({ id: 100, email: 'person0@example.com', last_login: null, is_staff: false })
      expect(two).toMatchObject({
        id: 101,
        role: 'manager',
        is_staff: true,
        first_name: 'Maya "the {brave}"',
        last_name: 'Santoso\\',
        last_login: '2023-02-03T04:05:06.789Z',
      })
    })

    it('stay switched off if they were: no activation mail and no new registration brings them back', async () => {
      const doorward = await createTestDoorward({ database: await database.url() })
      const email = 'person2@example.com'
      const off = await doorward.deps.store.users.byEmail(email)
      expect(off).toMatchObject({ isActive: false, deactivatedAt: expect.any(Number) })
      const ask = (path: string, body: object) =>
        doorward.fetch(
          new Request(`http://127.0.0.1:8000/auth/${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(body),
          }),
        )
      await ask('users/resend_activation/', { email })
      await doorward.register({ email, password: 'Strangers-Words-55', first_name: 'Stranger' })
      expect((await doorward.mails(email)).map(({ kind }) => kind)).not.toContain('activation')
      expect(await doorward.deps.store.users.byEmail(email)).toEqual(off)
      await doorward.close()
    })

    it('sign in with the password they have, whatever its hash, which is renewed on the way', async () => {
      const doorward = await createTestDoorward({ database: await database.url() })
      for (const [i, hash] of HASHES.entries()) {
        const email = `person${i}@example.com`
        if (i === 2) continue
        await doorward.signIn({ email, password: PASSWORD })
        const stored = (await doorward.deps.store.users.byEmail(email))?.passwordHash
        expect(stored, hash).toMatch(/^\$argon2id\$/)
      }
      await doorward.close()
    })

    it('are named when another account has their id, here or in the file: nobody is left out without a word', async () => {
      const row = (id: number, email: string) => JSON.stringify({ id, email })
      const rows = [
        row(100, 'newcomer@example.com'),
        row(900, 'one@example.com'),
        row(900, 'two@example.com'),
        row(901, 'person1@example.com'),
        row(102, 'person2@example.com'),
      ]
      writeFileSync(join(folder, 'ids.jsonl'), rows.join('\n'))
      const refused = await run(['--json', 'import', 'ids.jsonl'], where)
      expect([refused.code, JSON.parse(refused.out)]).toMatchObject([
        1,
        {
          rows: 5,
          accounts: 3,
          faults: [
            { row: 3, email: 'two@example.com', reason: 'row 2 has the same id' },
            { row: 1, email: 'newcomer@example.com', reason: 'its id 100 is that of another account here' },
          ],
          written: null,
        },
      ])
      const skipped = await run(['--json', 'import', 'ids.jsonl', '--skip-faulty'], where)
      expect(JSON.parse(skipped.out).written).toEqual({ stored: 1, existing: 2 })
      const fresh = await run(['--json', 'import', 'ids.jsonl', '--new-ids'], where)
      expect(JSON.parse(fresh.out).written).toEqual({ stored: 2, existing: 3 })
    })

    it('hold nothing that the database refuses when half of them are stored', async () => {
      const config =
        "export default { users: { fields: { born: { type: 'date' }, stores: { type: 'integer' } } } }"
      writeFileSync(join(folder, 'fields.config.ts'), config)
      const rows = [
        { email: 'good@example.com', born: '2000-02-29', stores: Number.MAX_SAFE_INTEGER },
        { email: 'day@example.com', born: '2001-02-29' },
        { email: 'month@example.com', born: '2001-13-01' },
        { email: 'number@example.com', stores: '9007199254740993' },
        { email: 'locale@example.com', locale: 'e\0n' },
        { email: 'reason@example.com', deactivation_reason: '\0' },
        { email: 'hash@example.com', password: '!\0' },
      ]
      writeFileSync(join(folder, 'odd.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n'))
      const args = ['--json', '--config', 'fields.config.ts', 'import', 'odd.jsonl', '--skip-faulty']
      const { code, out, err } = await run(args, where)
      expect(code, err).toBe(0)
      const { faults, written } = JSON.parse(out)
      expect(faults.map(({ row }: { row: number }) => row)).toEqual([2, 3, 4, 5, 6, 7])
      expect(written).toEqual({ stored: 1, existing: 0 })
    })

    it('leave the next id to who registers next', async () => {
      const doorward = await createTestDoorward({ database: await database.url() })
      const { email } = await doorward.register()
      expect((await doorward.deps.store.users.byEmail(email))?.id).toBeGreaterThan(106)
      const actions = (await doorward.deps.store.audit.list({ limit: 100 })).map(({ action }) => action)
      expect(actions).toContain('users_imported')
      expect(actions).toContain('users_exported')
      await doorward.close()
    })
  })
}

for (const database of testDatabases()) {
  describe(`leaving | ${database.name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-leaving-'))
    const where: RunOptions = { folder, env: { DATABASE_URL: await database.url() } }
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })

    beforeAll(async () => {
      const doorward = await createTestDoorward({ database: await database.url() })
      await doorward.signedUpUser({ first_name: 'Comma, "quote" and\nline', last_name: "Zoë's" })
      await doorward.register()
      await doorward.administrator()
      await doorward.deps.store.users.update(2, { profile: { role: '', last_name: ' space ' }, locale: 'id' })
      await doorward.close()
    })

    it.each(['jsonl', 'csv'])(
      'an export as %s that is imported elsewhere is exported there byte for byte',
      async (format) => {
        const name = `all.${format}`
        const exported = await run(['export', '--format', format, '--output', name], where)
        expect(exported.code, exported.err).toBe(0)
        expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)

        const elsewhere = mkdtempSync(join(tmpdir(), 'doorward-elsewhere-'))
        copyFileSync(join(folder, name), join(elsewhere, 'in'))
        const imported = await run(['import', 'in'], { folder: elsewhere })
        expect(imported.code, imported.out).toBe(0)
        const again = await run(['export', '--format', format], { folder: elsewhere })
        expect(again.out).toBe(readFileSync(join(folder, name), 'utf8'))
        rmSync(elsewhere, { recursive: true })
      },
    )

    it('overwrites nothing, and leaves the hashes out when asked to', async () => {
      const twice = await run(['export', '--output', 'all.csv'], where)
      expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('exists already')])
      expect((await run(['export', '--no-passwords'], where)).out).not.toContain('argon2')
    })
  })
}

describe('accounts of other systems', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-others-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const check = async (name: string, text: string, ...more: readonly string[]) => {
    writeFileSync(join(folder, name), text)
    const ran = await run(['--json', 'import', name, ...more], { folder })
    return { code: ran.code, report: JSON.parse(ran.out) }
  }
  const bcrypt = HASHES[4]?.replace('bcrypt$', '')

  it('of Auth0, Supabase, Clerk: plain bcrypt, whatever the columns are called', async () => {
    const auth0 = JSON.stringify({
      email: 'auth0@example.com',
      password_hash: bcrypt,
      given_name: 'Ann',
      email_verified: true,
    })
    const supabase = JSON.stringify({
      id: crypto.randomUUID(),
      email: 'supa@example.com',
      encrypted_password: bcrypt,
      email_confirmed_at: '2024-01-01 10:00:00+00',
    })
    const waiting = JSON.stringify({
      email: 'waiting@example.com',
      encrypted_password: bcrypt,
      email_confirmed_at: '',
    })
    const { report } = await check('others.jsonl', `${auth0}\n${supabase}\n${waiting}\n`)
    expect(report.written).toEqual({ stored: 3, existing: 0 })
    const doorward = await createTestDoorward({ database: `sqlite:${join(folder, 'data/doorward.db')}` })
    for (const email of ['auth0@example.com', 'supa@example.com'])
      await doorward.signIn({ email, password: PASSWORD })
    await expect(doorward.signIn({ email: 'waiting@example.com', password: PASSWORD })).rejects.toThrow('401')
    await doorward.close()
  })

  it('whose hashes cannot be checked are named by row, and then nothing is written', async () => {
    const rows = [
      'email,password',
      `good@example.com,${bcrypt}`,
      'firebase@example.com,scrypt:abc==',
      `costly@example.com,$2b$31$${'a'.repeat(53)}`,
      'no address,x',
      'none@example.com,',
      `Good@example.com,${bcrypt}`,
    ]
    const { code, report } = await check('faulty.csv', rows.join('\n'))
    expect(code).toBe(1)
    expect(report.faults).toEqual([
      { row: 2, email: 'firebase@example.com', reason: expect.stringContaining('unknown format') },
      { row: 3, email: 'costly@example.com', reason: expect.stringContaining('`bcrypt`') },
      { row: 4, email: 'no address', reason: 'there is no valid e-mail address' },
      { row: 6, email: 'good@example.com', reason: 'row 1 has the same address' },
    ])
    expect(report.written).toBeNull()
  })

  it.each(['csv', 'jsonl', 'json'])('may begin with a byte order mark: %s', async (format) => {
    const email = 'mark@example.com'
    const text =
      format === 'csv' ? `email\n${email}` : JSON.stringify(format === 'json' ? [{ email }] : { email })
    const { report } = await check(`mark.${format}`, `\ufeff${text}`, '--check')
    expect(report).toMatchObject({ format, accounts: 1, faults: [] })
  })

  it('are imported without the faulty ones when that is asked for; without a password only a link lets them in', async () => {
    const rows = ['email,password', 'firebase@example.com,scrypt:abc==', 'none@example.com,']
    const { code, report } = await check('partly.csv', rows.join('\n'), '--skip-faulty')
    expect([code, report.written]).toEqual([0, { stored: 1, existing: 0 }])
  })

  it('are refused as a whole when the file is no list of accounts', async () => {
    const { code, report } = await check('broken.jsonl', '{"email":"a@example.com"}\n{"email":\n')
    expect([code, report.faults]).toEqual([1, [{ row: 2, email: null, reason: 'it cannot be read' }]])
    writeFileSync(
      join(folder, 'latin.csv'),
      Buffer.from('email,first_name\na@example.com,Zo\xeb\n', 'latin1'),
    )
    const latin = await run(['import', 'latin.csv'], { folder })
    expect([latin.code, latin.err]).toEqual([
      1,
      expect.stringMatching(/^latin.csv is not written in UTF-8\..*\n$/),
    ])
    writeFileSync(join(folder, 'kinds.json'), '["a@example.com", {"email":"a@example.com"}]')
    const kinds = await run(['import', 'kinds.json'], { folder })
    expect([kinds.code, kinds.out]).toEqual([1, expect.stringContaining('row 1: it is no object')])
    const piped = await run(['import', '/dev/stdin'], { folder, input: 'email\na@example.com\n' })
    expect([piped.code, piped.err]).toEqual([1, expect.stringMatching(/^\/dev\/stdin is no file\. .*\n$/)])
    const missing = await run(['import', 'nowhere.csv'], { folder })
    expect([missing.code, missing.err]).toEqual([
      1,
      "ENOENT: no such file or directory, stat 'nowhere.csv'\n",
    ])
  }, 30_000)
})
