/** How an account stands, and what changes that. */
import type { Account } from '@doorward/client/admin'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Section } from '../account/account-page.tsx'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FaultNotice } from '../components/states.tsx'
import { TextField } from '../forms/fields.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useLocale } from '../i18n/language.tsx'
import { moment } from '../i18n/times.ts'
import { useUser } from '../session/signed-in.tsx'
import { useAccountChanges } from './account-changes.ts'
import { ADMIN_PATHS } from './admin-page.tsx'
import { admin } from './api.ts'
import { StateBadge } from './people.tsx'
import { useAdminTexts } from './texts.ts'

/** The section. */
export function PersonState({ account, say }: { account: Account; say: (what: string) => void }) {
  const { person, people } = useAdminTexts()
  const { locale } = useLocale()
  const { email, account_state: state, deactivation_reason: reason } = account
  const since =
    {
      active: null,
      pending: account.created_at,
      invited: account.invited_at,
      deactivated: account.deactivated_at,
    }[state] ?? account.created_at
  return (
    <Section title={person.state}>
      <div className="row">
        <StateBadge account={account} />
        {account.is_staff && <span className="badge">{people.staff}</span>}
        <span className="quiet">
          {email} · {person.since(moment(since, locale))}
        </span>
      </div>
      {reason && (
        <p>
          {person.reason}: {reason}
        </p>
      )}
      <Acts account={account} say={say} />
    </Section>
  )
}

function Acts({ account, say }: { account: Account; say: (what: string) => void }) {
  const { person } = useAdminTexts()
  const me = useUser()
  const [, go] = useLocation()
  const changed = useAccountChanges(account.id)
  const [isAsking, setIsAsking] = useState(false)
  const act = useMutation({
    mutationFn: (work: () => Promise<Account | undefined>) => work(),
    onSuccess: (now) => changed(now),
  })
  const { id, account_state: state } = account
  const mail = (send: (id: number) => Promise<unknown>) => () =>
    act.mutate(async () => {
      await send(id)
      say(person.done.mailed)
      return undefined
    })
  const switchOn = () =>
    act.mutate(async () => {
      const now = await admin.reactivateUser(id)
      say(person.done.reactivated)
      return now
    })
  const withdraw = () =>
    act.mutate(async () => {
      await admin.withdrawInvitation(id)
      go(ADMIN_PATHS.people)
      return undefined
    })
  const buttons: readonly (readonly [when: boolean, text: string, onClick: () => void])[] = [
    [state === 'active' && account.has_password, person.sendReset, mail(admin.sendPasswordReset)],
    [state === 'pending', person.resendActivation, mail(admin.sendActivation)],
    [state === 'pending', person.activate, switchOn],
    [state === 'invited', person.inviteAgain, mail(admin.inviteAgain)],
    [state === 'invited', person.withdraw, withdraw],
    [state === 'deactivated', person.reactivate, switchOn],
    [state !== 'deactivated' && id !== me.id, person.deactivate, () => setIsAsking(true)],
  ]
  return (
    <>
      {act.isError && <FaultNotice error={act.error} />}
      <div className="row">
        {buttons
          .filter(([when]) => when)
          .map(([, text, onClick]) => (
            <Button key={text} look="second" small busy={act.isPending} onClick={onClick}>
              {text}
            </Button>
          ))}
      </div>
      {isAsking && (
        <Deactivate
          account={account}
          close={() => setIsAsking(false)}
          done={(now) => {
            changed(now)
            say(person.done.deactivated)
          }}
        />
      )}
    </>
  )
}

function Deactivate({
  account,
  close,
  done,
}: {
  account: Account
  close: () => void
  done: (now: Account) => void
}) {
  const { person } = useAdminTexts()
  const send = async ({ reason = '' }): Promise<void> => {
    done(await admin.deactivateUser(account.id, reason || undefined))
    close()
  }
  return (
    <Dialog title={person.deactivateTitle(account.email)} lead={person.deactivateLead} close={close}>
      <Form send={send}>
        <TextField
          name="reason"
          label={person.reason}
          hint={person.deactivateReason}
          optional
          maxLength={500}
        />
        <SubmitButton look="danger">{person.deactivateSubmit}</SubmitButton>
      </Form>
    </Dialog>
  )
}
