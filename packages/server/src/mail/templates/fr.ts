/** The mails in French. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `Le lien fonctionne une seule fois, pendant ${lifetime}.`
const signInWith = ({ email }: LetterData) =>
  email ? `Vous vous connectez avec l’adresse e-mail ${email}.` : ''

/** French. */
export const fr: Language = {
  code: 'fr',
  greeting: (firstName) => (firstName ? `Bonjour ${firstName},` : 'Bonjour,'),
  buttonHint: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  footer: (siteName) => `Ceci est un message automatique de ${siteName}. Personne ne lit les réponses.`,
  letters: {
    activation: (data) => ({
      subject: `Activation de votre compte sur ${data.siteName}`,
      opening: [
        `Quelqu’un, vous sans doute, s’est inscrit sur ${data.siteName} avec cette adresse e-mail. Il reste une étape : ouvrez ce lien pour activer le compte.`,
      ],
      action: { label: 'Activer mon compte', url: data.link },
      notes: [`${worksOnce(data)} Ensuite, vous pourrez en demander un autre.`],
      aside:
        'Ce n’était pas vous ? Alors ne faites rien. Sans ce lien, le compte reste inactif et personne ne peut s’y connecter.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName} : compte créé et activé`,
      opening: [`Votre compte sur ${data.siteName} est créé et activé. Vous pouvez l’utiliser.`],
      notes: [signInWith(data)],
      aside:
        'Ce n’était pas vous ? Alors réinitialisez le mot de passe de ce compte et vérifiez que personne d’autre ne peut lire vos e-mails.',
    }),
    invitation: (data) => ({
      subject: `Vous êtes invité sur ${data.siteName}`,
      opening: [
        `Les responsables de ${data.siteName} ont créé un compte pour vous. Ouvrez ce lien pour choisir un mot de passe ; le compte sera alors prêt.`,
      ],
      action: { label: 'Accepter l’invitation', url: data.link },
      notes: [`${worksOnce(data)} Ensuite, demandez-leur de vous inviter à nouveau.`, signInWith(data)],
      aside:
        'Vous n’attendiez pas d’invitation ? Alors ne faites rien. Sans ce lien, personne ne peut se connecter au compte.',
    }),
    password_reset: (data) => ({
      subject: `Réinitialisation du mot de passe sur ${data.siteName}`,
      opening: [
        `Quelqu’un, vous sans doute, a demandé à réinitialiser le mot de passe de votre compte sur ${data.siteName}. Ouvrez ce lien pour en choisir un nouveau.`,
      ],
      action: { label: 'Choisir un nouveau mot de passe', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Ce n’était pas vous ? Alors ne faites rien. Votre mot de passe reste le même.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName} : mot de passe modifié`,
      opening: [`Le mot de passe de votre compte sur ${data.siteName} a été modifié.`],
      notes: [signInWith(data)],
      aside: `Ce n’était pas vous ? Alors quelqu’un d’autre est dans votre compte. Allez maintenant sur ${data.siteName}, réinitialisez votre mot de passe et vérifiez que personne d’autre ne peut lire vos e-mails.`,
    }),
    email_reset: (data) => ({
      subject: `Changement d’adresse e-mail sur ${data.siteName}`,
      opening: [
        `Quelqu’un, vous sans doute, a demandé à changer l’adresse e-mail de votre compte sur ${data.siteName}. Ouvrez ce lien pour saisir la nouvelle.`,
      ],
      action: { label: 'Saisir une nouvelle adresse', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Ce n’était pas vous ? Alors ne faites rien. Votre adresse e-mail reste la même.',
    }),
    email_change: (data) => ({
      subject: `Confirmez votre nouvelle adresse e-mail sur ${data.siteName}`,
      opening: [
        `Quelqu’un, vous sans doute, souhaite désormais se connecter à ${data.siteName} avec cette adresse e-mail. Ouvrez ce lien pour la confirmer.`,
      ],
      action: { label: 'Confirmer cette adresse', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Ce n’était pas vous ? Alors ne faites rien. Sans ce lien, rien ne change.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName} : cette adresse a déjà un compte`,
      opening: [
        `Quelqu’un, vous sans doute, a voulu utiliser cette adresse e-mail pour un autre compte sur ${data.siteName}. Elle appartient déjà à votre compte, rien n’a donc été modifié. Pour l’utiliser avec l’autre, donnez d’abord une autre adresse à ce compte, ou supprimez-le.`,
      ],
      action: { label: `Aller sur ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Ce n’était pas vous ? Alors ne faites rien. Votre compte est inchangé, et la personne qui a essayé n’a pas su qu’il existe.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName} : adresse e-mail modifiée`,
      opening: [
        `L’adresse e-mail de votre compte sur ${data.siteName} a été modifiée. Désormais, connectez-vous avec ${data.email || 'la nouvelle'}.`,
      ],
      aside: `Ce n’était pas vous ? Alors quelqu’un a donné votre adresse pour son propre compte. Prévenez les responsables de ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName} : vous ne vous connectez plus avec cette adresse`,
      opening: [
        `L’adresse e-mail de votre compte sur ${data.siteName} a été modifiée. Cette adresse ne permet plus de se connecter, et nos e-mails vont maintenant à la nouvelle.`,
      ],
      action: { label: 'Annuler le changement', url: data.link },
      notes: [
        `Le lien fonctionne une seule fois, pendant ${data.lifetime}. Il rétablit cette adresse, déconnecte tout le monde et vous laisse choisir un nouveau mot de passe.`,
      ],
      aside:
        'Ce n’était pas vous ? Alors quelqu’un d’autre a votre compte : annulez le changement maintenant et vérifiez que personne d’autre ne peut lire vos e-mails.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName} : votre adresse e-mail est rétablie`,
      opening: [
        `Le changement d’adresse e-mail de votre compte sur ${data.siteName} a été annulé. Tout le monde est déconnecté et le mot de passe ne fonctionne plus. Ouvrez ce lien pour en choisir un nouveau.`,
      ],
      action: { label: 'Choisir un nouveau mot de passe', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Ce n’était pas vous ? Alors vérifiez que personne d’autre ne peut lire vos e-mails et choisissez un nouveau mot de passe.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName} : vous avez déjà un compte`,
      opening: [
        `Quelqu’un, vous sans doute, a essayé de s’inscrire sur ${data.siteName} avec cette adresse e-mail. Vous avez déjà un compte : connectez-vous, ou réinitialisez le mot de passe si vous l’avez oublié.`,
      ],
      action: { label: `Aller sur ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Ce n’était pas vous ? Alors ne faites rien. Votre compte est inchangé, et la personne qui a essayé n’a pas su qu’il existe.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName} : vous avez été déconnecté par sécurité`,
      opening: [
        `Une de vos connexions à ${data.siteName} a été utilisée à deux endroits à la fois, ce qui arrive quand quelqu’un la copie. Par sécurité, nous y avons mis fin. Reconnectez-vous pour continuer.`,
      ],
      action: { label: 'Se reconnecter', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Vous ne savez pas pourquoi ? Alors réinitialisez votre mot de passe et cherchez sur votre appareil des programmes et des extensions de navigateur suspects.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName} : nombreuses connexions échouées`,
      opening: [
        `Quelqu’un a essayé de nombreux mots de passe pour votre compte sur ${data.siteName}. Tous étaient faux. Depuis les appareils que le compte ne connaît pas, chaque nouvel essai doit attendre un moment.`,
        'Vous devez attendre vous aussi ? Ouvrez ce lien pour choisir un nouveau mot de passe, et vous pourrez vous connecter aussitôt.',
      ],
      action: { label: 'Choisir un nouveau mot de passe', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Ce n’était pas vous ? Alors ne faites rien, si votre mot de passe est long et ne sert nulle part ailleurs. Nous en parlons au plus une fois par jour.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName} : connexion depuis un nouvel appareil`,
      opening: [
        `Quelqu’un, vous sans doute, s’est connecté à votre compte sur ${data.siteName} depuis un appareil sur lequel il n’avait pas encore servi : ${data.place}. C’était le ${data.time}.`,
      ],
      action: { label: `Aller sur ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Ce n’était pas vous ? Alors quelqu’un connaît votre mot de passe. Allez maintenant sur ${data.siteName} et réinitialisez-le, ce qui déconnecte tout le monde, et vérifiez que personne d’autre ne peut lire vos e-mails.`,
    }),
  },
}
