import { setTimeout as sleep } from 'node:timers/promises'
import { type Comparison, compareObservations, type Observation } from './compare.ts'
import { Session } from './session.ts'
import type { Side } from './side.ts'

/** One script, run on each server; its name is a sentence. */
export interface Case {
  readonly name: string
  readonly run: (session: Session) => Promise<void>
}

/** The cases of one file. */
export interface Topic {
  readonly name: string
  readonly cases: readonly Case[]
  /** Left out, and said so, where no sales resource is to be had. */
  readonly needsSales?: boolean
}

/** The judged steps of one case. */
export interface CaseResult {
  readonly topic: string
  readonly name: string
  readonly comparisons: readonly Comparison[]
}

/** Both servers and how to run cases on them. */
export interface Arena {
  readonly a: Side
  readonly b: Side
  readonly concurrency: number
  readonly selfCheck: boolean
}

interface Finished {
  readonly topic: Topic
  readonly one: Case
  readonly a: Session
  readonly b: Session
}

const SURPLUS_GRACE_MS = 1_000

/** Runs the cases of some topics and judges them; `onDone` hears of each case as it ends. */
export async function runTopics(
  topics: readonly Topic[],
  arena: Arena,
  onDone: (result: CaseResult) => void = () => undefined,
): Promise<CaseResult[]> {
  const queue = topics.flatMap((topic) => topic.cases.map((one, index) => ({ topic, one, index })))
  const finished: Finished[] = []
  const next = queue.values()
  const worker = async () => {
    for (const { topic, one, index } of next) {
      const done = await runCase(topic, one, `${topic.name.replaceAll(/[^a-z0-9]+/gi, '-')}-${index}`, arena)
      finished.push(done)
      onDone(toResult(done, arena.selfCheck))
    }
  }
  await Promise.all(Array.from({ length: arena.concurrency }, worker))
  await sleep(SURPLUS_GRACE_MS)
  return finished.map((done) => withSurplus(toResult(done, arena.selfCheck), done))
}

async function runCase(topic: Topic, one: Case, slug: string, arena: Arena): Promise<Finished> {
  const a = new Session(arena.a, slug)
  await runScript(one, a)
  const b = new Session(arena.b, slug, a.observations)
  await runScript(one, b)
  return { topic, one, a, b }
}

async function runScript(one: Case, session: Session): Promise<void> {
  try {
    await one.run(session)
  } catch (fault) {
    const seen = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
    session.observe('the script stopped', `on ${session.side.name}: ${seen}`)
  }
}

function toResult({ topic, one, a, b }: Finished, selfCheck: boolean): CaseResult {
  const comparisons = compareObservations(a.observations, b.observations, selfCheck)
  return { topic: topic.name, name: one.name, comparisons }
}

/** An outbox delivers after the answer, so a mail too many shows only at the end. */
function withSurplus(result: CaseResult, { a, b }: Finished): CaseResult {
  const counts: Observation[][] = [a, b].map((session) => [
    { label: 'mails that no step accounts for', seen: session.unexplainedMails() },
  ])
  const surplus = compareObservations(counts[0] ?? [], counts[1] ?? [], true)
  return { ...result, comparisons: [...result.comparisons, ...surplus] }
}

/** The sums over some results. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly optional: number
}

/** Counts comparisons. */
export function tally(results: readonly CaseResult[]): Tally {
  const all = results.flatMap((result) => result.comparisons)
  const failed = all.filter((one) => one.faults.length > 0).length
  const optional = all.filter((one) => one.optionalFaults.length > 0).length
  return { passed: all.length - failed, failed, optional }
}

/** A readable account of everything that differs in one case; empty if nothing does. */
export function explain(result: CaseResult, optionalToo = false): string {
  const lines = result.comparisons.flatMap(({ label, faults, optionalFaults }) => {
    const shown = optionalToo ? [...faults, ...optionalFaults.map((line) => `optional: ${line}`)] : faults
    return shown.length === 0 ? [] : [`  ${label}`, ...shown.map((line) => `      ${line}`)]
  })
  return lines.length === 0 ? '' : [`${result.topic} | ${result.name}`, ...lines].join('\n')
}

/** Every step of a case with what the reference answered, one line each. */
export function recite(result: CaseResult): string {
  const lines = result.comparisons.map(({ label, reference }) => {
    const answer =
      typeof reference === 'object' && reference !== null && 'status' in reference ? reference : undefined
    const body = answer && 'body' in answer ? answer.body : undefined
    return `  ${label.replaceAll('\n', ' ')}\n      => ${answer ? `${answer.status} ` : ''}${JSON.stringify(answer ? body : reference)}`
  })
  return [`${result.topic} | ${result.name}`, ...lines].join('\n')
}
