/** Results as text. */
import type { Header } from './machine.ts'
import type { Summary } from './measurement.ts'
import type { Ratio, RowResult } from './row.ts'

/** Names and values below each other. */
export const headerText = (header: Header): string =>
  Object.entries(header)
    .map(([name, value]) => `${name.padEnd(11)} ${value}`)
    .join('\n')

const COLUMNS = ['median', 'lowest', 'highest', 'p50 ms', 'p99 ms', 'failed'] as const

/** A number with as many digits as mean something. */
export function readable(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return ''
  if (value >= 1000) return Math.round(value).toLocaleString('en')
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2)
}

const cells = ({ median, lowest, highest, p50, p99, failed }: Summary): readonly string[] => [
  ...[median, lowest, highest, p50, p99].map(readable),
  failed === 0 ? '' : String(failed),
]

/** A row of the benchmark: its systems, then the ratios. */
export function rowText({ id, title, unit, systems, ratios, notes }: RowResult): string {
  const width = Math.max(24, ...systems.map(({ name }) => name.length))
  const line = (name: string, values: readonly string[]) =>
    `  ${name.padEnd(width)} ${values.map((value) => value.padStart(9)).join(' ')}`
  return [
    `(${id}) ${title}: ${unit}`,
    ...(systems.length === 0 ? [] : [line('', COLUMNS)]),
    ...systems.map((system) => line(system.name, cells(system))),
    ...ratios.filter(({ value }) => !Number.isNaN(value)).map((ratio) => `  → ${ratioText(ratio)}`),
    ...notes.map((note) => `  ${note}`),
    '',
  ].join('\n')
}

function ratioText({ text, value, target, atMost }: Ratio): string {
  const shown = text.startsWith('of ')
    ? `${(value * 100).toFixed(1)} % ${text}`
    : `${readable(value)} ${text}`
  if (target === undefined) return shown
  const aim = text.startsWith('of ') ? `${target * 100} %` : String(target)
  const met = atMost ? value <= target : value >= target
  return `${shown} (aim: ${atMost ? 'at most' : 'at least'} ${aim}: ${met ? 'met' : 'MISSED'})`
}
