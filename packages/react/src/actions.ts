/** The flows as hooks: something to call, whether it is still running, and why it was refused. */
import type { DoorwardClient, DoorwardClientError } from '@doorward/client'
import { isDoorwardClientError } from '@doorward/client'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useClient } from './provider.tsx'

/** One flow. */
export interface Action<Input extends readonly unknown[], Output> {
  /** Runs it. Gives null when it was refused; the reason is in `error`. A second call while it runs joins the first. */
  run(...input: Input): Promise<Output | null>
  readonly pending: boolean
  readonly error: DoorwardClientError | null
}

interface Progress {
  readonly pending: boolean
  readonly error: DoorwardClientError | null
}

const IDLE: Progress = { pending: false, error: null }

/** Makes an action of any function that calls the client. */
export function useAction<Input extends readonly unknown[], Output>(
  act: (...input: Input) => Promise<Output>,
): Action<Input, Output> {
  const [progress, setProgress] = useState(IDLE)
  const running = useRef<Promise<Output | null> | null>(null)
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  const run = useCallback((...input: Input): Promise<Output | null> => {
    // state would come too late for the second of two quick clicks
    running.current ??= attempt(latest.current(...input), setProgress).finally(() => {
      running.current = null
    })
    return running.current
  }, [])
  return { run, ...progress }
}

async function attempt<Output>(
  result: Promise<Output>,
  tell: (progress: Progress) => void,
): Promise<Output | null> {
  tell({ pending: true, error: null })
  try {
    const output = await result
    tell(IDLE)
    return output
  } catch (error) {
    tell(isDoorwardClientError(error) ? { pending: false, error } : IDLE)
    if (!isDoorwardClientError(error)) throw error
    return null
  }
}

type FlowName = {
  [Name in keyof DoorwardClient]: DoorwardClient[Name] extends (...input: never[]) => Promise<unknown>
    ? Name
    : never
}[keyof DoorwardClient]

function useFlow<Name extends FlowName>(
  name: Name,
): Action<Parameters<DoorwardClient[Name]>, Awaited<ReturnType<DoorwardClient[Name]>>> {
  return useAction(useClient()[name] as never)
}

/** Registers. */
export const useRegister = () => useFlow('register')
/** Activates by the parts of a mailed link. */
export const useActivate = () => useFlow('activate')
/** Mails the activation link again. */
export const useResendActivation = () => useFlow('resendActivation')
/** Signs in. */
export const useSignIn = () => useFlow('signIn')
/** Signs out. */
export const useSignOut = () => useFlow('signOut')
/** Changes the profile. */
export const useUpdateMe = () => useFlow('updateMe')
/** Deletes the account. */
export const useDeleteMe = () => useFlow('deleteMe')
/** Mails a link for a new password. */
export const useRequestPasswordReset = () => useFlow('requestPasswordReset')
/** Sets a new password by the parts of a mailed link. */
export const useResetPassword = () => useFlow('resetPassword')
/** Changes the password. */
export const useChangePassword = () => useFlow('changePassword')
/** Changes the address. */
export const useChangeEmail = () => useFlow('changeEmail')
/** Sets a new address by the parts of a mailed link. */
export const useResetEmail = () => useFlow('resetEmail')
/** Confirms a new address by the parts of a mailed link. */
export const useConfirmEmailChange = () => useFlow('confirmEmailChange')
/** Takes a change of the address back by the parts of a mailed link. */
export const useUndoEmailChange = () => useFlow('undoEmailChange')
/** Proves again who one is. */
export const useReauthenticate = () => useFlow('reauthenticate')
