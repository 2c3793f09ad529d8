/** `doorward mail`: what became of mails, another try for those given up, and how they look. */
import { Secret } from '@doorward/server'
import * as administration from '@doorward/server/administration'
import { Command, Option } from 'commander'
import { mailLocale, wholeNumber } from '../arguments.ts'
import { withDoorward } from '../host.ts'
import { insteadOf, printResult } from '../output.ts'
import { commandLine, loadProject } from '../project.ts'

type Kind = Parameters<typeof administration.composeMail>[0]['kind']

interface ListOptions {
  state?: 'queued' | 'sent' | 'dead'
  to?: string
  limit: number
}

const list = (): Command =>
  new Command('list')
    .description('list mails, the newest first')
    .addOption(new Option('--state <state>', 'how they stand').choices(['queued', 'sent', 'dead']))
    .option('--to <address>', 'to this address')
    .option('--limit <number>', 'how many', wholeNumber, 50)
    .action((query: ListOptions, command: Command) =>
      withDoorward(command, async ({ doorward, json }) => {
        const { items } = await administration.listMails(doorward.deps, query)
        const lines = items.map(({ id, state, kind, to, attempts, createdAt, lastError }) =>
          [
            String(id).padStart(6),
            new Date(createdAt).toISOString(),
            state.padEnd(6),
            kind.padEnd(20),
            `${attempts}×`.padEnd(4),
            to,
            lastError ?? '',
          ].join('  '),
        )
        printResult(items, lines.join('\n'), json)
      }),
    )

const noMail = (id: number): string =>
  `There is no mail ${id}. See those that were given up with: doorward mail list --state dead`

const retry = (): Command =>
  new Command('retry')
    .description('try mails again that were given up: one, or all of them')
    .argument('[id]', 'id of the mail', wholeNumber)
    .action((given: number | undefined, _: unknown, command: Command) =>
      withDoorward(command, async ({ doorward, json }) => {
        const { deps } = doorward
        const retried: number[] = []
        const again = async (id: number) => {
          await administration.retryMail(deps, { caller: null, id, origin: commandLine() })
          retried.push(id)
        }
        if (given !== undefined) await again(given).catch(insteadOf('not_found', noMail(given)))
        else {
          const dead = () => administration.listMails(deps, { state: 'dead', limit: 500 })
          for (let { items } = await dead(); items.length > 0; { items } = await dead()) {
            for (const { id } of items) await again(id)
          }
        }
        printResult(
          { retried },
          `${retried.length} mails are due again; a running server delivers them.`,
          json,
        )
      }),
    )

/** Somebody to write to, for mails that are only looked at. */
const somebody = (email: string, locale: string | null) => ({
  id: 0,
  email,
  profile: { first_name: 'Maya', last_name: 'Santoso', role: '' },
  locale,
})

interface PreviewOptions {
  locale?: string
  html?: boolean
}

const preview = (): Command =>
  new Command('preview')
    .description('show a mail as it would be written, with this project’s templates; nothing is sent')
    .argument('<kind>', 'kind of mail, such as activation or password_reset')
    .option(
      '--locale <language>',
      `language: ${administration.MAIL_LOCALES.join(', ')}, or one of the project’s`,
    )
    .option('--html', 'its HTML instead of its text')
    .action(async (kind: string, { locale, html }: PreviewOptions, command: Command) => {
      const { settings, json } = await loadProject(command)
      const language = mailLocale(locale, settings)
      const link = `${settings.server.frontendUrl}a-link/of/this-mail`
      const user = somebody('maya@example.com', language)
      const signIn = {
        userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
        address: '192.0.2.1',
        at: administration.systemClock.now(),
      }
      const occasion = { kind: kind as Kind, user, link, linkLifetime: 3600, signIn } as Parameters<
        typeof administration.composeMail
      >[0]
      if (!administration.MAIL_KINDS.includes(kind as Kind)) {
        throw new TypeError(`There is no mail ${kind}. There are: ${administration.MAIL_KINDS.join(', ')}.`)
      }
      const mail = administration.composeMail(occasion, { settings, clock: administration.systemClock })
      const { subject, text } = mail
      printResult(
        { subject, text, html: mail.html },
        html ? mail.html : `Subject: ${subject}\n\n${text}`,
        json,
      )
    })

const test = (): Command =>
  new Command('test')
    .description('send a mail now, past the outbox, to see that the mail server takes it')
    .requiredOption('--to <address>', 'whom to')
    .option('--locale <language>', 'language')
    .action(async ({ to, locale }: { to: string; locale?: string }, command: Command) => {
      const { settings, json } = await loadProject(command)
      const { smtpUrl, from } = settings.mails
      if (smtpUrl === null) throw new TypeError('There is no mail server. Set SMTP_URL.')
      const occasion = {
        kind: 'confirmation' as const,
        user: somebody(to, mailLocale(locale, settings)),
        link: null,
        linkLifetime: null,
      }
      const mail = administration.composeMail(occasion, { settings, clock: administration.systemClock })
      const transport = administration.createSmtpTransport({ url: new Secret(smtpUrl), from })
      const outbox = { id: 0, attempts: 1, nextAttemptAt: 0, sentAt: null, lastError: null }
      await transport
        .send({ ...mail, ...outbox, state: 'queued' })
        .catch((error: Error) => {
          throw new TypeError(`The mail was not taken: ${error.message}`, { cause: error })
        })
        .finally(transport.close)
      printResult({ to, subject: mail.subject }, `The mail server took “${mail.subject}” to ${to}.`, json)
    })

/** `list`, `retry`, `preview`, `test`. */
export const mailCommand = (): Command =>
  new Command('mail')
    .description('look at mails, try them again, and see how they look')
    .addCommand(list())
    .addCommand(retry())
    .addCommand(preview())
    .addCommand(test())
