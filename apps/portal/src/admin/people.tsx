/** Everybody with an account: found as one types, made, invited. */
import type { Account, AccountQuery } from '@doorward/client/admin'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useSaying } from '../i18n/spoken.ts'
import { ago, moment } from '../i18n/times.ts'
import { ADMIN_PATHS, AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { ChosenFilter, List, TypedFilter, useFilters, usePages } from './list.tsx'
import { NewPerson } from './new-person.tsx'
import { useAdminTexts } from './texts.ts'

/** The page. */
export function People() {
  const texts = useAdminTexts()
  const { people } = texts
  const queries = useQueryClient()
  const [making, setMaking] = useState<'invite' | 'create' | null>(null)
  const [said, setSaid] = useSaying()
  return (
    <AdminPage
      title={texts.sections.people}
      lead={people.lead}
      tools={
        <>
          <Button small onClick={() => setMaking('invite')}>
            {people.invite}
          </Button>
          <Button small look="second" onClick={() => setMaking('create')}>
            {people.create}
          </Button>
        </>
      }
    >
      {said !== '' && <Notice kind="good">{said}</Notice>}
      <Found />
      {making && (
        <NewPerson
          how={making}
          close={() => setMaking(null)}
          made={({ email }) => {
            setSaid(making === 'invite' ? people.invited(email) : people.created(email))
            void queries.invalidateQueries({ queryKey: ['admin', 'people'] })
          }}
        />
      )}
    </AdminPage>
  )
}

function Found() {
  const { people, all } = useAdminTexts()
  const filters = useFilters()
  const query: AccountQuery = {
    search: filters.of('search'),
    state: (filters.of('state') || undefined) as AccountQuery['state'],
    role: filters.of('role'),
    sort: (filters.of('sort') || undefined) as AccountQuery['sort'],
    ...(filters.of('staff') !== '' && { is_staff: filters.of('staff') === 'yes' }),
  }
  const list = usePages<Account>(['people', query], (page) => admin.users({ ...query, ...page }))
  return (
    <>
      <search className="filters">
        <TypedFilter name="search" label={people.search} hint={people.searchHint} filters={filters} />
        <ChosenFilter
          name="state"
          label={people.state}
          choices={{ '': all, ...people.states }}
          filters={filters}
        />
        <ChosenFilter
          name="staff"
          label={people.rights}
          choices={{ '': all, yes: people.staff, no: people.notStaff }}
          filters={filters}
        />
        <TypedFilter name="role" label={people.role} filters={filters} />
        <ChosenFilter
          name="sort"
          label={people.sort}
          choices={{ '': people.sorts.newest, email: people.sorts.email }}
          filters={filters}
        />
      </search>
      <p className="quiet" role="status">
        {list.items && people.found(list.items.length, list.pages.hasNextPage)}
      </p>
      <List
        of={list}
        icon="person"
        empty={{ title: people.noneTitle, lead: people.none }}
        row={(account) => <PersonRow key={account.id} account={account} />}
      />
    </>
  )
}

/** First and last name, or nothing. */
export const nameOf = ({ first_name = '', last_name = '' }: Account): string =>
  `${first_name} ${last_name}`.trim()

function PersonRow({ account }: { account: Account }) {
  const { people } = useAdminTexts()
  const { locale } = useLocale()
  const { id, email, role, last_login: seen } = account
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          <Link href={`${ADMIN_PATHS.people}/${id}`} className="row-link">
            <strong>{nameOf(account) || email}</strong>
          </Link>
          <StateBadge account={account} />
          {account.is_staff && <span className="badge">{people.staff}</span>}
        </div>
        <p className="quiet">{[nameOf(account) && email, role].filter(Boolean).join(' · ')}</p>
      </div>
      <span className="quiet">
        {seen ? (
          <time dateTime={seen} title={moment(seen, locale)}>
            {people.lastSeen(ago(seen, locale))}
          </time>
        ) : (
          people.neverSeen
        )}
      </span>
    </li>
  )
}

const KINDS = { active: 'good', pending: 'warn', invited: 'warn', deactivated: 'wrong' } as const

/** How an account stands. */
export function StateBadge({ account: { account_state: state } }: { account: Account }) {
  const { people } = useAdminTexts()
  return <span className={`badge badge--${KINDS[state]}`}>{people.states[state]}</span>
}
