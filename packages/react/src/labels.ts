/**
 * Every text that the forms show, in one object: replace some or all of them to speak another language. `labels/` has
 * ten languages, each in a module of its own, so that a project bundles the one that it speaks.
 */
import type { ClientErrorCode, User } from '@doorward/client'
import { en } from './labels/en.ts'

/** All texts. Those with a value in them are functions. */
export interface Labels {
  /** The language, such as `de` (BCP 47): times are written in it. */
  readonly locale: string
  /** Names of fields, by their names on the wire; a declared field without one shows its name. */
  readonly fields: Readonly<Record<string, string>>
  /** Said instead of the server's sentence, by code. */
  readonly errors: Readonly<Partial<Record<ClientErrorCode, string>>>
  readonly showPassword: string
  readonly working: string
  readonly loading: string
  readonly unreachable: string
  readonly denied: string
  readonly register: string
  readonly checkMail: (email: string) => string
  readonly resend: string
  readonly resendIn: (seconds: number) => string
  readonly resent: string
  readonly activate: string
  readonly activateHint: string
  readonly activated: string
  readonly signIn: string
  readonly signedIn: (user: User) => string
  readonly forgotPassword: string
  readonly resetMailed: (email: string) => string
  readonly resetPassword: string
  readonly passwordReset: string
  readonly changePassword: string
  readonly passwordChanged: string
  readonly changeEmail: string
  readonly emailChanged: (email: string) => string
  readonly emailMailed: (email: string) => string
  readonly confirmEmail: string
  readonly confirmEmailHint: string
  readonly emailConfirmed: string
  readonly undoEmail: string
  readonly undoEmailHint: string
  readonly emailUndone: string
  readonly saveProfile: string
  readonly profileSaved: string
  readonly devices: string
  readonly thisDevice: string
  readonly lastUsed: (when: string) => string
  readonly endSession: string
  readonly endSessionOn: (device: string) => string
  readonly endOtherSessions: string
  readonly sessionsEnded: (count: number) => string
  readonly confirmHint: string
  readonly cancel: string
  readonly deleteAccount: string
  readonly deleteHint: string
  readonly accountDeleted: string
}

/** Some texts; the others stay as they are. Names of fields and sentences of errors are replaced one by one. */
export type LabelChanges = Partial<Labels>

/** The texts with the changes in them. */
export const withLabels = (changes: LabelChanges = {}, base: Labels = en): Labels => ({
  ...base,
  ...changes,
  fields: { ...base.fields, ...changes.fields },
  errors: { ...base.errors, ...changes.errors },
})
