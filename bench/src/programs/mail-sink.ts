/** Takes mails and throws them away. Arguments: a port for `GET /`, a port for SMTP. */
import { createServer } from 'node:http'
import { SMTPServer } from 'smtp-server'

const [port, smtpPort] = process.argv.slice(2).map(Number)
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData: (stream, _, done) => {
    stream.on('end', () => done())
    stream.resume()
  },
})
smtp.listen(smtpPort, '127.0.0.1')
createServer((_, answer) => answer.end()).listen(port, '127.0.0.1')
