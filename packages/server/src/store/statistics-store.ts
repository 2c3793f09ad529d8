/** Counts by day, as the administration asks for them. */

/** How often something happened on a day. */
export interface DayCount {
  /** Days since 1970, UTC. */
  readonly day: number
  readonly measure: string
  readonly count: number
}

/** Counts by day, from the first day up to but not including the last; days without any are left out. */
export interface StatisticsStore {
  /** Entries of the audit log, by action. */
  happenings(input: { from: number; until: number; actions: readonly string[] }): Promise<readonly DayCount[]>
  /** Mails by the day on which they were queued, and by what became of them. */
  mails(input: { from: number; until: number }): Promise<readonly DayCount[]>
  /** Counts that were kept. */
  kept(input: { from: number; until: number }): Promise<readonly DayCount[]>
  /** Keeps counts of days that do not change any more; what is kept already stays. */
  keep(counts: readonly DayCount[]): Promise<void>
  /** How many accounts there are; counting stops at the limit. */
  accounts(limit: number): Promise<number>
}
