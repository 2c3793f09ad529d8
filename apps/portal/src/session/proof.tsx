/** What the server wants the password for, if the sign-in is not recent: it is asked for here, once, for all pages. */
import { asksForPassword } from '@doorward/client'
import type { Proof } from '@doorward/client/admin'
import type { ReactNode } from 'react'
import { createContext, use, useMemo, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Dialog } from '../components/dialog.tsx'
import { Form, SubmitButton } from '../forms/form.tsx'
import { HiddenUsername, PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { PATHS } from '../navigation.ts'
import { useUser } from './signed-in.tsx'

/** Does something that may need the password. Resolves with null when the person would rather not. */
export type Prove = <T>(work: (proof: Proof) => Promise<T>) => Promise<T | null>

const Context = createContext<Prove | null>(null)

interface Asked {
  /** Does it. What it gives lets whoever asked go on. */
  readonly again: (proof: Proof) => Promise<() => void>
  readonly cancel: () => void
}

/** Provides the prompt. */
export function ProofProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const prove = useMemo<Prove>(
    () => async (work) => {
      try {
        return await work({})
      } catch (error) {
        if (!asksForPassword(error)) throw error
      }
      return new Promise((resolve) => {
        setAsked({
          again: async (proof) => {
            const result = await work(proof)
            return () => resolve(result)
          },
          cancel: () => resolve(null),
        })
      })
    },
    [],
  )
  return (
    <Context value={prove}>
      {children}
      {asked && <Prompt asked={asked} close={() => setAsked(null)} />}
    </Context>
  )
}

function Prompt({ asked, close }: { asked: Asked; close: () => void }) {
  const { fields, reauthenticate, signIn } = useTexts()
  const { email } = useUser()
  const dialog = useRef<HTMLDialogElement>(null)
  const send = async ({ current_password = '' }): Promise<void> => {
    const goOn = await asked.again({ current_password })
    // while it is open, nothing outside of it can take the focus
    dialog.current?.close()
    goOn()
  }
  const leave = () => {
    asked.cancel()
    close()
  }
  return (
    <Dialog ref={dialog} title={reauthenticate.title} lead={reauthenticate.lead} close={leave}>
      <Form send={send}>
        <HiddenUsername email={email} />
        <PasswordField name="current_password" label={fields.currentPassword} />
        <p>
          <Link href={PATHS.forgot} state={{ email }}>
            {signIn.forgot}
          </Link>
        </p>
        <SubmitButton>{reauthenticate.submit}</SubmitButton>
      </Form>
    </Dialog>
  )
}

/** Does something that may need the password. */
export function useProve(): Prove {
  const prove = use(Context)
  if (!prove) throw new TypeError('There is no ProofProvider around this.')
  return prove
}
