/** The development mailbox: what would have been mailed, as people would see it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ButtonLink } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { usePageTitle } from '../components/page.tsx'
import { Empty, LoadFault, Loading } from '../components/states.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { Queries } from '../session/queries.tsx'
import { site } from '../session/session.ts'
import { settings } from '../settings.ts'
import type { Mail } from './mail.ts'
import { MailList } from './mail-list.tsx'
import { MailView } from './mail-view.tsx'

/** How often new mails are looked for while the page is in sight, in milliseconds. */
const PACE = 2500

/** The page. */
export function Mailbox() {
  const { mailbox } = useTexts()
  usePageTitle(mailbox.title)
  return (
    <Queries owner={null}>
      <div className="stack">
        <header className="stack stack--tight">
          <div className="row">
            <h1>{mailbox.title}</h1>
            <span className="badge">{mailbox.badge}</span>
          </div>
          <p className="lead">{mailbox.lead(settings.siteName)}</p>
        </header>
        <Mails />
      </div>
    </Queries>
  )
}

function Mails() {
  const texts = useTexts()
  const [opened, setOpened] = useState<number | null>(null)
  const mails = useQuery({
    queryKey: ['mails'],
    queryFn: () => site.request<readonly Mail[]>('GET', 'mailbox/messages', undefined, { anonymous: true }),
    refetchInterval: PACE,
  })
  const { data, error } = mails
  if (!data) {
    return error ? <LoadFault error={error} retry={() => void mails.refetch()} /> : <Loading />
  }
  if (data.length === 0) {
    return (
      <div className="card">
        <Empty icon="mail" title={texts.mailbox.emptyTitle}>
          {texts.mailbox.empty}
        </Empty>
        {settings.pages === 'all' && (
          <p className="centre">
            <ButtonLink to={PATHS.register}>{texts.mailbox.register}</ButtonLink>
          </p>
        )}
      </div>
    )
  }
  const shown = data.find(({ id }) => id === opened) ?? null
  return (
    <>
      {error && <Notice kind="warn">{texts.faults.network}</Notice>}
      <div className="mailbox" data-opened={shown !== null || undefined}>
        <MailList mails={data} shown={shown ?? data[0] ?? null} open={setOpened} />
        <MailView mail={shown ?? data[0] ?? null} back={() => setOpened(null)} />
      </div>
    </>
  )
}
