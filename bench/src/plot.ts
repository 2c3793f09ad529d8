/** The results as a picture: one panel for each row, one bar for each system, the spread as a line across its end. */
import type { Header } from './machine.ts'
import type { Summary } from './measurement.ts'
import type { RowResult } from './row.ts'
import { readable } from './table.ts'

const WIDTH = 860
const LABELS = 330
const BAR = 18
const GAP = 6
const SCALE = WIDTH - LABELS - 90

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Draws. Colours are told apart without seeing colours too: ours are dark, limits pale, others between. */
export function plot(header: Header, rows: readonly RowResult[]): string {
  let y = 44
  const panels: string[] = []
  for (const row of rows.filter(({ systems }) => systems.length > 0)) {
    panels.push(panel(row, y))
    y += 40 + row.systems.length * (BAR + GAP)
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>Doorward beside its peers and the limits of the machine</title>
<style>text { fill: #1f2328 } .quiet { fill: #59636e; font-size: 11px } .ours { fill: #1a5fb4 } .limit { fill: #b8c4d2 } .other { fill: #d98c3f } line { stroke: #1f2328 } @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .quiet { fill: #9198a1 } line { stroke: #e6edf3 } }</style>
<text x="0" y="16" class="quiet">${escaped(header.machine ?? '')}; Node ${escaped(header.node ?? '')}; ${escaped(header.load ?? '')}; ${escaped(header.date ?? '')}</text>
${panels.join('\n')}
</svg>
`
}

function panel({ id, title, unit, systems }: RowResult, top: number): string {
  const highest = Math.max(...systems.map((system) => system.highest))
  const bars = systems.map((system, i) => bar(system, top + 12 + i * (BAR + GAP), SCALE / highest))
  return `<text x="0" y="${top}" font-weight="600">(${id}) ${escaped(title)}, ${escaped(unit)}</text>\n${bars.join('\n')}`
}

function bar(system: Summary, y: number, scale: number): string {
  const { name, median, lowest, highest } = system
  const length = Math.max(1, median * scale)
  const middle = y + BAR / 2
  const [from, to] = [LABELS + lowest * scale, LABELS + highest * scale].map((x) => x.toFixed(1))
  return `<text x="${LABELS - 8}" y="${middle + 4}" text-anchor="end">${escaped(name)}</text>
<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2" class="${kindOf(name)}"/>
<line x1="${from}" x2="${to}" y1="${middle}" y2="${middle}"/>
<text x="${(LABELS + Math.max(length, highest * scale) + 6).toFixed(1)}" y="${middle + 4}">${readable(median)}</text>`
}

function kindOf(name: string): 'ours' | 'limit' | 'other' {
  if (/^bare|alone/.test(name)) return 'limit'
  return /better-auth|Djoser|passport/.test(name) ? 'other' : 'ours'
}
