/** What happened to the account, newest first: so that somebody notices what was somebody else. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '../components/button.tsx'
import { Empty, LoadFault, Loading } from '../components/states.tsx'
import { useLocale } from '../i18n/language.tsx'
import { useTexts } from '../i18n/texts.ts'
import { ago, moment } from '../i18n/times.ts'
import { client } from '../session/session.ts'
import { AccountPage } from './account-page.tsx'

interface Entry {
  readonly id: number
  /** ISO 8601. */
  readonly at: string
  readonly action: string
  readonly result: 'success' | 'failure'
  readonly by: 'you' | 'staff' | null
  readonly address: string | null
  readonly device: string | null
}

/** How many entries are loaded at a time. */
const STEP = 20

/** The page. */
export function Activity() {
  const { account, activity: texts } = useTexts()
  const pages = useInfiniteQuery({
    queryKey: ['activity'],
    queryFn: ({ pageParam }) =>
      client.request<readonly Entry[]>('GET', `activity/?limit=${STEP}${pageParam}`),
    initialPageParam: '',
    getNextPageParam: (last) => (last.length < STEP ? undefined : `&after=${last.at(-1)?.id}`),
  })
  const entries = pages.data?.pages.flat()
  return (
    <AccountPage title={account.activity} lead={texts.lead}>
      <div className="stack">
        {pages.isPending && <Loading />}
        {pages.isError && <LoadFault error={pages.error} retry={() => void pages.refetch()} />}
        {entries?.length === 0 && (
          <Empty icon="clock" title={texts.emptyTitle}>
            {texts.empty}
          </Empty>
        )}
        {entries && entries.length > 0 && <EntryList entries={entries} />}
        {pages.hasNextPage ? (
          <div>
            <Button look="second" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {texts.more}
            </Button>
          </div>
        ) : (
          entries && entries.length > 0 && <p className="quiet">{texts.end}</p>
        )}
      </div>
    </AccountPage>
  )
}

const EntryList = ({ entries }: { entries: readonly Entry[] }) => (
  <ul className="rows">
    {entries.map((entry) => (
      <EntryRow key={entry.id} entry={entry} />
    ))}
  </ul>
)

function EntryRow({ entry }: { entry: Entry }) {
  const { actions, activity } = useTexts()
  const { locale } = useLocale()
  const { at, action, result, by, address, device } = entry
  const where = [device, address].filter(Boolean).join(' · ')
  return (
    <li>
      <div className="stack stack--tight">
        <div className="row">
          {/* a newer server may know of more than these pages do */}
          <strong>{(actions as Readonly<Record<string, string>>)[action] ?? action}</strong>
          {result === 'failure' && <span className="badge badge--warn">{activity.refused}</span>}
          {by === 'staff' && <span className="badge">{activity.byStaff}</span>}
        </div>
        {where !== '' && <p className="quiet">{where}</p>}
      </div>
      <time className="quiet" dateTime={at} title={moment(at, locale)}>
        {ago(at, locale)}
      </time>
    </li>
  )
}
