/** Where the person is signed in, with a way to end each of it. */
import type { Body, DeviceSession, DoorwardClient } from '@doorward/client'
import { asksForPassword } from '@doorward/client'
import { useCallback, useEffect, useId, useRef, useState } from 'react'
import { useAction } from './actions.ts'
import { HiddenUsername, PasswordField } from './field.tsx'
import { Form, Refusal } from './form.tsx'
import { useClient, useLabels } from './provider.tsx'
import { useUser } from './session.ts'

type Proof = Body<'endOtherSessions'>

/** Signs one device out, or with null all others. Gives how many were. */
const signOutOn = (client: DoorwardClient, id: string | null, proof?: Proof): Promise<number> =>
  id === null ? client.endOtherSessions(proof) : client.endSession(id, proof).then(() => 1)

/**
 * The devices, for a list of one's own. When the sign-in is not recent, ending one is refused: where
 * `asksForPassword(error)`, ask for the password and call again with `{ current_password }`.
 */
export function useSessions() {
  const client = useClient()
  const [sessions, setSessions] = useState<readonly DeviceSession[] | null>(null)
  const { run: load, error: loading } = useAction(async () => setSessions(await client.sessions()))
  const ending = useAction(async (id: string | null, proof?: Proof) => {
    const count = await signOutOn(client, id, proof)
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
    end: useCallback((id: string, proof?: Proof) => ending.run(id, proof), [ending.run]),
    /** Signs all other devices out. */
    endOthers: useCallback((proof?: Proof) => ending.run(null, proof), [ending.run]),
    pending: ending.pending,
    error: ending.error ?? loading,
  }
}

/** What was pressed: the button of a device, or with null the one for all others. */
interface Pressed {
  readonly id: string | null
  readonly button: string
}

/** The list. */
export function SessionList() {
  const labels = useLabels()
  const { sessions, reload, end, endOthers, pending, error } = useSessions()
  const [ended, setEnded] = useState<number | null>(null)
  const [pressed, setPressed] = useState<Pressed | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const isAsked = asksForPassword(error)
  const leave = () => {
    setPressed(null)
    // what had the focus is gone
    list.current?.focus()
  }
  const done = (count: number) => {
    setEnded(count)
    leave()
  }
  const act = async (what: Pressed) => {
    setPressed(what)
    const count = await (what.id === null ? endOthers() : end(what.id))
    if (count !== null) done(count)
  }
  return (
    <div className="doorward-sessions">
      {error && !isAsked && <Refusal error={error} />}
      <ul ref={list} tabIndex={-1} aria-label={labels.devices}>
        {sessions?.map((session) => (
          <Device
            key={session.id}
            session={session}
            end={() => void act({ id: session.id, button: labels.endSessionOn(session.device) })}
          />
        ))}
      </ul>
      {pressed && isAsked && (
        <Question {...pressed} done={(count) => reload().then(() => done(count))} cancel={leave} />
      )}
      {sessions && sessions.length > 1 && (
        <button
          type="button"
          aria-disabled={pending}
          onClick={() => void act({ id: null, button: labels.endOtherSessions })}
        >
          {labels.endOtherSessions}
        </button>
      )}
      <p role="status" className="doorward-status">
        {sessions === null && !error ? labels.loading : ended !== null && labels.sessionsEnded(ended)}
      </p>
    </div>
  )
}

/** Whether it is really the owner who wants it. */
function Question({
  id,
  button,
  done,
  cancel,
}: Pressed & { readonly done: (count: number) => Promise<void>; readonly cancel: () => void }) {
  const client = useClient()
  const labels = useLabels()
  const user = useUser()
  const hint = useId()
  const question = useRef<HTMLElement>(null)
  useEffect(() => question.current?.querySelector<HTMLElement>('[name=current_password]')?.focus(), [])
  return (
    <section ref={question} aria-labelledby={hint} className="doorward-fields">
      <Form
        button={button}
        act={async ({ current_password = '' }) => done(await signOutOn(client, id, { current_password }))}
      >
        <p id={hint}>{labels.confirmHint}</p>
        <HiddenUsername email={user?.email ?? ''} />
        <PasswordField name="current_password" autoComplete="current-password" />
      </Form>
      <button type="button" onClick={cancel}>
        {labels.cancel}
      </button>
    </section>
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
