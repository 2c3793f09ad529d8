/** The mails in English. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `The link works once, within ${lifetime}.`
const signInWith = ({ email }: LetterData) =>
  email ? `The e-mail address you sign in with is ${email}.` : ''

/** English. */
export const en: Language = {
  code: 'en',
  greeting: (firstName) => (firstName ? `Hello ${firstName},` : 'Hello,'),
  buttonHint: 'If the button does not work, copy this address into your browser:',
  footer: (siteName) => `This is an automatic mail from ${siteName}. Nobody reads answers to it.`,
  letters: {
    activation: (data) => ({
      subject: `Account activation on ${data.siteName}`,
      opening: [
        `Somebody, hopefully you, has registered on ${data.siteName} with this e-mail address. One step is left: open this link to activate the account.`,
      ],
      action: { label: 'Activate my account', url: data.link },
      notes: [`${worksOnce(data)} After that you can ask for a new one.`],
      aside:
        'It was not you? Then do nothing. Without this link the account stays inactive, and nobody can sign in to it.',
    }),
    invitation: (data) => ({
      subject: `You are invited to ${data.siteName}`,
      opening: [
        `The people who run ${data.siteName} have made an account for you. Open this link to choose a password; then the account is ready.`,
      ],
      action: { label: 'Accept the invitation', url: data.link },
      notes: [`${worksOnce(data)} After that, ask them to invite you again.`, signInWith(data)],
      aside: 'You do not know why? Then do nothing. Without this link nobody can sign in to the account.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: account created and activated`,
      opening: [`Your account on ${data.siteName} has been created and activated. It is ready to use.`],
      notes: [signInWith(data)],
      aside:
        'It was not you? Then reset the password of this account, and check that nobody else can read your mail.',
    }),
    password_reset: (data) => ({
      subject: `Password reset on ${data.siteName}`,
      opening: [
        `Somebody, hopefully you, has asked to reset the password of your account on ${data.siteName}. Open this link to choose a new one.`,
      ],
      action: { label: 'Choose a new password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'It was not you? Then do nothing. Your password stays as it is.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: password changed`,
      opening: [`The password of your account on ${data.siteName} has been changed.`],
      notes: [signInWith(data)],
      aside: `It was not you? Then somebody else is in your account. Go to ${data.siteName} now and reset your password, and check that nobody else can read your mail.`,
    }),
    email_reset: (data) => ({
      subject: `E-mail reset on ${data.siteName}`,
      opening: [
        `Somebody, hopefully you, has asked to change the e-mail address of your account on ${data.siteName}. Open this link to enter the new one.`,
      ],
      action: { label: 'Enter a new e-mail address', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'It was not you? Then do nothing. Your e-mail address stays as it is.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: e-mail changed`,
      opening: [
        `The e-mail address of your account on ${data.siteName} has been changed. From now on, sign in with ${data.email || 'the new one'}.`,
      ],
      aside: `It was not you? Then somebody has given your address for an account of theirs. Tell the people who run ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: you no longer sign in with this address`,
      opening: [
        `The e-mail address of your account on ${data.siteName} has been changed. This address no longer signs in, and our mails now go to the new one.`,
      ],
      action: { label: 'Undo the change', url: data.link },
      notes: [
        `The link works once, within ${data.lifetime}. It brings this address back, signs everybody out and lets you choose a new password.`,
      ],
      aside:
        'It was not you? Then somebody else has your account: undo the change now, and check that nobody else can read your mail.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: you already have an account`,
      opening: [
        `Somebody, hopefully you, has tried to register on ${data.siteName} with this e-mail address. You already have an account: sign in with it, or reset the password if you have forgotten it.`,
      ],
      action: { label: `Go to ${data.siteName}`, url: data.frontendUrl },
      aside:
        'It was not you? Then do nothing. Your account is as it was, and whoever tried has not been told that it exists.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: you have been signed out for safety`,
      opening: [
        `A sign-in of yours on ${data.siteName} was used in two places at once, which is what happens when somebody copies it. To be safe, we have ended it. Sign in again to go on.`,
      ],
      action: { label: 'Sign in again', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'You do not know why? Then reset your password, and look through your device for programs and browser extensions that you do not trust.',
    }),
    email_change: (data) => ({
      subject: `Confirm your new e-mail address on ${data.siteName}`,
      opening: [
        `Somebody, hopefully you, wants to sign in on ${data.siteName} with this e-mail address from now on. Open this link to confirm it.`,
      ],
      action: { label: 'Confirm this address', url: data.link },
      notes: [worksOnce(data)],
      aside: 'It was not you? Then do nothing. Without this link nothing changes.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: this address has an account already`,
      opening: [
        `Somebody, hopefully you, has tried to use this e-mail address for another account on ${data.siteName}. It belongs to your account already, so nothing was changed. To use it for the other one, first give this account another address, or delete it.`,
      ],
      action: { label: `Go to ${data.siteName}`, url: data.frontendUrl },
      aside:
        'It was not you? Then do nothing. Your account is as it was, and whoever tried has not been told that it exists.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: your e-mail address is back`,
      opening: [
        `The change of the e-mail address of your account on ${data.siteName} has been undone. Everybody is signed out, and the password no longer works. Open this link to choose a new one.`,
      ],
      action: { label: 'Choose a new password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'It was not you? Then check that nobody else can read your mail, and choose a new password.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: many failed sign-ins`,
      opening: [
        `Somebody has tried many passwords for your account on ${data.siteName}. All of them were wrong. From devices that the account does not know, every further attempt has to wait for a while.`,
        'Are you kept waiting yourself? Open this link to choose a new password, and you can sign in at once.',
      ],
      action: { label: 'Choose a new password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'It was not you? Then do nothing, if your password is a long one that you use nowhere else. We write about this at most once a day.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: sign-in from a new device`,
      opening: [
        `Somebody, hopefully you, has signed in to your account on ${data.siteName} from a device that it was not used on before: ${data.place}. That was on ${data.time}.`,
      ],
      action: { label: `Go to ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `It was not you? Then somebody knows your password. Go to ${data.siteName} now and reset it, which signs everybody out, and check that nobody else can read your mail.`,
    }),
  },
}
