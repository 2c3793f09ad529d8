/** `doorward openapi`: the OpenAPI document of this project's API. */
import { openApiOf } from '@doorward/server/openapi'
import { Command } from 'commander'
import { loadProject } from '../project.ts'

/** Prints the document; nothing is started for it. */
export const openapiCommand = (): Command =>
  new Command('openapi')
    .description('print the OpenAPI 3.1 document of the API')
    .action(async (_: unknown, command: Command) => {
      const { settings } = await loadProject(command)
      process.stdout.write(`${JSON.stringify(openApiOf(settings), null, 2)}\n`)
    })
