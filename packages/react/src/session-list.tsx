/** Where the person is signed in, with a way to end each of it. */
import type { DeviceSession } from '@doorward/client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAction } from './actions.ts'
import { sentence } from './form.tsx'
import { useClient, useLabels } from './provider.tsx'

/** The devices, for a list of one's own. */
export function useSessions() {
  const client = useClient()
  const [sessions, setSessions] = useState<readonly DeviceSession[] | null>(null)
  const { run: load, error: loading } = useAction(async () => setSessions(await client.sessions()))
  const ending = useAction(async (id: string | null) => {
    const count = id === null ? await client.endOtherSessions() : await client.endSession(id).then(() => 1)
    await load()
    return count
  })
  useEffect(() => {
    void load()
  }, [load])
  return {
    /** Null until they are known. */
    sessions,
    reload: load,
    /** Signs one device out. Gives how many were, or null when it was refused. */
    end: useCallback((id: string) => ending.run(id), [ending.run]),
    /** Signs all other devices out. */
    endOthers: useCallback(() => ending.run(null), [ending.run]),
    pending: ending.pending,
    error: ending.error ?? loading,
  }
}

/** The list. */
export function SessionList() {
  const labels = useLabels()
  const { sessions, end, endOthers, pending, error } = useSessions()
  const [said, say] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const act = async (ended: Promise<number | null>) => {
    const count = await ended
    if (count === null) return
    say(labels.sessionsEnded(count))
    // the button that was pressed is gone
    list.current?.focus()
  }
  return (
    <div className="doorward-sessions">
      {error && (
        <p role="alert" className="doorward-alert">
          {sentence(error, labels)}
        </p>
      )}
      <ul ref={list} tabIndex={-1} aria-label={labels.devices}>
        {sessions?.map((session) => (
          <Device key={session.id} session={session} end={() => void act(end(session.id))} />
        ))}
      </ul>
      {sessions && sessions.length > 1 && (
        <button type="button" aria-disabled={pending} onClick={() => void act(endOthers())}>
          {labels.endOtherSessions}
        </button>
      )}
      <p role="status" className="doorward-status">
        {sessions === null && !error ? labels.loading : said}
      </p>
    </div>
  )
}

/** A time as it is written in a language, where the browser's country writes it otherwise: in that way. */
function moment(iso: string, language: string): string {
  const regional = navigator.languages.find((tag) => tag.toLowerCase().startsWith(`${language}-`))
  return new Date(iso).toLocaleString(regional ?? language)
}

function Device({ session, end }: { readonly session: DeviceSession; readonly end: () => void }) {
  const labels = useLabels()
  return (
    <li>
      <div>
        <strong>{session.device}</strong> {session.current && <em>{labels.thisDevice}</em>}
        <p>
          {session.address} ·{' '}
          <time dateTime={session.last_used_at}>
            {labels.lastUsed(moment(session.last_used_at, labels.locale))}
          </time>
        </p>
      </div>
      {!session.current && (
        <button type="button" aria-label={labels.endSessionOn(session.device)} onClick={end}>
          {labels.endSession}
        </button>
      )}
    </li>
  )
}
