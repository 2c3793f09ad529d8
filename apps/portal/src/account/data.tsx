/** The account's end: for good, and only after a second look and the password. */
import { useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { client } from '../session/session.ts'
import { useUser } from '../session/signed-in.tsx'
import { AccountPage, Section } from './account-page.tsx'

/** The page. */
export function Data() {
  const { account, data } = useTexts()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <AccountPage title={account.data}>
      <Section title={data.deleteTitle} lead={data.deleteLead}>
        <div>
          <Button look="danger" onClick={() => setIsAsking(true)}>
            {data.deleteOpen}
          </Button>
        </div>
        {isAsking && <DeleteDialog close={() => setIsAsking(false)} />}
      </Section>
    </AccountPage>
  )
}

function DeleteDialog({ close }: { close: () => void }) {
  const { data, fields, common, reauthenticate } = useTexts()
  const { email } = useUser()
  const [, go] = useLocation()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const send = async ({ current_password = '' }): Promise<void> => {
    await client.deleteMe({ current_password })
    go(PATHS.signIn, { replace: true, state: { happened: 'deleted' } })
  }
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={title} onClose={close}>
      <div className="stack">
        <h2 id={title}>{data.deleteConfirmTitle}</h2>
        <p>{data.deleteConfirm(email)}</p>
        <p className="quiet">{reauthenticate.lead}</p>
        <Form send={send}>
          <PasswordField name="current_password" label={fields.currentPassword} />
          <SubmitButton look="danger">{data.deleteSubmit}</SubmitButton>
        </Form>
        <Button look="second" wide onClick={() => dialog.current?.close()}>
          {common.cancel}
        </Button>
      </div>
    </dialog>
  )
}
