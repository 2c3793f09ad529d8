/** Counts by day as lines, drawn here: told in a sentence to those who do not see them, and as a table to all. */
import { useId } from 'react'
import { useLocale } from '../i18n/language.tsx'
import type { Locale } from '../i18n/locale.ts'
import { useAdminTexts } from './texts.ts'

/** What is counted, one number for each day. */
export interface Series {
  readonly name: string
  readonly values: readonly number[]
}

const WIDTH = 600
const HEIGHT = 180
const LEFT = 44
const BOTTOM = 24
const TOP = 10

/** A plot. */
export function Plot({
  title,
  days,
  series,
}: {
  title: string
  days: readonly string[]
  series: readonly Series[]
}) {
  const { dashboard } = useAdminTexts()
  const { locale } = useLocale()
  const id = useId()
  const isEmpty = series.every(({ values }) => values.every((value) => value === 0))
  return (
    <figure className="plot stack" aria-labelledby={id}>
      <figcaption className="row row--apart">
        <h2 id={id}>{title}</h2>
        {series.length > 1 && <Legend series={series} />}
      </figcaption>
      {isEmpty ? (
        <p className="quiet">{dashboard.none}</p>
      ) : (
        <>
          <Lines days={days} series={series} locale={locale} />
          <p className="hidden">
            {series.map((one) => summary(one, days, locale, dashboard.summary)).join(' ')}
          </p>
          <details>
            <summary>{dashboard.table}</summary>
            <Table days={days} series={series} title={title} locale={locale} />
          </details>
        </>
      )}
    </figure>
  )
}

const Legend = ({ series }: { series: readonly Series[] }) => (
  <ul className="row legend">
    {series.map(({ name }, n) => (
      <li key={name}>
        <svg viewBox="0 0 28 8" width="28" height="8" aria-hidden="true">
          <path className={`line line--${n}`} d="M1 4H27" />
        </svg>
        {name}
      </li>
    ))}
  </ul>
)

function Lines({
  days,
  series,
  locale,
}: {
  days: readonly string[]
  series: readonly Series[]
  locale: Locale
}) {
  const top = niceTop(Math.max(...series.flatMap(({ values }) => values)))
  const x = (n: number) => LEFT + ((WIDTH - LEFT - 8) * n) / Math.max(1, days.length - 1)
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const path = (values: readonly number[]) =>
    values.map((value, n) => `${n === 0 ? 'M' : 'L'}${x(n).toFixed(1)} ${y(value).toFixed(1)}`).join('')
  const number = new Intl.NumberFormat(locale)
  const marks = [0, top / 2, top].filter(Number.isInteger)
  return (
    <svg className="lines" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {marks.map((mark) => (
        <g key={mark}>
          <path className="grid" d={`M${LEFT} ${y(mark)}H${WIDTH - 8}`} />
          <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">
            {number.format(mark)}
          </text>
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 4}>
        {shortDay(days[0] ?? '', locale)}
      </text>
      <text x={WIDTH - 8} y={HEIGHT - 4} textAnchor="end">
        {shortDay(days.at(-1) ?? '', locale)}
      </text>
      {series.map(({ name, values }, n) => (
        <path key={name} className={`line line--${n}`} d={path(values)} />
      ))}
    </svg>
  )
}

/** The next of 2, 4, 10, 20, 40, 100… so that the middle is a whole number too. */
function niceTop(most: number): number {
  for (let power = 1; ; power *= 10) {
    const found = [2, 4, 10].map((step) => step * power).find((step) => step >= most)
    if (found !== undefined) return found
  }
}

const dayFormat = (locale: Locale, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })

const shortDay = (day: string, locale: Locale): string =>
  dayFormat(locale, { day: 'numeric', month: 'short' }).format(new Date(day))

function summary(
  { name, values }: Series,
  days: readonly string[],
  locale: Locale,
  say: (name: string, total: string, most: string, day: string) => string,
): string {
  const number = new Intl.NumberFormat(locale)
  const total = values.reduce((sum, value) => sum + value, 0)
  const most = Math.max(...values)
  const day = days[values.indexOf(most)] ?? ''
  const when = dayFormat(locale, { dateStyle: 'long' }).format(new Date(day))
  return say(name, number.format(total), number.format(most), when)
}

function Table({
  days,
  series,
  title,
  locale,
}: {
  days: readonly string[]
  series: readonly Series[]
  title: string
  locale: Locale
}) {
  const { dashboard } = useAdminTexts()
  const number = new Intl.NumberFormat(locale)
  const newestFirst = days.map((day, n) => [day, n] as const).toReversed()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard (WCAG 2.1.1)
    <section className="table-frame" tabIndex={0} aria-label={title}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{dashboard.day}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(([day, n]) => (
            <tr key={day}>
              <th scope="row">{dayFormat(locale, { dateStyle: 'medium' }).format(new Date(day))}</th>
              {series.map(({ name, values }) => (
                <td key={name}>{number.format(values[n] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
