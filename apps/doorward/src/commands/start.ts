/** `doorward start` and `doorward dev`: the standalone server. */
import { Command } from 'commander'
import { loadProject } from '../project.ts'
import { runServer } from '../server.ts'

const server = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .option('--port <number>', 'port to listen on (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .action(async (options: { port?: string; host?: string }, command: Command) => {
      if (options.port !== undefined) process.env.PORT = options.port
      if (options.host !== undefined) process.env.HOST = options.host
      await runServer(await loadProject(command))
    })

/** Runs the server until it is told to stop. */
export const startCommand = (): Command =>
  server('start', 'start the server: API, docs and, without SMTP_URL, the development mailbox')

/** The same, meant for `node --watch`. */
export const devCommand = (): Command => server('dev', 'like start, for a project under development')
