/** What is stored, to take home; and the account's end: for good, and only after a second look and the password. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { FaultNotice } from '../components/states.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { HiddenUsername, PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { download } from '../session/download.ts'
import { client } from '../session/session.ts'
import { useUser } from '../session/signed-in.tsx'
import { settings } from '../settings.ts'
import { AccountPage, Section } from './account-page.tsx'

/** The page. */
export function Data() {
  const { account, data } = useTexts()
  const [isAsking, setIsAsking] = useState(false)
  return (
    <AccountPage title={account.data}>
      {settings.dataExport && <Export />}
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

function Export() {
  const texts = useTexts()
  const { exportTitle, exportLead, exportSubmit } = texts.data
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<unknown>(null)
  const save = () => {
    setBusy(true)
    setFault(null)
    download('users/me/export/', 'account.json')
      .catch(setFault)
      .finally(() => setBusy(false))
  }
  return (
    <Section title={exportTitle} lead={exportLead}>
      {fault !== null && <FaultNotice error={fault} />}
      <div>
        <Button look="second" busy={busy} onClick={save}>
          {exportSubmit}
        </Button>
      </div>
    </Section>
  )
}

function DeleteDialog({ close }: { close: () => void }) {
  const { data, fields, reauthenticate } = useTexts()
  const { email } = useUser()
  const [, go] = useLocation()
  const send = async ({ current_password = '' }): Promise<void> => {
    await client.deleteMe({ current_password })
    go(PATHS.signIn, { replace: true, state: { happened: 'deleted' } })
  }
  return (
    <Dialog title={data.deleteConfirmTitle} lead={data.deleteConfirm(email)} close={close}>
      <p className="quiet">{reauthenticate.lead}</p>
      <Form send={send}>
        <HiddenUsername email={email} />
        <PasswordField name="current_password" label={fields.currentPassword} />
        <SubmitButton look="danger">{data.deleteSubmit}</SubmitButton>
      </Form>
    </Dialog>
  )
}
