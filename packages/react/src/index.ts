/** `@doorward/react`: all that there is to import, beside `@doorward/react/theme.css` and `@doorward/react/labels/…`. */
export type { NewPasswordProps } from './account-forms.tsx'
export { ChangeEmailForm, ChangePasswordForm, DeleteAccountForm, ProfileForm } from './account-forms.tsx'
export type { Action } from './actions.ts'
export {
  useAction,
  useActivate,
  useChangeEmail,
  useChangePassword,
  useConfirmEmailChange,
  useDeleteMe,
  useReauthenticate,
  useRegister,
  useRequestPasswordReset,
  useResendActivation,
  useResetEmail,
  useResetPassword,
  useSignIn,
  useSignOut,
  useUndoEmailChange,
  useUpdateMe,
} from './actions.ts'
export { CheckMail } from './check-mail.tsx'
export type { PasswordFieldProps, ProfileField } from './field.tsx'
export { DEFAULT_FIELDS, EmailField, Field, HiddenUsername, PasswordField } from './field.tsx'
export type { FormProps, Values } from './form.tsx'
export { Done, Form } from './form.tsx'
export type { LabelChanges, Labels } from './labels.ts'
export { withLabels } from './labels.ts'
export type { LinkFormProps } from './link-forms.tsx'
export {
  ActivateForm,
  ConfirmEmailForm,
  ResetEmailForm,
  ResetPasswordForm,
  UndoEmailForm,
} from './link-forms.tsx'
export type { DoorwardProviderProps } from './provider.tsx'
export { DoorwardProvider, useClient, useLabels } from './provider.tsx'
export type { RequireUserProps } from './require-user.tsx'
export { RequireUser } from './require-user.tsx'
export { useSession, useUser } from './session.ts'
export { SessionList, useSessions } from './session-list.tsx'
export type { RegisterFormProps } from './story-forms.tsx'
export { ForgotPasswordForm, RegisterForm, SignInForm } from './story-forms.tsx'
