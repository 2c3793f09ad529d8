/** Acts that could take an account away ask for the password, if the sign-in is not recent: here, once, for all pages. */
import type { Proof } from '@doorward/client/admin'
import type { ReactNode } from 'react'
import { createContext, use, useMemo, useState } from 'react'
import { Form, SubmitButton } from '../forms/form.tsx'
import { PasswordField } from '../forms/password-field.tsx'
import { useTexts } from '../i18n/texts.ts'
import { asksForProof } from './api.ts'
import { Dialog } from './dialog.tsx'
import { useAdminTexts } from './texts.ts'

/** Does something that may need the password. Resolves with null when the person would rather not. */
export type Prove = <T>(work: (proof: Proof) => Promise<T>) => Promise<T | null>

const Context = createContext<Prove | null>(null)

interface Asked {
  readonly again: (proof: Proof) => Promise<void>
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
        if (!asksForProof(error)) throw error
      }
      return new Promise((resolve) => {
        setAsked({
          again: async (proof) => resolve(await work(proof)),
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
  const { fields, reauthenticate } = useTexts()
  const texts = useAdminTexts()
  const send = async ({ current_password = '' }): Promise<void> => {
    await asked.again({ current_password })
    close()
  }
  const leave = () => {
    asked.cancel()
    close()
  }
  return (
    <Dialog title={texts.confirmPassword} lead={reauthenticate.lead} close={leave}>
      <Form send={send}>
        <PasswordField name="current_password" label={fields.currentPassword} />
        <SubmitButton>{texts.confirm}</SubmitButton>
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
