/** The mails in German. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `Der Link gilt einmal und höchstens ${lifetime}.`
const signInWith = ({ email }: LetterData) =>
  email ? `Sie melden sich mit der E-Mail-Adresse ${email} an.` : ''

/** German. */
export const de: Language = {
  code: 'de',
  greeting: (firstName) => (firstName ? `Guten Tag ${firstName},` : 'Guten Tag,'),
  buttonHint: 'Wenn die Schaltfläche nicht geht, kopieren Sie diese Adresse in Ihren Browser:',
  footer: (siteName) =>
    `Dies ist eine automatische Nachricht von ${siteName}. Antworten darauf liest niemand.`,
  letters: {
    activation: (data) => ({
      subject: `Konto aktivieren bei ${data.siteName}`,
      opening: [
        `Jemand, hoffentlich Sie, hat sich mit dieser E-Mail-Adresse bei ${data.siteName} registriert. Ein Schritt fehlt noch: Öffnen Sie diesen Link, um das Konto zu aktivieren.`,
      ],
      action: { label: 'Mein Konto aktivieren', url: data.link },
      notes: [`${worksOnce(data)} Danach können Sie einen neuen anfordern.`],
      aside:
        'Waren das nicht Sie? Dann tun Sie nichts. Ohne diesen Link bleibt das Konto inaktiv, und niemand kann sich damit anmelden.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: Konto angelegt und aktiviert`,
      opening: [`Ihr Konto bei ${data.siteName} ist angelegt und aktiviert. Sie können es benutzen.`],
      notes: [signInWith(data)],
      aside:
        'Waren das nicht Sie? Dann setzen Sie das Passwort dieses Kontos zurück und prüfen Sie, ob jemand anderes Ihre E-Mails lesen kann.',
    }),
    invitation: (data) => ({
      subject: `Einladung zu ${data.siteName}`,
      opening: [
        `Die Betreiber von ${data.siteName} haben ein Konto für Sie angelegt. Öffnen Sie diesen Link, um ein Passwort zu wählen; dann ist das Konto bereit.`,
      ],
      action: { label: 'Einladung annehmen', url: data.link },
      notes: [`${worksOnce(data)} Danach bitten Sie sie um eine neue Einladung.`, signInWith(data)],
      aside:
        'Sie haben keine Einladung erwartet? Dann tun Sie nichts. Ohne diesen Link kann sich niemand bei dem Konto anmelden.',
    }),
    password_reset: (data) => ({
      subject: `Passwort zurücksetzen bei ${data.siteName}`,
      opening: [
        `Jemand, hoffentlich Sie, möchte das Passwort Ihres Kontos bei ${data.siteName} zurücksetzen. Öffnen Sie diesen Link, um ein neues zu wählen.`,
      ],
      action: { label: 'Neues Passwort wählen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Waren das nicht Sie? Dann tun Sie nichts. Ihr Passwort bleibt, wie es ist.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: Passwort geändert`,
      opening: [`Das Passwort Ihres Kontos bei ${data.siteName} wurde geändert.`],
      notes: [signInWith(data)],
      aside: `Waren das nicht Sie? Dann ist jemand anderes in Ihrem Konto. Gehen Sie jetzt zu ${data.siteName}, setzen Sie Ihr Passwort zurück und prüfen Sie, ob jemand anderes Ihre E-Mails lesen kann.`,
    }),
    email_reset: (data) => ({
      subject: `E-Mail-Adresse ändern bei ${data.siteName}`,
      opening: [
        `Jemand, hoffentlich Sie, möchte die E-Mail-Adresse Ihres Kontos bei ${data.siteName} ändern. Öffnen Sie diesen Link, um die neue einzugeben.`,
      ],
      action: { label: 'Neue E-Mail-Adresse eingeben', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Waren das nicht Sie? Dann tun Sie nichts. Ihre E-Mail-Adresse bleibt, wie sie ist.',
    }),
    email_change: (data) => ({
      subject: `Bestätigen Sie Ihre neue E-Mail-Adresse bei ${data.siteName}`,
      opening: [
        `Jemand, hoffentlich Sie, möchte sich bei ${data.siteName} künftig mit dieser E-Mail-Adresse anmelden. Öffnen Sie diesen Link, um sie zu bestätigen.`,
      ],
      action: { label: 'Diese Adresse bestätigen', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Waren das nicht Sie? Dann tun Sie nichts. Ohne diesen Link ändert sich nichts.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: Diese Adresse hat schon ein Konto`,
      opening: [
        `Jemand, hoffentlich Sie, wollte diese E-Mail-Adresse für ein anderes Konto bei ${data.siteName} verwenden. Sie gehört bereits zu Ihrem Konto, darum wurde nichts geändert. Um sie für das andere zu verwenden, geben Sie diesem Konto zuerst eine andere Adresse, oder löschen Sie es.`,
      ],
      action: { label: `Zu ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Waren das nicht Sie? Dann tun Sie nichts. Ihr Konto ist unverändert, und wer es versucht hat, hat nicht erfahren, dass es existiert.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: E-Mail-Adresse geändert`,
      opening: [
        `Die E-Mail-Adresse Ihres Kontos bei ${data.siteName} wurde geändert. Melden Sie sich ab jetzt mit ${data.email || 'der neuen'} an.`,
      ],
      aside: `Waren das nicht Sie? Dann hat jemand Ihre Adresse für ein eigenes Konto angegeben. Sagen Sie es den Betreibern von ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: Sie melden sich nicht mehr mit dieser Adresse an`,
      opening: [
        `Die E-Mail-Adresse Ihres Kontos bei ${data.siteName} wurde geändert. Mit dieser Adresse ist keine Anmeldung mehr möglich, und unsere E-Mails gehen nun an die neue.`,
      ],
      action: { label: 'Änderung rückgängig machen', url: data.link },
      notes: [
        `Der Link gilt einmal und höchstens ${data.lifetime}. Er stellt diese Adresse wieder her, meldet alle ab und lässt Sie ein neues Passwort wählen.`,
      ],
      aside:
        'Waren das nicht Sie? Dann hat jemand anderes Ihr Konto: Machen Sie die Änderung jetzt rückgängig und prüfen Sie, ob jemand anderes Ihre E-Mails lesen kann.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: Ihre E-Mail-Adresse ist wiederhergestellt`,
      opening: [
        `Die Änderung der E-Mail-Adresse Ihres Kontos bei ${data.siteName} wurde rückgängig gemacht. Alle sind abgemeldet, und das Passwort gilt nicht mehr. Öffnen Sie diesen Link, um ein neues zu wählen.`,
      ],
      action: { label: 'Neues Passwort wählen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Waren das nicht Sie? Dann prüfen Sie, ob jemand anderes Ihre E-Mails lesen kann, und wählen Sie ein neues Passwort.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: Sie haben schon ein Konto`,
      opening: [
        `Jemand, hoffentlich Sie, wollte sich mit dieser E-Mail-Adresse bei ${data.siteName} registrieren. Sie haben bereits ein Konto: Melden Sie sich damit an, oder setzen Sie das Passwort zurück, wenn Sie es vergessen haben.`,
      ],
      action: { label: `Zu ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Waren das nicht Sie? Dann tun Sie nichts. Ihr Konto ist unverändert, und wer es versucht hat, hat nicht erfahren, dass es existiert.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: Sie wurden zur Sicherheit abgemeldet`,
      opening: [
        `Eine Ihrer Anmeldungen bei ${data.siteName} wurde an zwei Orten zugleich benutzt. Das geschieht, wenn jemand sie kopiert. Zur Sicherheit haben wir sie beendet. Melden Sie sich erneut an, um fortzufahren.`,
      ],
      action: { label: 'Erneut anmelden', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Sie wissen nicht, warum? Dann setzen Sie Ihr Passwort zurück und suchen Sie auf Ihrem Gerät nach Programmen und Browser-Erweiterungen, denen Sie nicht trauen.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: viele fehlgeschlagene Anmeldungen`,
      opening: [
        `Jemand hat viele Passwörter für Ihr Konto bei ${data.siteName} ausprobiert. Alle waren falsch. Von Geräten, die das Konto nicht kennt, muss jeder weitere Versuch nun eine Weile warten.`,
        'Müssen Sie selbst warten? Öffnen Sie diesen Link, um ein neues Passwort zu wählen, und Sie können sich sofort anmelden.',
      ],
      action: { label: 'Neues Passwort wählen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Waren das nicht Sie? Dann tun Sie nichts, wenn Ihr Passwort lang ist und Sie es nirgends sonst verwenden. Wir schreiben darüber höchstens einmal am Tag.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: Anmeldung von einem neuen Gerät`,
      opening: [
        `Jemand, hoffentlich Sie, hat sich bei Ihrem Konto bei ${data.siteName} von einem Gerät angemeldet, auf dem es bisher nicht benutzt wurde: ${data.place}. Das war am ${data.time}.`,
      ],
      action: { label: `Zu ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Waren das nicht Sie? Dann kennt jemand Ihr Passwort. Gehen Sie jetzt zu ${data.siteName} und setzen Sie es zurück, das meldet alle ab, und prüfen Sie, ob jemand anderes Ihre E-Mails lesen kann.`,
    }),
  },
}
