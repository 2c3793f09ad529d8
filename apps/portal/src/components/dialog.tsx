/** A question before something happens: it takes the focus, and Escape or Cancel leave everything as it is. */
import type { ReactNode, RefObject } from 'react'
import { useEffect, useId, useRef } from 'react'
import { useTexts } from '../i18n/texts.ts'
import { Button } from './button.tsx'

/** The dialog. `close` is called however it ends; whoever has a `ref` can end it, and the focus goes back at once. */
export function Dialog({
  title,
  lead,
  close,
  ref,
  children,
}: {
  title: string
  lead?: string
  close: () => void
  ref?: RefObject<HTMLDialogElement | null>
  children: ReactNode
}) {
  const { common } = useTexts()
  const own = useRef<HTMLDialogElement>(null)
  const dialog = ref ?? own
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [dialog])
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
