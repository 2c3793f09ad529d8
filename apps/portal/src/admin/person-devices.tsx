/** Where somebody is signed in, and what happened to the account lately. */
import type { DeviceSession } from '@doorward/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Section } from '../account/account-page.tsx'
import { Button } from '../components/button.tsx'
import { FaultNotice, LoadFault, Loading } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { ago, moment } from '../i18n/times.ts'
import { useUser } from '../session/signed-in.tsx'
import { ADMIN_PATHS } from './admin-page.tsx'
import { admin } from './api.ts'
import { EntryRow } from './audit.tsx'
import { useAdminTexts } from './texts.ts'

/** The devices. Those of one's own are signed out on the page of the own account, which asks who it is. */
export function PersonDevices({ id, say }: { id: number; say: (what: string) => void }) {
  const { person } = useAdminTexts()
  const queries = useQueryClient()
  const isOwn = useUser().id === id
  const queryKey = ['admin', 'devices', id]
  const sessions = useQuery({ queryKey, queryFn: () => admin.sessions(id) })
  const end = useMutation({
    mutationFn: async (session: string | null) => {
      if (session === null) return admin.endSessions(id)
      await admin.endSession(id, session)
      return 1
    },
    onSuccess: (count) => say(person.done.ended(count)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['admin'] }),
  })
  return (
    <Section title={person.devices}>
      {sessions.isPending && <Loading lines={2} />}
      {sessions.isError && <LoadFault error={sessions.error} retry={() => void sessions.refetch()} />}
      {end.isError && <FaultNotice error={end.error} />}
      {sessions.data?.length === 0 && <p className="quiet">{person.noDevices}</p>}
      {sessions.data && sessions.data.length > 0 && (
        <>
          <ul className="rows">
            {sessions.data.map((session) => (
              <Device
                key={session.id}
                session={session}
                busy={end.isPending}
                end={isOwn ? null : () => end.mutate(session.id)}
              />
            ))}
          </ul>
          {!isOwn && (
            <div>
              <Button look="second" busy={end.isPending} onClick={() => end.mutate(null)}>
                {person.endAll}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}

function Device({ session, busy, end }: { session: DeviceSession; busy: boolean; end: (() => void) | null }) {
  const { devices } = useTexts()
  const { person } = useAdminTexts()
  const { locale } = useLocale()
  const { device, address, last_used_at: used } = session
  return (
    <li>
      <div className="stack stack--tight">
        <strong>{device}</strong>
        <p className="quiet">
          <time dateTime={used} title={moment(used, locale)}>
            {devices.lastUsed(ago(used, locale))}
          </time>
          {address && ` · ${address}`}
        </p>
      </div>
      {end && (
        <Button look="second" small busy={busy} aria-label={person.endLong(device)} onClick={end}>
          {person.end}
        </Button>
      )}
    </li>
  )
}

/** The newest entries of the audit log about the account. */
export function PersonActivity({ id }: { id: number }) {
  const { person } = useAdminTexts()
  const entries = useQuery({
    queryKey: ['admin', 'activity', id],
    queryFn: async () => (await admin.audit({ user: id, limit: 5 })).items,
  })
  return (
    <Section title={person.activity}>
      {entries.isPending && <Loading lines={3} />}
      {entries.isError && <LoadFault error={entries.error} retry={() => void entries.refetch()} />}
      {entries.data && (
        <ul className="rows">
          {entries.data.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
      <p>
        <Link href={`${ADMIN_PATHS.audit}?user=${id}`}>{person.allActivity}</Link>
      </p>
    </Section>
  )
}
