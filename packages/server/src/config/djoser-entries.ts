/** The entries of Djoser's dictionaries, one by one: `SERIALIZERS`, `EMAIL`, `PERMISSIONS`, `WEBAUTHN`. */
import { type Counterpart, none, same } from './counterpart.ts'

const fixedRequest = (fields: string) => `None: the request is ${fields}, and there is nothing to add to it.`
const retypeSwitch = (instead: string) => `The class with the second field; the switch is \`${instead}\`.`

/** The classes that read requests and shape answers. */
export const SERIALIZERS: readonly Counterpart[] = [
  none('SERIALIZERS.activation', 'ActivationSerializer', fixedRequest('`uid`, `token`')),
  none('SERIALIZERS.password_reset', 'SendEmailResetSerializer', fixedRequest('`email`')),
  none(
    'SERIALIZERS.password_reset_confirm',
    'PasswordResetConfirmSerializer',
    fixedRequest('`uid`, `token`, `new_password`'),
  ),
  same(
    'SERIALIZERS.password_reset_confirm_retype',
    'PasswordResetConfirmRetypeSerializer',
    'passwords.retypeOnReset',
    retypeSwitch('passwords.retypeOnReset'),
  ),
  none(
    'SERIALIZERS.set_password',
    'SetPasswordSerializer',
    fixedRequest('`current_password`, `new_password`'),
  ),
  same(
    'SERIALIZERS.set_password_retype',
    'SetPasswordRetypeSerializer',
    'passwords.retypeOnChange',
    retypeSwitch('passwords.retypeOnChange'),
  ),
  none('SERIALIZERS.set_username', 'SetUsernameSerializer', fixedRequest('`current_password`, `new_email`')),
  same(
    'SERIALIZERS.set_username_retype',
    'SetUsernameRetypeSerializer',
    'emailChange.retypeOnChange',
    retypeSwitch('emailChange.retypeOnChange'),
  ),
  none('SERIALIZERS.username_reset', 'SendEmailResetSerializer', fixedRequest('`email`')),
  none(
    'SERIALIZERS.username_reset_confirm',
    'UsernameResetConfirmSerializer',
    fixedRequest('`uid`, `token`, `new_email`'),
  ),
  same(
    'SERIALIZERS.username_reset_confirm_retype',
    'UsernameResetConfirmRetypeSerializer',
    'emailChange.retypeOnReset',
    retypeSwitch('emailChange.retypeOnReset'),
  ),
  same(
    'SERIALIZERS.user_create',
    'UserCreateSerializer',
    'users.fields',
    'Declared fields are accepted at registration, with or without the second password field.',
  ),
  same(
    'SERIALIZERS.user_create_password_retype',
    'UserCreatePasswordRetypeSerializer',
    'registration.retypePassword',
    retypeSwitch('registration.retypePassword'),
  ),
  none('SERIALIZERS.user_delete', 'UserDeleteSerializer', fixedRequest('`current_password`')),
  same('SERIALIZERS.user', 'UserSerializer', 'users.fields', 'Declared fields are shown and can be changed.'),
  same(
    'SERIALIZERS.current_user',
    'UserSerializer',
    'users.fields',
    'One shape of an account everywhere. The password is never part of it, so it cannot be overwritten by a PATCH.',
  ),
  none('SERIALIZERS.token', 'TokenSerializer', 'None: the answer is `auth_token`.'),
  none('SERIALIZERS.token_create', 'TokenCreateSerializer', fixedRequest('`email`, `password`')),
  none('SERIALIZERS.provider_auth', 'ProviderAuthSerializer', 'None: there is no social sign-in.'),
]

/** The classes that write mails. */
export const EMAIL: readonly Counterpart[] = (
  [
    ['activation', 'ActivationEmail', 'activation'],
    ['confirmation', 'ConfirmationEmail', 'confirmation'],
    ['password_reset', 'PasswordResetEmail', 'password_reset'],
    ['password_changed_confirmation', 'PasswordChangedConfirmationEmail', 'password_changed'],
    ['username_changed_confirmation', 'UsernameChangedConfirmationEmail', 'email_changed'],
    ['username_reset', 'UsernameResetEmail', 'email_reset'],
  ] as const
).map(([name, initial, kind]) =>
  same(`EMAIL.${name}`, initial, 'mails.templates', `The kind \`${kind}\`: a function instead of a class.`),
)

/** Who may call what. */
export const PERMISSIONS: readonly Counterpart[] = (
  [
    ['activation', 'AllowAny', 'activate'],
    ['password_reset', 'AllowAny', 'requestPasswordReset` and `resendActivation'],
    ['password_reset_confirm', 'AllowAny', 'resetPassword'],
    ['set_password', 'CurrentUserOrAdmin', 'changePassword'],
    ['username_reset', 'AllowAny', 'requestEmailReset'],
    ['username_reset_confirm', 'AllowAny', 'resetEmail'],
    ['set_username', 'CurrentUserOrAdmin', 'changeEmail'],
    ['user_create', 'AllowAny', 'register'],
    ['user_delete', 'CurrentUserOrAdmin', 'deleteUser'],
    ['user', 'CurrentUserOrAdmin', 'readUser'],
    ['user_list', 'CurrentUserOrAdmin', 'listUsers'],
    ['token_create', 'AllowAny', 'signIn'],
    ['token_destroy', 'IsAuthenticated', 'signOutDatabaseToken'],
  ] as const
).map(([name, initial, operation]) =>
  same(`PERMISSIONS.${name}`, initial, 'api.permissions', `Operation \`${operation}\`.`),
)

/** Why nothing of `WEBAUTHN` has a counterpart. */
export const NO_PASSKEYS = 'None: there is no WebAuthn sign-in.'
/** Sign-in with a key. */
export const WEBAUTHN: readonly Counterpart[] = (
  [
    ['RP_NAME', "'localhost'"],
    ['RP_ID', "'localhost'"],
    ['ORIGIN', "'http://localhost:8000'"],
    ['CHALLENGE_LENGTH', '32'],
    ['UKEY_LENGTH', '20'],
    ['SIGNUP_SERIALIZER', 'WebauthnCreateUserSerializer'],
    ['LOGIN_SERIALIZER', 'WebauthnLoginSerializer'],
  ] as const
).map(([name, initial]) => none(`WEBAUTHN.${name}`, initial, NO_PASSKEYS))
