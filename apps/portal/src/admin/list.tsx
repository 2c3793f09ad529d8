/** Long lists: part by part, with what stands there while they load, fail or are empty; and filters in the address. */
import type { Page } from '@doorward/client/admin'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button } from '../components/button.tsx'
import type { IconName } from '../components/icons.tsx'
import { Empty, LoadFault, Loading } from '../components/states.tsx'
import { useAdminTexts } from './texts.ts'

/** How many rows are loaded at a time. */
const STEP = 25

/** Loads a list part by part. */
export function usePages<T>(
  key: readonly unknown[],
  load: (page: { after?: string; limit: number }) => Promise<Page<T>>,
) {
  const pages = useInfiniteQuery({
    queryKey: ['admin', ...key],
    queryFn: ({ pageParam }) => load({ limit: STEP, ...(pageParam !== '' && { after: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    // rows stay in sight while others are looked for
    placeholderData: (before) => before,
  })
  return { pages, items: pages.data?.pages.flatMap(({ items }) => items) }
}

/** The rows, and what stands there instead. */
export function List<T>({
  of: { pages, items },
  icon,
  empty,
  row,
}: {
  of: ReturnType<typeof usePages<T>>
  icon: IconName
  empty: { readonly title: string; readonly lead: string }
  row: (item: T) => ReactNode
}) {
  const texts = useAdminTexts()
  return (
    <>
      {pages.isPending && <Loading />}
      {pages.isError && <LoadFault error={pages.error} retry={() => void pages.refetch()} />}
      {items?.length === 0 && (
        <Empty icon={icon} title={empty.title}>
          {empty.lead}
        </Empty>
      )}
      {items && items.length > 0 && <ul className="rows">{items.map(row)}</ul>}
      {pages.hasNextPage && (
        <div>
          <Button look="second" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {texts.more}
          </Button>
        </div>
      )}
    </>
  )
}

/** Filters that stand in the address, so that going back finds them as they were. */
export function useFilters() {
  const [params, setParams] = useSearchParams()
  return {
    of: (name: string): string => params.get(name) ?? '',
    set: (name: string, value: string): void =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now)
          if (value === '') next.delete(name)
          else next.set(name, value)
          return next
        },
        { replace: true },
      ),
    params,
  }
}

/** How long typing may pause before it is looked for, in milliseconds. */
const PAUSE = 250

/** A filter that is typed: it is looked for when the typing pauses. */
export function TypedFilter({
  name,
  label,
  hint,
  type = 'search',
  inputMode,
  filters,
}: {
  name: string
  label: string
  hint?: string
  type?: 'search' | 'date'
  inputMode?: 'email' | 'numeric'
  filters: ReturnType<typeof useFilters>
}) {
  const [text, setText] = useState(filters.of(name))
  const { set } = filters
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what is typed starts the pause
  useEffect(() => {
    if (text.trim() === filters.of(name)) return
    const timer = setTimeout(() => set(name, text.trim()), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className="field">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <input
        id={`filter-${name}`}
        className="input"
        type={type}
        {...(inputMode && { inputMode })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={255}
        value={text}
        aria-describedby={hint ? `filter-${name}-hint` : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {hint && (
        <p id={`filter-${name}-hint`} className="hint">
          {hint}
        </p>
      )}
    </div>
  )
}

/** A filter that is chosen. */
export function ChosenFilter({
  name,
  label,
  choices,
  filters,
}: {
  name: string
  label: string
  choices: Readonly<Record<string, string>>
  filters: ReturnType<typeof useFilters>
}) {
  return (
    <div className="field">
      <label htmlFor={`filter-${name}`}>{label}</label>
      <select
        id={`filter-${name}`}
        className="input"
        value={filters.of(name)}
        onChange={(event) => filters.set(name, event.currentTarget.value)}
      >
        {Object.entries(choices).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}
