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

/** The lines fill a square of 100 by 100, which is stretched; what can be read stands beside it, at its own size. */
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
  const step = 100 / Math.max(1, days.length - 1)
  const path = (values: readonly number[]) =>
    values
      .map(
        (value, n) =>
          `${n === 0 ? 'M' : 'L'}${(n * step).toFixed(2)} ${(100 - (100 * value) / top).toFixed(2)}`,
      )
      .join('')
  const number = new Intl.NumberFormat(locale)
  return (
    <div className="lines">
      <div className="lines-marks" aria-hidden="true">
        {[top, top / 2, 0].map((mark) => (
          <span key={mark}>{number.format(mark)}</span>
        ))}
      </div>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
        <path className="grid" d="M0 0H100M0 50H100M0 100H100" />
        {series.map(({ name, values }, n) => (
          <path key={name} className={`line line--${n}`} d={path(values)} />
        ))}
      </svg>
      <div className="lines-ends" aria-hidden="true">
        {[days[0] ?? '', days.at(-1) ?? ''].map((day) => (
          <span key={day}>{shortDay(day, locale)}</span>
        ))}
      </div>
    </div>
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
