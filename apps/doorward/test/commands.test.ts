/** The command line over accounts, mails and the audit log, without a terminal. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDoorward } from '@doorward/server/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { testDatabases } from '../../../packages/server/src/testing/databases.ts'
import { startSmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { type RunOptions, run, SECRET } from './run.ts'

const PASSWORD = 'Kiddie-Ride-4821'

for (const database of testDatabases()) {
  describe(`commands | ${database.name}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-commands-'))
    const where: RunOptions = { folder, env: { DATABASE_URL: await database.url() } }
    afterAll(async () => {
      await database.close()
      rmSync(folder, { recursive: true })
    })
    const json = async (...args: readonly string[]) => {
      const ran = await run(['--json', ...args], where)
      expect(ran.code, ran.err).toBe(0)
      return JSON.parse(ran.out)
    }

    it('users: create, find, give a role, switch off and on, delete; and who did it is recorded', async () => {
      const email = 'maya@example.com'
      const args = ['--json', 'users', 'create', '--email', email, '--first-name', 'Maya']
      const made = await run(args, { ...where, input: `${PASSWORD}\n` })
      expect(made.code, made.err).toBe(0)
      const { id } = JSON.parse(made.out)
      expect((await json('users', 'set-role', email, 'manager')).role).toBe('manager')
      expect((await json('users', 'deactivate', String(id))).state).toBe('deactivated')
      expect((await json('users', 'reactivate', email)).state).toBe('active')
      expect(await json('users', 'list', '--search', 'may')).toMatchObject([{ email, role: 'manager' }])
      expect(await json('users', 'revoke-sessions', email)).toEqual({ ended: 0 })

      const unasked = await run(['users', 'delete', email], where)
      expect([unasked.code, unasked.err]).toEqual([1, expect.stringContaining('--yes')])
      expect(await json('users', 'delete', email, '--yes')).toEqual({ deleted: id })
      const gone = await run(['users', 'show', email], where)
      expect([gone.code, gone.err]).toEqual([1, `There is no account ${email}.\n`])

      const entries: readonly { action: string; actor: null; user_agent: string }[] = await json(
        ...['audit', 'list', '--user', String(id)],
      )
      expect(entries.map(({ action }) => action)).toEqual([
        ...['deleted', 'sessions_ended', 'reactivated', 'deactivated', 'role_changed', 'created'],
      ])
      expect(entries[0]).toMatchObject({ actor: null, user_agent: expect.stringMatching(/^command line/) })
      const exported = await run(['audit', 'export', '--action', 'role_changed'], where)
      expect(exported.out).toContain('"{""before"":"""",""after"":""manager""}"')
    }, 120_000)

    it('keys: rotate and retire, and what was done to keys is recorded', async () => {
      const [before] = await json('keys', 'list')
      const rotated: readonly { kid: string; state: string }[] = await json('keys', 'rotate')
      const retiring = rotated.find(({ state }) => state === 'retiring')
      expect(retiring).toBeDefined()
      expect(rotated.map(({ kid }) => kid)).toContain(before.kid)
      const left: typeof rotated = await json('keys', 'retire', retiring?.kid ?? '')
      expect(left.map(({ kid }) => kid)).not.toContain(retiring?.kid)
      for (const kid of ['no-such-key', '-ubPShwNQuhKyYjcvBRBLMpSL1askFgJ']) {
        const unknown = await run(['keys', 'retire', kid], where)
        expect([unknown.code, unknown.err]).toEqual([
          1,
          `There is no key “${kid}”. See those that there are with: doorward keys list\n`,
        ])
      }
      for (const action of ['key_rotated', 'key_retired']) {
        expect(await json('audit', 'list', '--action', action)).toMatchObject([{ action, actor: null }])
      }
    }, 120_000)

    it('users invite works with registration closed; the link is mailed', async () => {
      const closed = { ...where, env: { ...where.env, REGISTRATION_OPEN: 'false' } }
      const invited = await run(['--json', 'users', 'invite', '--email', 'new@example.com'], closed)
      expect(invited.code, invited.err).toBe(0)
      expect(JSON.parse(invited.out).state).toBe('invited')
      const again = await run(['users', 'invite', '--email', 'new@example.com'], closed)
      expect([again.code, again.err]).toEqual([1, 'email: user account with this email already exists.\n'])
      expect(await json('mail', 'list', '--to', 'new@example.com')).toMatchObject([
        { kind: 'invitation', state: 'queued' },
      ])
    })

    it('users create, users invite and createsuperuser take nothing that is no address', async () => {
      const names = ['--first-name', 'A', '--last-name', 'B', '--role', 'admin', '--password', PASSWORD]
      for (const email of ['maya', 'Maya <maya@example.com>', 'a@example.com, b@example.com']) {
        for (const command of [
          ['users', 'create'],
          ['users', 'invite'],
          ['createsuperuser', ...names],
        ]) {
          const ran = await run([...command, '--email', email], { ...where, input: `${PASSWORD}\n` })
          expect([ran.code, ran.err]).toEqual([1, 'email: Enter a valid email address.\n'])
        }
      }
    }, 60_000)

    it('users create, users invite, users set-role and createsuperuser take no longer texts than the API, and no role that there is not', async () => {
      const names = [
        '--email',
        'long@example.com',
        '--password',
        PASSWORD,
        '--first-name',
        'A',
        '--last-name',
        'B',
      ]
      const given = (role: string) => [
        ['users', 'create', '--email', 'long@example.com', '--role', role],
        ['users', 'invite', '--email', 'long@example.com', '--role', role],
        ['createsuperuser', ...names, '--role', role],
        ['users', 'set-role', 'role@example.com', role],
      ]
      const refused = async (args: readonly string[], err: string) => {
        const ran = await run(args, { ...where, input: `${PASSWORD}\n` })
        expect([ran.code, ran.err], args.join(' ')).toEqual([1, err])
      }
      const tooLong = (name: string, max: number) =>
        `${name}: Ensure this field has no more than ${max} characters.\n`
      await json('users', 'invite', '--email', 'role@example.com')
      for (const args of given('x'.repeat(31))) await refused(args, tooLong('role', 30))
      const create = ['users', 'create', '--email', 'long@example.com']
      await refused([...create, '--first-name', 'x'.repeat(256)], tooLong('first_name', 255))
      writeFileSync(join(folder, 'roles.config.ts'), "export default { users: { roles: ['buyer'] } }")
      for (const args of given('seller')) {
        await refused(['--config', 'roles.config.ts', ...args], 'role: "seller" is not a valid choice.\n')
      }
      expect((await json('users', 'set-role', 'role@example.com', ' buyer ')).role).toBe('buyer')
      const none = await run(['users', 'set-role', 'role@example.com', ' '], where)
      expect(none.out).toBe('role@example.com has no role.\n')
    }, 120_000)

    it('createsuperuser takes the password from standard input, where nobody else sees it', async () => {
      const names = ['--first-name', 'A', '--last-name', 'B', '--role', '']
      const args = ['--json', 'createsuperuser', '--email', 'root@example.com', ...names]
      const made = await run(args, { ...where, input: `${PASSWORD}\n` })
      expect([made.code, made.err]).toEqual([0, ''])
      expect(JSON.parse(made.out).email).toBe('root@example.com')
    })

    it('mail retry gives the dead another try', async () => {
      const config = { secrets: { list: [SECRET] } }
      const doorward = await createTestDoorward({ database: await database.url(), config })
      const { outbox } = doorward.deps.store
      const [mail] = await outbox.claim({ now: Date.now(), lease: 0, limit: 1 })
      await outbox.failed(mail?.id ?? 0, '550 no such user', null)
      await doorward.close()
      expect(await json('mail', 'list', '--state', 'dead')).toMatchObject([{ lastError: '550 no such user' }])
      expect(await json('mail', 'retry')).toEqual({ retried: [mail?.id] })
      expect(await json('mail', 'list', '--state', 'dead')).toEqual([])
      const nothing = await run(['mail', 'retry', '999'], where)
      expect([nothing.code, nothing.err]).toEqual([
        1,
        'There is no mail 999. See those that were given up with: doorward mail list --state dead\n',
      ])
    })
  })
}

describe('commands | mails', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doorward-mails-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('mail preview shows every kind in a language', async () => {
    const indonesian = await run(['mail', 'preview', 'password_reset', '--locale', 'id'], { folder })
    const english = await run(['mail', 'preview', 'password_reset'], { folder })
    expect(english.out).toContain('Subject: Password reset on Doorward')
    expect(indonesian.out).toMatch(/^Subject: .*sandi/i)
    const html = await run(['mail', 'preview', 'activation', '--html'], { folder })
    expect(html.out).toContain('<html')
    const unknown = await run(['mail', 'preview', 'nothing'], { folder })
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There are: activation')])
  })

  it.each([
    ['mail', 'preview', 'activation'],
    ['users', 'invite', '--email', 'maya@example.com'],
  ])(
    'a language without mails is refused, with those that there are: %s %s',
    async (...args) => {
      const templates = "{ sv: { activation: () => ({ subject: 'Hej', text: 'Hej' }) } }"
      writeFileSync(join(folder, 'sv.config.ts'), `export default { mails: { templates: ${templates} } }`)
      const command = ['--config', 'sv.config.ts', ...args, '--locale']
      const unknown = await run([...command, 'xx'], { folder })
      expect([unknown.code, unknown.err]).toEqual([
        1,
        'There are no mails in the language “xx”. There are: en, de, es, fr, id, it, ja, nl, pt, zh, sv.\n',
      ])
      const regional = await run([...command, 'sv-SE'], { folder })
      expect([regional.code, regional.err]).toEqual([0, expect.not.stringContaining('There are no mails')])
    },
    20_000,
  )

  it('what the operator can mend is told in sentences, without the program’s own lines', async () => {
    const { out } = await run(['keys', 'list'], { folder })
    expect(out).toContain('current')
    const other = { DOORWARD_SECRET: 'another secret, which is long enough for it' }
    const sealed = await run(['keys', 'list'], { folder, env: other })
    expect([sealed.code, sealed.err]).toEqual([
      1,
      expect.stringMatching(/^.* sealed with another secret\..*\n$/),
    ])
    const nowhere = await run(['db', 'copy', '--to', 'mysql://there'], { folder })
    expect([nowhere.code, nowhere.err]).toEqual([
      1,
      expect.stringMatching(/^This is not the address of a database\. Write .*\n$/),
    ])
  }, 60_000)

  it('audit list takes numbers from 1 on', async () => {
    const none = await run(['audit', 'list', '--limit', '0'], { folder })
    expect([none.code, none.err]).toEqual([
      1,
      expect.stringContaining("argument '0' is invalid. Write a number"),
    ])
    const good = ['--limit', '1000000', '--since', '2024-02-29']
    expect((await run(['audit', 'list', ...good], { folder })).code).toBe(0)
  })

  it('mail test sends one through the mail server, and says why not', async () => {
    const sink = await startSmtpSink()
    const env = { SMTP_URL: `smtp://127.0.0.1:${sink.port}` }
    const sent = await run(['mail', 'test', '--to', 'you@example.com'], { folder, env })
    expect([sent.code, sent.out]).toEqual([0, expect.stringContaining('to you@example.com')])
    expect(sink.mails).toHaveLength(1)
    sink.refusal = { command: 'RCPT', code: 550 }
    const refused = await run(['mail', 'test', '--to', 'you@example.com'], { folder, env })
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringMatching(/^The mail was not taken: .*550.*\n$/),
    ])
    await sink.close()
    const nobody = await run(['mail', 'test', '--to', 'you@example.com'], { folder, env })
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringMatching(/^The mail was not taken: .*\n$/)])
  })
})

describe('commands | a configuration file that cannot be loaded', () => {
  it('is named together with the cause', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'doorward-broken-'))
    writeFileSync(
      join(folder, 'doorward.config.ts'),
      "import { nothing } from '@doorward/nowhere'\nnothing()\n",
    )
    const { code, err } = await run(['migrate', 'status'], { folder })
    expect(code).toBe(1)
    expect(err).toMatch(/doorward\.config\.ts cannot be loaded[\s\S]*^Error: .*'@doorward\/nowhere'/m)
    expect(err).not.toContain('    at ')
    rmSync(folder, { recursive: true })
  })
})
