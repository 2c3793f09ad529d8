/** Where the person is signed in, and an end to it. */
import type { DeviceSession } from '@doorward/client'
import { isDoorwardClientError } from '@doorward/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { FaultNotice, LoadFault, Loading } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useSaying } from '../i18n/spoken.ts'
import { useTexts } from '../i18n/texts.ts'
import { ago, moment } from '../i18n/times.ts'
import { useProve } from '../session/proof.tsx'
import { client } from '../session/session.ts'
import { AccountPage } from './account-page.tsx'

const KEY = ['sessions']

/** The page. */
export function Devices() {
  const texts = useTexts()
  const sessions = useQuery({ queryKey: KEY, queryFn: () => client.sessions() })
  const [said, setSaid] = useSaying()
  return (
    <AccountPage title={texts.account.devices} lead={texts.devices.lead}>
      <div className="stack">
        {said !== '' && <Notice kind="good">{said}</Notice>}
        {sessions.isPending && <Loading />}
        {sessions.isError && <LoadFault error={sessions.error} retry={() => void sessions.refetch()} />}
        {sessions.data && <DeviceList sessions={sessions.data} say={setSaid} />}
      </div>
    </AccountPage>
  )
}

function DeviceList({ sessions, say }: { sessions: readonly DeviceSession[]; say: (what: string) => void }) {
  const texts = useTexts()
  const queries = useQueryClient()
  const prove = useProve()
  const list = useRef<HTMLUListElement>(null)
  const others = sessions.filter(({ current }) => !current)
  const done = (what: string) => {
    say(what)
    // the button that was pressed is about to go
    list.current?.focus()
  }
  const endOthers = useMutation({
    mutationFn: () => prove((proof) => client.endOtherSessions(proof)),
    onSuccess: (count) => {
      if (count === null) return
      done(texts.devices.ended(count))
      return queries.invalidateQueries({ queryKey: KEY })
    },
  })
  return (
    <>
      <ul ref={list} className="rows" tabIndex={-1} aria-label={texts.account.devices}>
        {sessions.map((session) => (
          <Device key={session.id} session={session} done={done} />
        ))}
      </ul>
      {endOthers.isError && <FaultNotice error={endOthers.error} />}
      {others.length === 0 ? (
        <p className="quiet">{texts.devices.only}</p>
      ) : (
        <div>
          <Button look="second" busy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {texts.devices.endOthers}
          </Button>
        </div>
      )}
    </>
  )
}

/** A device that was signed out elsewhere meanwhile is what was wanted. */
function isGone(error: unknown): true {
  if (isDoorwardClientError(error) && error.code === 'not_found') return true
  throw error
}

function Device({ session, done }: { session: DeviceSession; done: (what: string) => void }) {
  const texts = useTexts()
  const { devices } = texts
  const { locale } = useLocale()
  const queries = useQueryClient()
  const prove = useProve()
  const end = useMutation({
    mutationFn: () =>
      prove((proof) =>
        client
          .endSession(session.id, proof)
          .then(() => true)
          .catch(isGone),
      ),
    onSuccess: (ended) => ended && done(devices.endedOne(session.device)),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  })
  const { device, address, current, created_at: created, last_used_at: used } = session
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          <strong>{device}</strong>
          {current && <span className="badge badge--good">{devices.current}</span>}
        </div>
        <p className="quiet">
          <time dateTime={used} title={moment(used, locale)}>
            {devices.lastUsed(ago(used, locale))}
          </time>
          , {devices.since(moment(created, locale))}
          {address && ` · ${address}`}
        </p>
        {end.isError && <FaultNotice error={end.error} />}
      </div>
      {!current && (
        <Button
          look="second"
          small
          busy={end.isPending}
          aria-label={devices.endLong(device)}
          onClick={() => end.mutate()}
        >
          {devices.end}
        </Button>
      )}
    </li>
  )
}
