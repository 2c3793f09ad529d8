/** The keys that sign access tokens: which one signs, and how to exchange it. */
import type { Keys as KeyList, Proof } from '@doorward/client/admin'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Notice } from '../components/notice.tsx'
import { LoadFault, Loading } from '../components/states.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useSaying } from '../i18n/spoken.ts'
import { moment } from '../i18n/times.ts'
import { useProve } from '../session/proof.tsx'
import { AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { useAdminTexts } from './texts.ts'

const QUERY = ['admin', 'keys']

/** What is asked about: a rotation, or the end of one key. */
type Asked = 'rotate' | { readonly kid: string }

/** The page. */
export function Keys() {
  const { sections, keys: texts } = useAdminTexts()
  const keys = useQuery({ queryKey: QUERY, queryFn: () => admin.keys() })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [said, setSaid] = useSaying()
  return (
    <AdminPage
      title={sections.keys}
      lead={texts.lead}
      tools={
        keys.data?.stored && (
          <Button small onClick={() => setAsked('rotate')}>
            {texts.rotate}
          </Button>
        )
      }
    >
      {said !== '' && <Notice kind="good">{said}</Notice>}
      {keys.isPending && <Loading />}
      {keys.isError && <LoadFault error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data && !keys.data.stored && <Notice>{texts.notStored}</Notice>}
      {keys.data?.stored && (
        <ul className="rows">
          {keys.data.keys.map((key) => (
            <KeyRow key={key.kid} of={key} retire={() => setAsked({ kid: key.kid })} />
          ))}
        </ul>
      )}
      {asked && <Question asked={asked} close={() => setAsked(null)} say={setSaid} />}
    </AdminPage>
  )
}

const KINDS = { current: 'badge badge--good', next: 'badge', retiring: 'badge badge--warn' } as const

function KeyRow({ of: key, retire }: { of: KeyList['keys'][number]; retire: () => void }) {
  const { keys: texts } = useAdminTexts()
  const { locale } = useLocale()
  const { kid, alg, state, created_at: made, retires_at: until } = key
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          <strong>{alg}</strong>
          <span className={KINDS[state]}>{texts.states[state]}</span>
        </div>
        <p className="quiet mono">{kid}</p>
        <p className="quiet">
          {texts.made(moment(made, locale))}
          {until && `, ${texts.until(moment(until, locale))}`}
        </p>
      </div>
      {state !== 'current' && (
        <Button look="second" small aria-label={texts.retireLong(kid)} onClick={retire}>
          {texts.retire}
        </Button>
      )}
    </li>
  )
}

function Question({ asked, close, say }: { asked: Asked; close: () => void; say: (what: string) => void }) {
  const { keys: texts } = useAdminTexts()
  const prove = useProve()
  const queries = useQueryClient()
  const rotates = asked === 'rotate'
  const work = (proof: Proof): Promise<KeyList> =>
    asked === 'rotate' ? admin.rotateKeys(proof) : admin.retireKey(asked.kid, proof)
  const send = async (): Promise<void> => {
    const now = await prove(work)
    if (!now) return
    queries.setQueryData(QUERY, now)
    say(rotates ? texts.rotated : texts.retired)
    close()
  }
  return (
    <Dialog
      title={rotates ? texts.rotateTitle : texts.retireTitle}
      lead={rotates ? texts.rotateLead : texts.retireLead}
      close={close}
    >
      <Form send={send}>
        <SubmitButton look={rotates ? 'first' : 'danger'}>
          {rotates ? texts.rotateSubmit : texts.retireSubmit}
        </SubmitButton>
      </Form>
    </Dialog>
  )
}
