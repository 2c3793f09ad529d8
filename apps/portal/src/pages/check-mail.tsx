/** Between two steps: a mail is on its way, and can be sent again after a while. */
import { isDoorwardClientError } from '@doorward/client'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { CardPage } from '../components/page.tsx'
import { Emblem, FaultNotice } from '../components/states.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useSaid } from '../session/said.ts'
import { client } from '../session/session.ts'
import { settings } from '../settings.ts'

/** How long a mail is given before it can be sent again, in seconds. */
const PATIENCE = 60

/** The page. */
export function CheckMailPage() {
  const { checkMail: texts } = useTexts()
  const said = useSaid()
  const { email, about } = said
  const isReset = about === 'reset'
  const lead = isReset && email ? texts.resetLead(email) : email ? texts.lead(email) : texts.leadWithout
  return (
    <CardPage title={texts.title} lead={lead} emblem={<Emblem icon="mail" />}>
      <p className="quiet">{texts.hint}</p>
      {email && <SendAgain email={email} isReset={isReset} />}
      <div className="row row--apart">
        <Link href={isReset ? PATHS.forgot : PATHS.register} state={said}>
          {texts.other}
        </Link>
        {settings.mailbox && <Link href={PATHS.mailbox}>{texts.openMailbox}</Link>}
      </div>
    </CardPage>
  )
}

function SendAgain({ email, isReset }: { email: string; isReset: boolean }) {
  const texts = useTexts()
  const [left, wait] = useCountdown(PATIENCE)
  const [busy, setBusy] = useState(false)
  const [outcome, setOutcome] = useState<'sent' | unknown>(null)
  const sendAgain = async (): Promise<void> => {
    setBusy(true)
    setOutcome(null)
    try {
      await (isReset ? client.requestPasswordReset(email) : client.resendActivation(email))
      setOutcome('sent')
      wait(PATIENCE)
    } catch (error) {
      setOutcome(error)
      if (isDoorwardClientError(error) && error.retryAfter !== null) wait(error.retryAfter)
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="stack">
      {outcome === 'sent' && <Notice kind="good">{texts.checkMail.sent}</Notice>}
      {outcome !== null && outcome !== 'sent' && <FaultNotice error={outcome} />}
      <Button look="second" wide busy={busy} idle={left > 0} onClick={() => void sendAgain()}>
        {left > 0 ? texts.checkMail.wait(left) : texts.checkMail.again}
      </Button>
    </div>
  )
}

/** Seconds that are left, and how to begin again. */
function useCountdown(from: number): readonly [number, (seconds: number) => void] {
  const [ends, setEnds] = useState(() => performance.now() + from * 1000)
  const [now, setNow] = useState(() => performance.now())
  const left = Math.max(0, Math.ceil((ends - now) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setInterval(() => setNow(performance.now()), 250)
    return () => clearInterval(timer)
  }, [left])
  const wait = (seconds: number): void => {
    setNow(performance.now())
    setEnds(performance.now() + seconds * 1000)
  }
  return [left, wait]
}
