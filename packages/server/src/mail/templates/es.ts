/** The mails in Spanish. */
import type { Language, LetterData } from './language.ts'

const worksOnce = ({ lifetime }: LetterData) => `El enlace sirve una sola vez, durante ${lifetime}.`
const signInWith = ({ email }: LetterData) =>
  email ? `El correo con el que inicias sesión es ${email}.` : ''

/** Spanish. */
export const es: Language = {
  code: 'es',
  greeting: (firstName) => (firstName ? `Hola, ${firstName}:` : 'Hola:'),
  buttonHint: 'Si el botón no funciona, copia esta dirección en tu navegador:',
  footer: (siteName) => `Este es un correo automático de ${siteName}. Nadie lee las respuestas.`,
  letters: {
    activation: (data) => ({
      subject: `Activa tu cuenta en ${data.siteName}`,
      opening: [
        `Alguien, esperamos que tú, se ha registrado en ${data.siteName} con esta dirección de correo. Falta un paso: abre este enlace para activar la cuenta.`,
      ],
      action: { label: 'Activar mi cuenta', url: data.link },
      notes: [`${worksOnce(data)} Después podrás pedir otro.`],
      aside:
        '¿No has sido tú? Entonces no hagas nada. Sin este enlace la cuenta sigue inactiva y nadie puede iniciar sesión en ella.',
    }),
    confirmation: (data) => ({
      subject: `${data.siteName}: cuenta creada y activada`,
      opening: [`Tu cuenta en ${data.siteName} está creada y activada. Ya puedes usarla.`],
      notes: [signInWith(data)],
      aside:
        '¿No has sido tú? Entonces restablece la contraseña de esta cuenta y comprueba que nadie más pueda leer tu correo.',
    }),
    invitation: (data) => ({
      subject: `Te han invitado a ${data.siteName}`,
      opening: [
        `Los responsables de ${data.siteName} han creado una cuenta para ti. Abre este enlace para elegir una contraseña y la cuenta estará lista.`,
      ],
      action: { label: 'Aceptar la invitación', url: data.link },
      notes: [`${worksOnce(data)} Después, pídeles que te inviten de nuevo.`, signInWith(data)],
      aside:
        '¿No esperabas una invitación? Entonces no hagas nada. Sin este enlace nadie puede iniciar sesión en la cuenta.',
    }),
    password_reset: (data) => ({
      subject: `Restablece tu contraseña en ${data.siteName}`,
      opening: [
        `Alguien, esperamos que tú, ha pedido restablecer la contraseña de tu cuenta en ${data.siteName}. Abre este enlace para elegir una nueva.`,
      ],
      action: { label: 'Elegir una contraseña nueva', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '¿No has sido tú? Entonces no hagas nada. Tu contraseña sigue como está.',
    }),
    password_changed: (data) => ({
      subject: `${data.siteName}: contraseña cambiada`,
      opening: [`Se ha cambiado la contraseña de tu cuenta en ${data.siteName}.`],
      notes: [signInWith(data)],
      aside: `¿No has sido tú? Entonces hay otra persona en tu cuenta. Ve ahora a ${data.siteName}, restablece tu contraseña y comprueba que nadie más pueda leer tu correo.`,
    }),
    email_reset: (data) => ({
      subject: `Cambia tu correo en ${data.siteName}`,
      opening: [
        `Alguien, esperamos que tú, ha pedido cambiar la dirección de correo de tu cuenta en ${data.siteName}. Abre este enlace para escribir la nueva.`,
      ],
      action: { label: 'Escribir una dirección nueva', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside: '¿No has sido tú? Entonces no hagas nada. Tu dirección sigue como está.',
    }),
    email_change: (data) => ({
      subject: `Confirma tu nueva dirección de correo en ${data.siteName}`,
      opening: [
        `Alguien, esperamos que tú, quiere iniciar sesión en ${data.siteName} con esta dirección de correo a partir de ahora. Abre este enlace para confirmarla.`,
      ],
      action: { label: 'Confirmar esta dirección', url: data.link },
      notes: [worksOnce(data)],
      aside: '¿No has sido tú? Entonces no hagas nada. Sin este enlace no cambia nada.',
    }),
    email_change_taken: (data) => ({
      subject: `${data.siteName}: esta dirección ya tiene una cuenta`,
      opening: [
        `Alguien, esperamos que tú, ha querido usar esta dirección de correo para otra cuenta en ${data.siteName}. Ya pertenece a tu cuenta, así que no se ha cambiado nada. Para usarla en la otra, da primero otra dirección a esta cuenta o elimínala.`,
      ],
      action: { label: `Ir a ${data.siteName}`, url: data.frontendUrl },
      aside:
        '¿No has sido tú? Entonces no hagas nada. Tu cuenta está como estaba y a quien lo intentó no se le dijo que existe.',
    }),
    email_changed: (data) => ({
      subject: `${data.siteName}: correo cambiado`,
      opening: [
        `Se ha cambiado la dirección de correo de tu cuenta en ${data.siteName}. A partir de ahora, inicia sesión con ${data.email || 'el nuevo'}.`,
      ],
      aside: `¿No has sido tú? Entonces alguien ha dado tu dirección para una cuenta suya. Avisa a los responsables de ${data.siteName}.`,
    }),
    email_changed_notice: (data) => ({
      subject: `${data.siteName}: ya no inicias sesión con esta dirección`,
      opening: [
        `Se ha cambiado la dirección de correo de tu cuenta en ${data.siteName}. Con esta dirección ya no se puede iniciar sesión y nuestros correos van ahora a la nueva.`,
      ],
      action: { label: 'Deshacer el cambio', url: data.link },
      notes: [
        `El enlace sirve una sola vez, durante ${data.lifetime}. Recupera esta dirección, cierra todas las sesiones y te deja elegir una contraseña nueva.`,
      ],
      aside:
        '¿No has sido tú? Entonces otra persona tiene tu cuenta: deshaz el cambio ahora y comprueba que nadie más pueda leer tu correo.',
    }),
    email_restored: (data) => ({
      subject: `${data.siteName}: has recuperado tu dirección de correo`,
      opening: [
        `Se ha deshecho el cambio de dirección de correo de tu cuenta en ${data.siteName}. Se han cerrado todas las sesiones y la contraseña ya no sirve. Abre este enlace para elegir una nueva.`,
      ],
      action: { label: 'Elegir una contraseña nueva', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        '¿No has sido tú? Entonces comprueba que nadie más pueda leer tu correo y elige una contraseña nueva.',
    }),
    account_exists: (data) => ({
      subject: `${data.siteName}: ya tienes una cuenta`,
      opening: [
        `Alguien, esperamos que tú, ha intentado registrarse en ${data.siteName} con esta dirección de correo. Ya tienes una cuenta: inicia sesión con ella o restablece la contraseña si la has olvidado.`,
      ],
      action: { label: `Ir a ${data.siteName}`, url: data.frontendUrl },
      aside:
        '¿No has sido tú? Entonces no hagas nada. Tu cuenta está como estaba y a quien lo intentó no se le dijo que existe.',
    }),
    refresh_token_reused: (data) => ({
      subject: `${data.siteName}: hemos cerrado tu sesión por seguridad`,
      opening: [
        `Una de tus sesiones en ${data.siteName} se ha usado en dos lugares a la vez, que es lo que pasa cuando alguien la copia. Por seguridad, la hemos cerrado. Inicia sesión de nuevo para continuar.`,
      ],
      action: { label: 'Iniciar sesión de nuevo', url: data.frontendUrl },
      notes: [signInWith(data)],
      aside:
        '¿No sabes por qué? Entonces restablece tu contraseña y busca en tu dispositivo programas y extensiones del navegador en los que no confíes.',
    }),
    failed_sign_ins: (data) => ({
      subject: `${data.siteName}: muchos intentos fallidos de inicio de sesión`,
      opening: [
        `Alguien ha probado muchas contraseñas en tu cuenta de ${data.siteName}. Todas eran incorrectas. Desde dispositivos que la cuenta no conoce, cada nuevo intento tiene que esperar un rato.`,
        '¿Te hace esperar también a ti? Abre este enlace para elegir una contraseña nueva y podrás iniciar sesión enseguida.',
      ],
      action: { label: 'Elegir una contraseña nueva', url: data.link },
      notes: [worksOnce(data), signInWith(data)],
      aside:
        '¿No has sido tú? Entonces no hagas nada, si tu contraseña es larga y no la usas en ningún otro sitio. Avisamos de esto como mucho una vez al día.',
    }),
    new_device: (data) => ({
      subject: `${data.siteName}: inicio de sesión desde un dispositivo nuevo`,
      opening: [
        `Alguien, esperamos que tú, ha iniciado sesión en tu cuenta de ${data.siteName} desde un dispositivo en el que no se había usado antes: ${data.place}. Fue el ${data.time}.`,
      ],
      action: { label: `Ir a ${data.siteName}`, url: data.frontendUrl },
      notes: [signInWith(data)],
      aside: `¿No has sido tú? Entonces alguien conoce tu contraseña. Ve ahora a ${data.siteName} y restablécela, lo que cierra todas las sesiones, y comprueba que nadie más pueda leer tu correo.`,
    }),
  },
}
