/** The audit log: who did what to whom, when and from where. */
import type { AuditEntry, AuditQuery } from '@doorward/client/admin'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { FaultNotice } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { ago, moment } from '../i18n/times.ts'
import { download } from '../session/download.ts'
import { ADMIN_PATHS, AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { ChosenFilter, List, TypedFilter, useFilters, usePages } from './list.tsx'
import { useActionNames, useAdminTexts } from './texts.ts'

const numberOf = (text: string): number | undefined => (/^\d{1,15}$/.test(text) ? Number(text) : undefined)

/** The page. */
export function Audit() {
  const { sections, audit, all } = useAdminTexts()
  const names = useActionNames()
  const filters = useFilters()
  const query: AuditQuery = {
    user: numberOf(filters.of('user')),
    actor: numberOf(filters.of('actor')),
    action: filters.of('action'),
    since: filters.of('since'),
    until: filters.of('until'),
  }
  const list = usePages<AuditEntry>(['audit', query], (page) => admin.audit({ ...query, ...page }))
  return (
    <AdminPage title={sections.audit} lead={audit.lead}>
      <search className="filters">
        <ChosenFilter name="action" label={audit.action} choices={{ '': all, ...names }} filters={filters} />
        <TypedFilter name="user" label={audit.user} inputMode="numeric" filters={filters} />
        <TypedFilter name="actor" label={audit.actor} inputMode="numeric" filters={filters} />
        <TypedFilter name="since" label={audit.since} type="date" filters={filters} />
        <TypedFilter name="until" label={audit.until} type="date" filters={filters} />
      </search>
      <Downloads params={filters.params} />
      <List
        of={list}
        icon="shield"
        empty={{ title: audit.noneTitle, lead: audit.none }}
        row={(entry) => <EntryRow key={entry.id} entry={entry} withPersons />}
      />
    </AdminPage>
  )
}

function Downloads({ params }: { params: URLSearchParams }) {
  const { audit } = useAdminTexts()
  const save = useMutation({
    mutationFn: (format: 'csv' | 'json') => {
      const query = new URLSearchParams(params)
      query.set('format', format)
      return download(`admin/audit/?${query}`, `audit.${format}`)
    },
  })
  return (
    <>
      {save.isError && <FaultNotice error={save.error} />}
      <div className="row">
        {(['csv', 'json'] as const).map((format) => (
          <Button key={format} look="second" small busy={save.isPending} onClick={() => save.mutate(format)}>
            {audit[format]}
          </Button>
        ))}
      </div>
    </>
  )
}

/** An entry. */
export function EntryRow({ entry, withPersons }: { entry: AuditEntry; withPersons?: boolean }) {
  const { audit } = useAdminTexts()
  const names = useActionNames()
  const { locale } = useLocale()
  const { at, action, result, actor, user, device, address, details, request_id: request } = entry
  const where = [device, address, request && `${audit.request} ${request}`].filter(Boolean).join(' · ')
  const more = Object.entries(details).map(([name, value]) => `${name}: ${value}`)
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          <strong>{names[action] ?? action}</strong>
          {result === 'failure' && <span className="badge badge--warn">{audit.refused}</span>}
          {withPersons && user !== null && (
            <Link href={`${ADMIN_PATHS.people}/${user}`}>{audit.about(user)}</Link>
          )}
          {actor !== null && actor !== user && (
            <Link href={`${ADMIN_PATHS.people}/${actor}`}>{audit.by(actor)}</Link>
          )}
        </div>
        {where && <p className="quiet">{where}</p>}
        {more.length > 0 && <p className="quiet mono">{more.join(', ')}</p>}
      </div>
      <time className="quiet" dateTime={at} title={moment(at, locale)}>
        {ago(at, locale)}
      </time>
    </li>
  )
}
