/** The mails in Italian. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `Il link funziona una volta sola, entro ${lifetime}.`
const signInWith = ({ email }: LetterData) => (email ? `L’indirizzo e-mail con cui accedi è ${email}.` : '')

/** Italian. */
export const it: Language = {
  code: 'it',
  greeting: (firstName) => (firstName ? `Ciao ${firstName},` : 'Ciao,'),
  buttonHint: 'Se il pulsante non funziona, copia questo indirizzo nel browser:',
  footer: (siteName) => `Questo è un messaggio automatico di ${siteName}. Nessuno legge le risposte.`,
  letters: {
    activation: (data) => ({
      subject: `Attiva il tuo account su ${data.siteName}`,
      opening: [
        `Qualcuno, speriamo tu, si è registrato su ${data.siteName} con questo indirizzo e-mail. Manca un passo: apri questo link per attivare l’account.`,
      ],
      action: { label: 'Attiva il mio account', url: data.link },
      notes: [`${worksOnce(data)} Dopo potrai chiederne uno nuovo.`],
      aside:
        'Non sei stato tu? Allora non fare nulla. Senza questo link l’account resta inattivo e nessuno può accedervi.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: account creato e attivato`,
      opening: [`Il tuo account su ${data.siteName} è stato creato e attivato. Puoi usarlo.`],
      notes: [signInWith(data)],
      aside:
        'Non sei stato tu? Allora reimposta la password di questo account e controlla che nessun altro possa leggere la tua posta.',
    }),
    invitation: (data) => ({
      subject: `Sei invitato su ${data.siteName}`,
      opening: [
        `Chi gestisce ${data.siteName} ha creato un account per te. Apri questo link per scegliere una password; poi l’account sarà pronto.`,
      ],
      action: { label: 'Accetta l’invito', url: data.link },
      notes: [`${worksOnce(data)} Dopo, chiedi un nuovo invito.`, signInWith(data)],
      aside:
        'Non aspettavi un invito? Allora non fare nulla. Senza questo link nessuno può accedere all’account.',
    }),
    password_reset: (data) => ({
      subject: `Reimposta la password su ${data.siteName}`,
      opening: [
        `Qualcuno, speriamo tu, ha chiesto di reimpostare la password del tuo account su ${data.siteName}. Apri questo link per sceglierne una nuova.`,
      ],
      action: { label: 'Scegli una nuova password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Non sei stato tu? Allora non fare nulla. La tua password resta com’è.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: password cambiata`,
      opening: [`La password del tuo account su ${data.siteName} è stata cambiata.`],
      notes: [signInWith(data)],
      aside: `Non sei stato tu? Allora c’è qualcun altro nel tuo account. Vai subito su ${data.siteName}, reimposta la password e controlla che nessun altro possa leggere la tua posta.`,
    }),
    email_reset: (data) => ({
      subject: `Cambia il tuo indirizzo e-mail su ${data.siteName}`,
      opening: [
        `Qualcuno, speriamo tu, ha chiesto di cambiare l’indirizzo e-mail del tuo account su ${data.siteName}. Apri questo link per inserire quello nuovo.`,
      ],
      action: { label: 'Inserisci un nuovo indirizzo', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Non sei stato tu? Allora non fare nulla. Il tuo indirizzo resta com’è.',
    }),
    email_change: (data) => ({
      subject: `Conferma il tuo nuovo indirizzo e-mail su ${data.siteName}`,
      opening: [
        `Qualcuno, speriamo tu, d’ora in poi vuole accedere a ${data.siteName} con questo indirizzo e-mail. Apri questo link per confermarlo.`,
      ],
      action: { label: 'Conferma questo indirizzo', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Non sei stato tu? Allora non fare nulla. Senza questo link non cambia nulla.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: questo indirizzo ha già un account`,
      opening: [
        `Qualcuno, speriamo tu, ha provato a usare questo indirizzo e-mail per un altro account su ${data.siteName}. Appartiene già al tuo account, quindi non è cambiato nulla. Per usarlo con l’altro, dai prima un altro indirizzo a questo account, oppure eliminalo.`,
      ],
      action: { label: `Vai a ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Non sei stato tu? Allora non fare nulla. Il tuo account è com’era, e chi ha provato non ha saputo che esiste.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: indirizzo e-mail cambiato`,
      opening: [
        `L’indirizzo e-mail del tuo account su ${data.siteName} è stato cambiato. D’ora in poi accedi con ${data.email || 'quello nuovo'}.`,
      ],
      aside: `Non sei stato tu? Allora qualcuno ha indicato il tuo indirizzo per un suo account. Avvisa chi gestisce ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: non accedi più con questo indirizzo`,
      opening: [
        `L’indirizzo e-mail del tuo account su ${data.siteName} è stato cambiato. Con questo indirizzo non si accede più, e i nostri messaggi ora vanno a quello nuovo.`,
      ],
      action: { label: 'Annulla la modifica', url: data.link },
      notes: [
        `Il link funziona una volta sola, entro ${data.lifetime}. Ripristina questo indirizzo, fa uscire tutti e ti permette di scegliere una nuova password.`,
      ],
      aside:
        'Non sei stato tu? Allora qualcun altro ha il tuo account: annulla subito la modifica e controlla che nessun altro possa leggere la tua posta.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: il tuo indirizzo e-mail è stato ripristinato`,
      opening: [
        `La modifica dell’indirizzo e-mail del tuo account su ${data.siteName} è stata annullata. Tutti sono usciti e la password non vale più. Apri questo link per sceglierne una nuova.`,
      ],
      action: { label: 'Scegli una nuova password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Non sei stato tu? Allora controlla che nessun altro possa leggere la tua posta e scegli una nuova password.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: hai già un account`,
      opening: [
        `Qualcuno, speriamo tu, ha provato a registrarsi su ${data.siteName} con questo indirizzo e-mail. Hai già un account: accedi con quello, oppure reimposta la password se l’hai dimenticata.`,
      ],
      action: { label: `Vai a ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Non sei stato tu? Allora non fare nulla. Il tuo account è com’era, e chi ha provato non ha saputo che esiste.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: per sicurezza ti abbiamo fatto uscire`,
      opening: [
        `Un tuo accesso a ${data.siteName} è stato usato in due luoghi insieme, come succede quando qualcuno lo copia. Per sicurezza lo abbiamo chiuso. Accedi di nuovo per continuare.`,
      ],
      action: { label: 'Accedi di nuovo', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Non sai perché? Allora reimposta la password e cerca sul tuo dispositivo programmi ed estensioni del browser di cui non ti fidi.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: molti accessi falliti`,
      opening: [
        `Qualcuno ha provato molte password per il tuo account su ${data.siteName}. Erano tutte sbagliate. Dai dispositivi che l’account non conosce, ogni altro tentativo deve aspettare un po’.`,
        'Devi aspettare anche tu? Apri questo link per scegliere una nuova password e potrai accedere subito.',
      ],
      action: { label: 'Scegli una nuova password', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Non sei stato tu? Allora non fare nulla, se la tua password è lunga e non la usi altrove. Ne scriviamo al massimo una volta al giorno.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: accesso da un nuovo dispositivo`,
      opening: [
        `Qualcuno, speriamo tu, ha effettuato l’accesso al tuo account su ${data.siteName} da un dispositivo su cui non era mai stato usato: ${data.place}. È stato il ${data.time}.`,
      ],
      action: { label: `Vai a ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Non sei stato tu? Allora qualcuno conosce la tua password. Vai subito su ${data.siteName} e reimpostala, così usciranno tutti, e controlla che nessun altro possa leggere la tua posta.`,
    }),
  },
}
