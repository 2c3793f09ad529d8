/** One mail: its links, and its text as a mail program would show it. Nothing in it can run. */
import { useState } from 'react'
import { Button } from '../components/button.tsx'
import { useTexts } from '../i18n/texts.ts'
import type { Mail } from './mail.ts'

/** The mail. */
export function MailView({ mail, back }: { mail: Mail | null; back: () => void }) {
  const { mailbox } = useTexts()
  const [isText, setIsText] = useState(false)
  if (!mail) return null
  return (
    <article className="mail-view card stack">
      <div className="mail-back">
        <Button look="quiet" small onClick={back}>
          ← {mailbox.back}
        </Button>
      </div>
      <header className="stack stack--tight">
        <h2>{mail.subject}</h2>
        <p className="quiet">{mailbox.to(mail.to)}</p>
      </header>
      {mail.links.length > 0 && <MailLinks links={mail.links} />}
      <fieldset className="tabs">
        <legend className="hidden">{mailbox.views}</legend>
        <label>
          <input type="radio" name="view" checked={!isText} onChange={() => setIsText(false)} />
          <span>{mailbox.asPage}</span>
        </label>
        <label>
          <input type="radio" name="view" checked={isText} onChange={() => setIsText(true)} />
          <span>{mailbox.asText}</span>
        </label>
      </fieldset>
      {isText ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <pre tabIndex={0}>{mail.text}</pre>
      ) : (
        <iframe
          key={mail.id}
          title={mail.subject}
          src={`/mailbox/messages/${mail.id}`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
    </article>
  )
}

function MailLinks({ links }: { links: readonly string[] }) {
  const { mailbox } = useTexts()
  return (
    <ul className="mail-links" aria-label={mailbox.links}>
      {links.map((link) => (
        <li key={link}>
          <a href={link} target="_blank" rel="noopener noreferrer">
            {link}
          </a>
        </li>
      ))}
    </ul>
  )
}
