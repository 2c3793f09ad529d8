/** What became of the mails; those that were given up can be tried again. */
import type { MailQuery, MailRecord } from '@doorward/client/admin'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { FaultNotice } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useSaying } from '../i18n/spoken.ts'
import { ago, moment } from '../i18n/times.ts'
import { AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { ChosenFilter, List, TypedFilter, useFilters, usePages } from './list.tsx'
import { useAdminTexts } from './texts.ts'

/** The page. */
export function Mails() {
  const { sections, mails, people, all } = useAdminTexts()
  const filters = useFilters()
  const [said, setSaid] = useSaying()
  const query: MailQuery = {
    state: (filters.of('state') || undefined) as MailQuery['state'],
    to: filters.of('to'),
  }
  const list = usePages<MailRecord>(['mails', query], (page) => admin.mails({ ...query, ...page }))
  return (
    <AdminPage title={sections.mails} lead={mails.lead}>
      {said !== '' && <Notice kind="good">{said}</Notice>}
      <search className="filters">
        <ChosenFilter
          name="state"
          label={people.state}
          choices={{ '': all, ...mails.states }}
          filters={filters}
        />
        <TypedFilter name="to" label={mails.to} hint={mails.toHint} inputMode="email" filters={filters} />
      </search>
      <List
        of={list}
        icon="mail"
        empty={{ title: mails.noneTitle, lead: mails.none }}
        row={(mail) => <MailRow key={mail.id} mail={mail} say={setSaid} />}
      />
    </AdminPage>
  )
}

const KINDS = { queued: 'warn', sent: 'good', dead: 'wrong' } as const

function MailRow({ mail, say }: { mail: MailRecord; say: (what: string) => void }) {
  const { mails } = useAdminTexts()
  const { locale } = useLocale()
  const queries = useQueryClient()
  const retry = useMutation({
    mutationFn: () => admin.retryMail(mail.id),
    onSuccess: () => say(mails.retried(mail.to)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'mails'] }),
  })
  const { kind, to, state, attempts, created_at: at, next_attempt_at: next, last_error: error } = mail
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          {/* a newer server may know of more kinds than these pages do */}
          <strong>{(mails.kinds as Readonly<Record<string, string>>)[kind] ?? kind}</strong>
          <span className={`badge badge--${KINDS[state]}`}>{mails.states[state]}</span>
        </div>
        <p className="quiet">
          {to} ·{' '}
          <time dateTime={at} title={moment(at, locale)}>
            {ago(at, locale)}
          </time>
          {attempts > 0 && state !== 'sent' && ` · ${mails.attempts(attempts)}`}
          {next && attempts > 0 && ` · ${mails.next(moment(next, locale))}`}
        </p>
        {error && <p className="quiet mono">{error}</p>}
        {retry.isError && <FaultNotice error={retry.error} />}
      </div>
      {state === 'dead' && (
        <Button
          look="second"
          small
          busy={retry.isPending}
          aria-label={mails.retryLong(to)}
          onClick={() => retry.mutate()}
        >
          {mails.retry}
        </Button>
      )}
    </li>
  )
}
