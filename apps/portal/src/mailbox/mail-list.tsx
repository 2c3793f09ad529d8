/** The mails there are, newest first, and a search in them. */
import { useState } from 'react'
import { useLocale } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { ago, moment } from '../i18n/times.ts'
import type { Mail } from './mail.ts'

const BADGES: Record<Mail['state'], string> = {
  queued: 'badge--warn',
  sent: 'badge--good',
  dead: 'badge--wrong',
}

/** The list. */
export function MailList({
  mails,
  shown,
  open,
}: {
  mails: readonly Mail[]
  shown: Mail | null
  open: (id: number) => void
}) {
  const { mailbox } = useTexts()
  const [wanted, setWanted] = useState('')
  const words = wanted.trim().toLowerCase()
  const found = mails.filter(({ to, subject }) => `${to} ${subject}`.toLowerCase().includes(words))
  return (
    <div className="mail-list stack stack--tight">
      <label>
        <span className="hidden">{mailbox.search}</span>
        <input
          className="input"
          type="search"
          placeholder={mailbox.search}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      </label>
      <nav aria-label={mailbox.list}>
        <ul>
          {found.map((mail) => (
            <li key={mail.id}>
              <MailRow mail={mail} isShown={mail.id === shown?.id} open={open} />
            </li>
          ))}
        </ul>
      </nav>
      <p className="quiet">{found.length === 0 ? mailbox.noneFound : mailbox.live}</p>
    </div>
  )
}

function MailRow({ mail, isShown, open }: { mail: Mail; isShown: boolean; open: (id: number) => void }) {
  const { mailbox } = useTexts()
  const { locale } = useLocale()
  const { id, to, subject, state, created_at: created } = mail
  return (
    <button type="button" className="mail-row" aria-current={isShown || undefined} onClick={() => open(id)}>
      <strong>{subject}</strong>
      <span className="quiet">{to}</span>
      <span className="row row--apart quiet">
        <time dateTime={created} title={moment(created, locale)}>
          {ago(created, locale)}
        </time>
        <span className={`badge ${BADGES[state]}`}>{mailbox.states[state]}</span>
      </span>
    </button>
  )
}
