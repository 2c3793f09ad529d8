/** Between steps 1 and 2: look into your mailbox, and what to do if nothing comes. */
import { useEffect, useState } from 'react'
import { useResendActivation } from './actions.ts'
import { Done, Refusal } from './form.tsx'
import { useLabels } from './provider.tsx'

/** Seconds between two mails. */
const PAUSE = 30

/** Says that a mail is on its way, and sends it again on demand, but not at once. */
export function CheckMail({ email }: { readonly email: string }) {
  const labels = useLabels()
  const { run, pending, error } = useResendActivation()
  const [left, wait] = useCountdown(PAUSE)
  const [isResent, setResent] = useState(false)
  const resend = async () => {
    if (left > 0) return
    setResent((await run(email)) !== null)
    wait()
  }
  return (
    <Done>
      <p>{labels.checkMail(email)}</p>
      <button type="button" aria-disabled={pending || left > 0} onClick={() => void resend()}>
        {left > 0 ? labels.resendIn(left) : labels.resend}
      </button>
      {error && <Refusal error={error} />}
      <p className="doorward-status">{isResent && labels.resent}</p>
    </Done>
  )
}

function useCountdown(seconds: number): readonly [number, () => void] {
  const [left, setLeft] = useState(seconds)
  const isWaiting = left > 0
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setLeft((before) => before - 1), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  return [left, () => setLeft(seconds)]
}
