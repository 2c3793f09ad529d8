/** Renders the table of settings as `docs/reference/settings.md`, so that the page cannot say anything else. */
import type { Counterpart } from './counterpart.ts'
import { DJOSER, SIMPLEJWT } from './counterparts.ts'
import { writtenDuration } from './read-value.ts'
import { ROWS, type Row, SECTIONS } from './table.ts'

const INTRO = `# Settings

<!-- Generated from packages/server/src/config/schema.ts by scripts/generate-settings-reference.ts. -->

Everything that can be set, with its default and what stands for it in Django, Djoser and SimpleJWT.

## Where a value comes from

1. the secure default,
2. the preset, if there is one (\`DOORWARD_PRESET=djoser\`, or \`preset: 'djoser'\`),
3. \`doorward.config.ts\` (or \`.js\`, \`.mjs\`), or what is passed to the library,
4. the environment; what is not set there is looked up in \`.env\`.

Later ones win, setting by setting. A preset is only a column of the tables below: all of it can be set singly.

\`\`\`ts
import { defineConfig } from '@doorward/server'

export const config = defineConfig({
  server: { siteName: 'Example' },
  tokens: { accessLifetime: '10m' },
})
\`\`\`

## How values are written

- **Times** are seconds, or \`90s\`, \`5m\`, \`24h\`, \`30d\`.
- **Lists** in the environment are separated by commas.
- **Flags** in the environment are \`true\`, \`on\`, \`yes\`, \`1\` or \`false\`, \`off\`, \`no\`, \`0\`.
- **A blank variable** counts as unset.
- **\`…_FILE\`**: every variable can also be read from a file, such as \`DOORWARD_SECRET_FILE=/run/secrets/doorward\`.
  A newline at the end of the file is cut off. Setting both forms is a fault.
- **\`server.publicUrl\`** never ends with a slash and **\`server.frontendUrl\`** always does, however they are written.

All faults are reported at once, each with its key, what is wrong and what to write instead; no value is ever
repeated, because it may be a secret. Unknown keys, and unknown variables that start with \`DOORWARD_\`, are faults.

## In production

With \`NODE_ENV=production\` the server does not start without \`DOORWARD_SECRET\` (each at least 32 characters),
\`PUBLIC_URL\` and \`SMTP_URL\`; \`PUBLIC_URL\` and \`FRONTEND_URL\` must be https unless their host is the machine itself.
Whatever is set weaker than the secure default is named in a warning at start, everywhere.
`

const HEAD = ['Key', 'Environment', 'Default', 'Djoser preset', 'Counterpart', 'What it does']
const COUNTERPART_HEAD = ['Setting', 'Default there', 'Here', 'Remark']

/** The whole page, in Markdown. */
export function settingsReference(): string {
  const sections = SECTIONS.map((section) => {
    const own = ROWS.filter((row) => row.section === section)
    return `## ${section}\n\n${table(HEAD, own.map(settingCells))}`
  })
  const others = [
    '## Every Djoser and SimpleJWT setting',
    'For each of their settings: what stands for it here, or why nothing does.',
    `### Djoser\n\n${table(COUNTERPART_HEAD, DJOSER.map(counterpartCells))}`,
    `### SimpleJWT\n\n${table(COUNTERPART_HEAD, SIMPLEJWT.map(counterpartCells))}`,
  ]
  return `${[INTRO.trimEnd(), ...sections, ...others].join('\n\n')}\n`
}

function settingCells({ key, spec }: Row): readonly string[] {
  return [
    code(key),
    spec.env === undefined ? '' : code(spec.env),
    shown(spec.kind, spec.default),
    spec.djoser === undefined ? '' : shown(spec.kind, spec.djoser),
    spec.counterpart ?? '',
    [spec.doc, range(spec)].filter((sentence) => sentence !== '').join(' '),
  ]
}

/** What the type and the bounds say, as far as it is not obvious. */
function range({ kind, choices, min, max }: Row['spec']): string {
  if (choices) return `One of ${choices.map(code).join(', ')}.`
  if (min === undefined || (min === 0 && max === undefined)) return ''
  const written = (amount: number) => (kind === 'duration' ? writtenDuration(amount) : String(amount))
  return max === undefined ? `At least ${written(min)}.` : `From ${written(min)} to ${written(max)}.`
}

const counterpartCells = ({ name, initial, here, note }: Counterpart): readonly string[] => [
  code(name),
  initial,
  here.length === 0 ? '–' : here.map(code).join(', '),
  note,
]

function shown(kind: Row['spec']['kind'], value: unknown): string {
  if (value === null || value === '') return 'unset'
  if (Array.isArray(value)) return value.length === 0 ? 'none' : code(value.join(','))
  if (typeof value === 'object') return 'none'
  return code(kind === 'duration' ? writtenDuration(Number(value)) : String(value))
}

const code = (text: string) => `\`${text}\``

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n')

const escaped = (cell: string) => cell.replaceAll('|', '\\|')
