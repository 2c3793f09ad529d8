/** Gives the components below it one client and one set of texts. */
import type { DoorwardClient } from '@doorward/client'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { en } from './labels/en.ts'
import type { LabelChanges, Labels } from './labels.ts'
import { withLabels } from './labels.ts'

interface Provided {
  readonly client: DoorwardClient
  readonly labels: Labels
}

const DoorwardContext = createContext<Provided | null>(null)

/** What the provider takes. */
export interface DoorwardProviderProps {
  /** Made once, outside of any component. */
  readonly client: DoorwardClient
  /** A language of `@doorward/react/labels/…`, or texts of one's own; English without. */
  readonly labels?: LabelChanges
  readonly children: ReactNode
}

/** Wraps the application. */
export function DoorwardProvider({ client, labels, children }: DoorwardProviderProps) {
  const value = useMemo(() => ({ client, labels: labels ? withLabels(labels) : en }), [client, labels])
  return <DoorwardContext value={value}>{children}</DoorwardContext>
}

function useProvided(): Provided {
  const provided = use(DoorwardContext)
  if (!provided) throw new TypeError('There is no <DoorwardProvider> above this component.')
  return provided
}

/** The client of the provider. TypeError without one. */
export const useClient = (): DoorwardClient => useProvided().client

/** The texts of the provider. */
export const useLabels = (): Labels => useProvided().labels
