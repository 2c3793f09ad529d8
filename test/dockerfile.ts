/** The Dockerfile as tests read it. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const DOCKERFILE = join(resolve(import.meta.dirname, '..'), 'Dockerfile')

/** Its instructions, continued lines joined. */
export const instructions: readonly string[] = readFileSync(DOCKERFILE, 'utf8')
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter(Boolean)

/** What the image runs in the folder that becomes its `/srv`, with the workspace elsewhere than at `/source`. */
export function installSteps(workspace: string): readonly string[] {
  const from = instructions.indexOf('WORKDIR /srv')
  const until = instructions.findLastIndex((line) => line.startsWith('FROM '))
  return instructions
    .slice(from + 1, until)
    .map((line) => line.replace(/^RUN /, '').replaceAll('/source/', `${workspace}/`))
}
