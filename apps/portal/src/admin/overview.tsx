/** How the door is used: plots by day. */
import type { Statistics } from '@doorward/client/admin'
import { useQuery } from '@tanstack/react-query'
import { LoadFault, Loading } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { AdminPage } from './admin-page.tsx'
import { admin } from './api.ts'
import { ChosenFilter, useFilters } from './list.tsx'
import { Plot } from './plot.tsx'
import { useAdminTexts } from './texts.ts'

const RANGES = [7, 30, 90, 365] as const

const PLOTS = [
  ['signUps', ['sign_ups', 'activations']],
  ['signIns', ['sign_ins', 'failed_sign_ins']],
  ['mails', ['mails_sent', 'mails_waiting', 'mails_given_up']],
  ['reuse', ['refresh_reuses']],
] as const

/** The page. */
export function Overview() {
  const { sections, dashboard } = useAdminTexts()
  const filters = useFilters()
  const days = RANGES.find((range) => String(range) === filters.of('days')) ?? 30
  const statistics = useQuery({
    queryKey: ['admin', 'statistics', days],
    queryFn: () => admin.statistics(days),
    placeholderData: (before) => before,
  })
  const ranges = Object.fromEntries(
    RANGES.map((range) => [range === 30 ? '' : String(range), dashboard.days(range)]),
  )
  return (
    <AdminPage title={sections.overview} lead={dashboard.lead}>
      <div className="filters">
        <ChosenFilter name="days" label={dashboard.range} choices={ranges} filters={filters} />
        {statistics.data && <Accounts statistics={statistics.data} />}
      </div>
      {statistics.isPending && <Loading />}
      {statistics.isError && <LoadFault error={statistics.error} retry={() => void statistics.refetch()} />}
      {statistics.data && <Plots statistics={statistics.data} />}
    </AdminPage>
  )
}

function Accounts({ statistics: { accounts, more_accounts: more } }: { statistics: Statistics }) {
  const { dashboard } = useAdminTexts()
  const { locale } = useLocale()
  const count = new Intl.NumberFormat(locale).format(accounts)
  return (
    <div className="field">
      <span className="quiet">{dashboard.accounts}</span>
      <strong className="figure">{more ? dashboard.atLeast(count) : count}</strong>
    </div>
  )
}

function Plots({ statistics: { days, counts } }: { statistics: Statistics }) {
  const { dashboard } = useAdminTexts()
  const values = counts as Readonly<Record<string, readonly number[]>>
  return (
    <div className="plots">
      {PLOTS.map(([name, measures]) => (
        <Plot
          key={name}
          title={dashboard.plots[name]}
          days={days}
          series={measures.map((measure) => ({
            name: dashboard.measures[measure],
            values: values[measure] ?? [],
          }))}
        />
      ))}
    </div>
  )
}
