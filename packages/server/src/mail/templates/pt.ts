/** The mails in Portuguese (Brazil). */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `O link funciona uma única vez, por ${lifetime}.`
const signInWith = ({ email }: LetterData) => (email ? `O e-mail com que você entra é ${email}.` : '')

/** Portuguese (Brazil). */
export const pt: Language = {
  code: 'pt',
  greeting: (firstName) => (firstName ? `Olá, ${firstName}!` : 'Olá!'),
  buttonHint: 'Se o botão não funcionar, copie este endereço para o navegador:',
  footer: (siteName) => `Esta é uma mensagem automática de ${siteName}. Ninguém lê as respostas.`,
  letters: {
    activation: (data) => ({
      subject: `Ative sua conta em ${data.siteName}`,
      opening: [
        `Alguém, esperamos que você, se cadastrou em ${data.siteName} com este e-mail. Falta um passo: abra este link para ativar a conta.`,
      ],
      action: { label: 'Ativar minha conta', url: data.link },
      notes: [`${worksOnce(data)} Depois disso, você pode pedir outro.`],
      aside:
        'Não foi você? Então não faça nada. Sem este link a conta continua inativa e ninguém consegue entrar nela.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: conta criada e ativada`,
      opening: [`Sua conta em ${data.siteName} foi criada e ativada. Ela está pronta para usar.`],
      notes: [signInWith(data)],
      aside:
        'Não foi você? Então redefina a senha desta conta e verifique se mais ninguém consegue ler seus e-mails.',
    }),
    invitation: (data) => ({
      subject: `Você foi convidado para ${data.siteName}`,
      opening: [
        `Os responsáveis por ${data.siteName} criaram uma conta para você. Abra este link para escolher uma senha; então a conta estará pronta.`,
      ],
      action: { label: 'Aceitar o convite', url: data.link },
      notes: [`${worksOnce(data)} Depois disso, peça um novo convite a eles.`, signInWith(data)],
      aside: 'Não esperava um convite? Então não faça nada. Sem este link ninguém consegue entrar na conta.',
    }),
    password_reset: (data) => ({
      subject: `Redefina sua senha em ${data.siteName}`,
      opening: [
        `Alguém, esperamos que você, pediu para redefinir a senha da sua conta em ${data.siteName}. Abra este link para escolher uma nova.`,
      ],
      action: { label: 'Escolher uma nova senha', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Não foi você? Então não faça nada. Sua senha continua a mesma.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: senha alterada`,
      opening: [`A senha da sua conta em ${data.siteName} foi alterada.`],
      notes: [signInWith(data)],
      aside: `Não foi você? Então outra pessoa está na sua conta. Vá agora a ${data.siteName}, redefina sua senha e verifique se mais ninguém consegue ler seus e-mails.`,
    }),
    email_reset: (data) => ({
      subject: `Altere seu e-mail em ${data.siteName}`,
      opening: [
        `Alguém, esperamos que você, pediu para alterar o e-mail da sua conta em ${data.siteName}. Abra este link para informar o novo.`,
      ],
      action: { label: 'Informar um novo e-mail', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: 'Não foi você? Então não faça nada. Seu e-mail continua o mesmo.',
    }),
    email_change: (data) => ({
      subject: `Confirme seu novo e-mail em ${data.siteName}`,
      opening: [
        `Alguém, esperamos que você, quer entrar em ${data.siteName} com este e-mail a partir de agora. Abra este link para confirmá-lo.`,
      ],
      action: { label: 'Confirmar este e-mail', url: data.link },
      notes: [worksOnce(data)],
      aside: 'Não foi você? Então não faça nada. Sem este link nada muda.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: este e-mail já tem uma conta`,
      opening: [
        `Alguém, esperamos que você, tentou usar este e-mail para outra conta em ${data.siteName}. Ele já pertence à sua conta, então nada foi alterado. Para usá-lo na outra, primeiro dê outro e-mail a esta conta ou exclua-a.`,
      ],
      action: { label: `Ir para ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Não foi você? Então não faça nada. Sua conta está como estava, e quem tentou não ficou sabendo que ela existe.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: e-mail alterado`,
      opening: [
        `O e-mail da sua conta em ${data.siteName} foi alterado. A partir de agora, entre com ${data.email || 'o novo'}.`,
      ],
      aside: `Não foi você? Então alguém informou seu e-mail para a própria conta. Avise os responsáveis por ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: você não entra mais com este e-mail`,
      opening: [
        `O e-mail da sua conta em ${data.siteName} foi alterado. Com este e-mail não é mais possível entrar, e nossas mensagens agora vão para o novo.`,
      ],
      action: { label: 'Desfazer a alteração', url: data.link },
      notes: [
        `O link funciona uma única vez, por ${data.lifetime}. Ele traz este e-mail de volta, encerra todas as sessões e permite escolher uma nova senha.`,
      ],
      aside:
        'Não foi você? Então outra pessoa está com sua conta: desfaça a alteração agora e verifique se mais ninguém consegue ler seus e-mails.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: seu e-mail está de volta`,
      opening: [
        `A alteração do e-mail da sua conta em ${data.siteName} foi desfeita. Todas as sessões foram encerradas e a senha não vale mais. Abra este link para escolher uma nova.`,
      ],
      action: { label: 'Escolher uma nova senha', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Não foi você? Então verifique se mais ninguém consegue ler seus e-mails e escolha uma nova senha.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: você já tem uma conta`,
      opening: [
        `Alguém, esperamos que você, tentou se cadastrar em ${data.siteName} com este e-mail. Você já tem uma conta: entre com ela ou redefina a senha se a esqueceu.`,
      ],
      action: { label: `Ir para ${data.siteName}`, url: data.frontendUrl },
      aside:
        'Não foi você? Então não faça nada. Sua conta está como estava, e quem tentou não ficou sabendo que ela existe.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: encerramos sua sessão por segurança`,
      opening: [
        `Uma sessão sua em ${data.siteName} foi usada em dois lugares ao mesmo tempo, o que acontece quando alguém a copia. Por segurança, nós a encerramos. Entre novamente para continuar.`,
      ],
      action: { label: 'Entrar novamente', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        'Não sabe por quê? Então redefina sua senha e procure no seu dispositivo programas e extensões do navegador em que você não confia.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: muitas tentativas de entrada sem sucesso`,
      opening: [
        `Alguém tentou muitas senhas na sua conta em ${data.siteName}. Todas estavam erradas. Em dispositivos que a conta não conhece, cada nova tentativa precisa esperar um pouco.`,
        'Você também precisa esperar? Abra este link para escolher uma nova senha e poderá entrar na hora.',
      ],
      action: { label: 'Escolher uma nova senha', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        'Não foi você? Então não faça nada, se sua senha é longa e não é usada em nenhum outro lugar. Escrevemos sobre isso no máximo uma vez por dia.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: entrada em um novo dispositivo`,
      opening: [
        `Alguém, esperamos que você, entrou na sua conta em ${data.siteName} de um dispositivo em que ela ainda não tinha sido usada: ${data.place}. Foi em ${data.time}.`,
      ],
      action: { label: `Ir para ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `Não foi você? Então alguém sabe sua senha. Vá agora a ${data.siteName} e redefina-a, o que encerra todas as sessões, e verifique se mais ninguém consegue ler seus e-mails.`,
    }),
  },
}
