/** The sections of settings about accounts: how they begin, what is mailed, and what changes them. */
import type { MailTemplates } from '../mail/kinds.ts'
import { linkPath, mailAddress, smtpUrl } from './checks.ts'
import { duration, flag, optionalText, optOutWhen, text, value } from './descriptors.ts'
import { mailTemplates } from './map-checks.ts'
import { userSettings } from './user-settings.ts'

/** Sections `users`, `registration`, `links`, `mails`, `emailChange`. */
export const accountSettings = {
  users: userSettings,
  registration: {
    open: flag({ default: true, env: 'REGISTRATION_OPEN', doc: 'Whether anybody may register.' }),
    retypePassword: flag({
      default: false,
      djoser: true,
      counterpart: 'USER_CREATE_PASSWORD_RETYPE',
      doc: 'Whether `re_password` must be sent.',
    }),
    activationMail: flag({
      default: true,
      counterpart: 'SEND_ACTIVATION_EMAIL',
      doc: 'New accounts are inactive until the link in their mail is used.',
      optOut: optOutWhen(false, 'people may register with addresses that are not theirs'),
    }),
    confirmationMail: flag({
      default: true,
      counterpart: 'SEND_CONFIRMATION_EMAIL',
      doc: 'Mail after activation (or after registration, where there is no activation mail).',
    }),
    tellTakenAddress: flag({
      default: false,
      djoser: true,
      doc: 'Whether a taken address is an error. Off: the answer is the same, and the owner is told by mail.',
      optOut: optOutWhen(true, 'strangers can find out who has an account'),
    }),
    tellNothingToResend: flag({
      default: false,
      djoser: true,
      doc: 'Whether resending answers 400 for an unknown or active address. Off: always 204.',
      optOut: optOutWhen(true, 'strangers can find out who has an account'),
    }),
  },
  links: {
    activation: text({
      default: 'activate/{uid}/{token}',
      counterpart: 'ACTIVATION_URL',
      doc: 'Front-end path of the activation link.',
      check: linkPath,
    }),
    passwordReset: text({
      default: 'password/reset/confirm/{uid}/{token}',
      counterpart: 'PASSWORD_RESET_CONFIRM_URL',
      doc: 'Front-end path of the password reset link.',
      check: linkPath,
    }),
    emailReset: text({
      default: 'email/reset/confirm/{uid}/{token}',
      counterpart: 'USERNAME_RESET_CONFIRM_URL',
      doc: 'Front-end path of the e-mail reset link.',
      check: linkPath,
    }),
    emailChange: text({
      default: 'email/change/confirm/{uid}/{token}',
      doc: 'Front-end path of the link that confirms a new address.',
      check: linkPath,
    }),
    emailUndo: text({
      default: 'email/change/undo/{uid}/{token}',
      doc: 'Front-end path of the link that takes a change of the address back.',
      check: linkPath,
    }),
    invitation: text({
      default: 'invitation/{uid}/{token}',
      doc: 'Front-end path of the link in an invitation, which sets the first password.',
      check: linkPath,
    }),
    invitationLifetime: duration({
      default: 604_800,
      min: 60,
      doc: 'How long an invitation is good. Inviting again makes a new link and ends the earlier ones.',
      optOut: {
        when: (time) => time > 2_592_000,
        risk: 'an invitation found in an old mailbox still opens the account',
      },
    }),
    activationLifetime: duration({
      default: 259_200,
      min: 60,
      counterpart: 'PASSWORD_RESET_TIMEOUT',
      doc: 'How long a link that proves an address is good, for activation and for a new address.',
    }),
    resetLifetime: duration({
      default: 3600,
      djoser: 259_200,
      min: 60,
      counterpart: 'PASSWORD_RESET_TIMEOUT',
      doc: 'How long a reset link is good. Short, because it opens the account.',
      optOut: {
        when: (time) => time > 86_400,
        risk: 'a reset link found in an old mailbox still opens the account',
      },
    }),
    undoLifetime: duration({
      default: 604_800,
      min: 3600,
      doc: 'How long the owner of the old address can take a change of the address back.',
    }),
  },
  mails: {
    smtpUrl: optionalText({
      default: null,
      env: 'SMTP_URL',
      counterpart: 'EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS',
      doc: 'The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. Unset: the development mailbox.',
      check: smtpUrl,
    }),
    from: text({
      default: 'webmaster@localhost',
      env: 'MAIL_FROM',
      counterpart: 'DEFAULT_FROM_EMAIL',
      doc: 'Sender of the mails.',
      check: mailAddress,
    }),
    locale: text({
      default: 'en',
      env: 'MAIL_LOCALE',
      counterpart: 'LANGUAGE_CODE',
      doc: 'Language of mails to those who have not chosen one: `de`, `en`, `es`, `fr`, `id`, `it`, `ja`, `nl`, `pt`, `zh`, or one that you have templates for.',
    }),
    templates: value<MailTemplates>({
      default: {},
      counterpart: 'EMAIL',
      doc: 'Your own mails, by language and kind: functions from data to subject, text and HTML.',
      check: mailTemplates,
    }),
    passwordChanged: flag({
      default: true,
      counterpart: 'PASSWORD_CHANGED_EMAIL_CONFIRMATION',
      doc: 'Mail after a password was changed or reset.',
      optOut: optOutWhen(false, 'people do not notice when somebody else sets their password'),
    }),
    emailChanged: flag({
      default: true,
      counterpart: 'USERNAME_CHANGED_EMAIL_CONFIRMATION',
      doc: 'Mail to the new address after an e-mail change.',
    }),
    failedSignIns: flag({
      default: true,
      djoser: false,
      doc: 'Mail to the owner of an account for which many wrong passwords were tried, at most once a day.',
    }),
    newDevice: flag({
      default: true,
      djoser: false,
      doc: 'Mail after a sign-in from a device that the account was not used on before.',
      optOut: optOutWhen(false, 'people do not notice when somebody else signs in with their password'),
    }),
    emailChangedToOldAddress: flag({
      default: true,
      djoser: false,
      doc: 'Mail to the old address after an e-mail change, so that its owner notices.',
      optOut: optOutWhen(false, 'people do not notice when somebody else takes their account'),
    }),
  },
  emailChange: {
    confirmNewAddress: flag({
      default: true,
      djoser: false,
      doc: 'Whether a new address counts only after the link mailed to it was used, and a taken one is not told: its owner gets a mail. Off: it counts at once.',
      optOut: optOutWhen(
        false,
        'strangers can find out who has an account, and people can lock themselves out by a slip',
      ),
    }),
    retypeOnChange: flag({
      default: false,
      counterpart: 'SET_USERNAME_RETYPE',
      doc: 'Whether `set_email` needs `re_new_email`.',
    }),
    retypeOnReset: flag({
      default: false,
      counterpart: 'USERNAME_RESET_CONFIRM_RETYPE',
      doc: 'Whether `reset_email_confirm` needs `re_new_email`.',
    }),
  },
} as const
