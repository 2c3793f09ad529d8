/** The texts of the forms in Spanish. */
import type { Labels } from '../labels.ts'

/** Spanish. */
export const es: Labels = {
  locale: 'es',
  fields: {
    email: 'Correo electrónico',
    password: 'Contraseña',
    re_password: 'Contraseña, otra vez',
    current_password: 'Contraseña actual',
    new_password: 'Contraseña nueva',
    re_new_password: 'Contraseña nueva, otra vez',
    new_email: 'Correo electrónico nuevo',
    first_name: 'Nombre',
    last_name: 'Apellido',
    role: 'Rol',
  },
  errors: {
    network_error: 'No se ha podido conectar con el servidor. Comprueba la conexión e inténtalo de nuevo.',
    no_active_account: 'El correo o la contraseña no son correctos, o la cuenta aún no está activa.',
    invalid_uid: 'Este enlace no está completo. Cópialo otra vez del correo.',
    invalid_link_token: 'Este enlace ya se usó o es demasiado antiguo. Pide otro.',
    stale_token: 'Esta cuenta ya está activa. Puedes iniciar sesión.',
    blank: 'Rellena este campo.',
    required: 'Rellena este campo.',
    password_mismatch: 'Las dos contraseñas no coinciden.',
  },
  showPassword: 'Mostrar la contraseña',
  working: 'Un momento…',
  loading: 'Cargando…',
  unreachable: 'No se puede conectar con el servidor en este momento.',
  denied: 'No tienes permiso para ver esto.',
  register: 'Crear cuenta',
  checkMail: (email) =>
    `Hemos enviado un correo a ${email}. Abre el enlace que contiene para activar tu cuenta.`,
  resend: 'Enviar el correo de nuevo',
  resendIn: (seconds) => `Enviar el correo de nuevo (en ${seconds} s)`,
  resent: 'El correo va de nuevo de camino.',
  activate: 'Activar la cuenta',
  activateHint: 'Un clic y tu cuenta estará lista.',
  activated: 'Tu cuenta está activa. Ya puedes iniciar sesión.',
  signIn: 'Iniciar sesión',
  signedIn: ({ email }) => `Has iniciado sesión como ${email}.`,
  forgotPassword: 'Enviar el enlace',
  resetMailed: (email) => `Si ${email} tiene una cuenta, va de camino un correo con un enlace.`,
  resetPassword: 'Guardar la contraseña nueva',
  passwordReset: 'La contraseña nueva está guardada. Ya puedes iniciar sesión con ella.',
  changePassword: 'Cambiar la contraseña',
  passwordChanged: 'Tu contraseña ha cambiado. Se ha cerrado la sesión en los demás dispositivos.',
  changeEmail: 'Cambiar el correo electrónico',
  emailChanged: (email) => `A partir de ahora inicias sesión con ${email}.`,
  emailMailed: (email) =>
    `Hemos enviado un correo a ${email}. Abre el enlace que contiene para confirmar la dirección.`,
  confirmEmail: 'Confirmar la dirección',
  confirmEmailHint: 'Un clic e iniciarás sesión con la dirección nueva.',
  emailConfirmed: 'La dirección nueva está confirmada. Inicia sesión con ella a partir de ahora.',
  undoEmail: 'Deshacer el cambio',
  undoEmailHint:
    'Si no has cambiado tú la dirección de tu cuenta, deshaz el cambio. Después elegirás una contraseña nueva.',
  emailUndone:
    'La dirección anterior ha vuelto y se han cerrado todas las sesiones. Recibirás un correo con un enlace para una contraseña nueva.',
  saveProfile: 'Guardar',
  profileSaved: 'Guardado.',
  devices: 'Dónde has iniciado sesión',
  thisDevice: 'Este dispositivo',
  lastUsed: (when) => `Último uso: ${when}`,
  endSession: 'Cerrar sesión',
  endSessionOn: (device) => `Cerrar la sesión de ${device}`,
  endOtherSessions: 'Cerrar sesión en los demás dispositivos',
  sessionsEnded: (count) =>
    count === 1
      ? 'Se ha cerrado la sesión en un dispositivo.'
      : `Se ha cerrado la sesión en ${count} dispositivos.`,
  deleteAccount: 'Eliminar mi cuenta',
  deleteHint: 'Esto no se puede deshacer. Escribe tu contraseña para confirmarlo.',
  accountDeleted: 'Tu cuenta se ha eliminado.',
}
