/** A mail server that takes everything and keeps nothing, in a process of its own. */
import { join } from 'node:path'
import type { Lab } from '../lab.ts'
import { freePort, startProgram } from '../program.ts'

/** Starts it once. */
export const mailSink = (lab: Lab) =>
  lab.once('mail sink', async () => {
    const [port, smtpPort] = [await freePort(), await freePort()]
    const program = await startProgram({
      name: 'the mail sink',
      command: process.execPath,
      args: [join(import.meta.dirname, '../programs/mail-sink.ts'), String(port), String(smtpPort)],
      ready: '/',
      port,
    })
    lab.atEnd(program.stop)
    return { smtpPort }
  })
