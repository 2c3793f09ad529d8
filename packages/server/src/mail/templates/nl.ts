/** The mails in Dutch. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `De link werkt één keer, binnen ${lifetime}.`
const signInWith = ({ email }: LetterData) => (email ? `U logt in met het e-mailadres ${email}.` : '')

/** Dutch. */
export const nl: Language = {
  code: 'nl',
  greeting: (firstName) => (firstName ? `Hallo ${firstName},` : 'Hallo,'),
  buttonHint: 'Werkt de knop niet? Kopieer dan dit adres naar uw browser:',
  footer: (siteName) => `Dit is een automatisch bericht van ${siteName}. Niemand leest antwoorden erop.`,
  letters: {
    activation: (data) => ({
      subject: `Activeer uw account op ${data.siteName}`,
      opening: [
        `Iemand, hopelijk u, heeft zich met dit e-mailadres op ${data.siteName} geregistreerd. Er is nog één stap: open deze link om het account te activeren.`,
      ],
      action: { label: 'Mijn account activeren', url: data.link },
      notes: [`${worksOnce(data)} Daarna kunt u een nieuwe aanvragen.`],
      aside:
        'Was u dit niet? Doe dan niets. Zonder deze link blijft het account inactief en kan niemand ermee inloggen.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: account gemaakt en geactiveerd`,
      opening: [`Uw account op ${data.siteName} is gemaakt en geactiveerd. U kunt het gebruiken.`],
      notes: [signInWith(data)],
      aside:
        'Was u dit niet? Stel dan het wachtwoord van dit account opnieuw in en controleer of niemand anders uw mail kan lezen.',
    }),
    invitation: (data) => ({
      subject: `U bent uitgenodigd voor ${data.siteName}`,
      opening: [
        `De beheerders van ${data.siteName} hebben een account voor u gemaakt. Open deze link om een wachtwoord te kiezen; dan is het account klaar.`,
      ],
      action: { label: 'Uitnodiging aannemen', url: data.link },
      notes: [`${worksOnce(data)} Vraag daarna om een nieuwe uitnodiging.`, signInWith(data)],
      aside:
        'Verwachtte u geen uitnodiging? Doe dan niets. Zonder deze link kan niemand op het account inloggen.',
    }),
    password_reset: (data) => ({
      subject: `Wachtwoord opnieuw instellen op ${data.siteName}`,
      opening: [
        `Iemand, hopelijk u, wil het wachtwoord van uw account op ${data.siteName} opnieuw instellen. Open deze link om een nieuw te kiezen.`,
      ],
      action: { label: 'Nieuw wachtwoord kiezen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Was u dit niet? Doe dan niets. Uw wachtwoord blijft zoals het is.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: wachtwoord gewijzigd`,
      opening: [`Het wachtwoord van uw account op ${data.siteName} is gewijzigd.`],
      notes: [signInWith(data)],
      aside: `Was u dit niet? Dan zit iemand anders in uw account. Ga nu naar ${data.siteName}, stel uw wachtwoord opnieuw in en controleer of niemand anders uw mail kan lezen.`,
    }),
    email_reset: (data) => ({
      subject: `E-mailadres wijzigen op ${data.siteName}`,
      opening: [
        `Iemand, hopelijk u, wil het e-mailadres van uw account op ${data.siteName} wijzigen. Open deze link om het nieuwe in te voeren.`,
      ],
      action: { label: 'Nieuw e-mailadres invoeren', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Was u dit niet? Doe dan niets. Uw e-mailadres blijft zoals het is.',
    }),
    email_change: (data) => ({
      subject: `Bevestig uw nieuwe e-mailadres op ${data.siteName}`,
      opening: [
        `Iemand, hopelijk u, wil voortaan met dit e-mailadres op ${data.siteName} inloggen. Open deze link om het te bevestigen.`,
      ],
      action: { label: 'Dit adres bevestigen', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Was u dit niet? Doe dan niets. Zonder deze link verandert er niets.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: dit adres heeft al een account`,
      opening: [
        `Iemand, hopelijk u, wilde dit e-mailadres voor een ander account op ${data.siteName} gebruiken. Het hoort al bij uw account, dus er is niets gewijzigd. Wilt u het voor het andere gebruiken, geef dit account dan eerst een ander adres of verwijder het.`,
      ],
      action: { label: `Naar ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Was u dit niet? Doe dan niets. Uw account is ongewijzigd, en wie het probeerde heeft niet gehoord dat het bestaat.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: e-mailadres gewijzigd`,
      opening: [
        `Het e-mailadres van uw account op ${data.siteName} is gewijzigd. Log voortaan in met ${data.email || 'het nieuwe'}.`,
      ],
      aside: `Was u dit niet? Dan heeft iemand uw adres voor een eigen account opgegeven. Meld het aan de beheerders van ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: u logt niet meer in met dit adres`,
      opening: [
        `Het e-mailadres van uw account op ${data.siteName} is gewijzigd. Met dit adres kunt u niet meer inloggen, en onze mails gaan nu naar het nieuwe.`,
      ],
      action: { label: 'Wijziging ongedaan maken', url: data.link },
      notes: [
        `De link werkt één keer, binnen ${data.lifetime}. Hij brengt dit adres terug, logt iedereen uit en laat u een nieuw wachtwoord kiezen.`,
      ],
      aside:
        'Was u dit niet? Dan heeft iemand anders uw account: maak de wijziging nu ongedaan en controleer of niemand anders uw mail kan lezen.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: uw e-mailadres is terug`,
      opening: [
        `De wijziging van het e-mailadres van uw account op ${data.siteName} is ongedaan gemaakt. Iedereen is uitgelogd en het wachtwoord werkt niet meer. Open deze link om een nieuw te kiezen.`,
      ],
      action: { label: 'Nieuw wachtwoord kiezen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Was u dit niet? Controleer dan of niemand anders uw mail kan lezen en kies een nieuw wachtwoord.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: u hebt al een account`,
      opening: [
        `Iemand, hopelijk u, wilde zich met dit e-mailadres op ${data.siteName} registreren. U hebt al een account: log ermee in, of stel het wachtwoord opnieuw in als u het vergeten bent.`,
      ],
      action: { label: `Naar ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Was u dit niet? Doe dan niets. Uw account is ongewijzigd, en wie het probeerde heeft niet gehoord dat het bestaat.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: u bent voor de veiligheid uitgelogd`,
      opening: [
        `Een van uw sessies op ${data.siteName} werd op twee plekken tegelijk gebruikt. Dat gebeurt als iemand die kopieert. Voor de zekerheid hebben we de sessie beëindigd. Log opnieuw in om verder te gaan.`,
      ],
      action: { label: 'Opnieuw inloggen', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Weet u niet waarom? Stel dan uw wachtwoord opnieuw in en zoek op uw apparaat naar programma’s en browserextensies die u niet vertrouwt.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: veel mislukte inlogpogingen`,
      opening: [
        `Iemand heeft veel wachtwoorden voor uw account op ${data.siteName} geprobeerd. Ze waren allemaal fout. Vanaf apparaten die het account niet kent, moet elke volgende poging een tijd wachten.`,
        'Moet u zelf ook wachten? Open deze link om een nieuw wachtwoord te kiezen, dan kunt u meteen inloggen.',
      ],
      action: { label: 'Nieuw wachtwoord kiezen', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Was u dit niet? Doe dan niets, als uw wachtwoord lang is en u het nergens anders gebruikt. We schrijven hierover ten hoogste één keer per dag.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: ingelogd op een nieuw apparaat`,
      opening: [
        `Iemand, hopelijk u, heeft op uw account bij ${data.siteName} ingelogd vanaf een apparaat waarop het nog niet gebruikt was: ${data.place}. Dat was op ${data.time}.`,
      ],
      action: { label: `Naar ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Was u dit niet? Dan kent iemand uw wachtwoord. Ga nu naar ${data.siteName} en stel het opnieuw in, dat logt iedereen uit, en controleer of niemand anders uw mail kan lezen.`,
    }),
  },
}
