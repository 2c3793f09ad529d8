/** A question before something happens: it takes the focus, and Escape or Cancel leave everything as it is. */
import type { ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { useTexts } from '../i18n/texts.ts'

/** The dialog. `close` is called however it ends. */
export function Dialog({
  title,
  lead,
  close,
  children,
}: {
  title: string
  lead?: string
  close: () => void
  children: ReactNode
}) {
  const { common } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onClose={close}>
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {lead && <p>{lead}</p>}
        {children}
        <Button look="second" wide onClick={() => dialog.current?.close()}>
          {common.cancel}
        </Button>
      </div>
    </dialog>
  )
}
