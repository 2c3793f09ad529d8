/**
 * People who register, rotate tokens, change passwords and sign out as fast as they can, and who remember what was
 * answered: that is what must be true afterwards, whatever happened meanwhile.
 */
import type { SmtpSink } from '../../../packages/server/src/testing/smtp-sink.ts'
import { activate, PASSWORD, register } from './api.ts'
import { changeOne, endOne, registerOne, rotateOne } from './jobs.ts'
import { createMemory, type Memory, type Person } from './memory.ts'
import { pause, type Report, within } from './report.ts'
import { addressOf, verify } from './verify.ts'

/** The load. */
export interface Load {
  readonly memory: Memory
  /** Lets everybody work until `pauseAll`. */
  run(): void
  /** Waits until nobody asks for anything. */
  pauseAll(): Promise<void>
  /** Checks everything that was answered. The server must run. */
  verify(report: Report): Promise<void>
}

const PEOPLE = 6

/** A person who got no answer asks again a moment later, in milliseconds. */
const BREATH = 5

/** Prepares people; `base` says where to ask. */
export async function createLoad(base: () => string, sink: SmtpSink): Promise<Load> {
  const memory = createMemory()
  const work = { base, memory }
  const people = await prepare(base(), sink)
  const [rotators, changers, leavers] = [people.slice(0, 2), people.slice(2, 4), people.slice(4)]
  const jobs = [
    ...rotators.map((person) => () => rotateOne(work, person)),
    ...changers.map((person) => () => changeOne(work, person)),
    ...leavers.map((person) => () => endOne(work, person)),
    () => registerOne(work),
    () => registerOne(work),
  ]
  let running = false
  let working: Promise<unknown> = Promise.resolve()
  const keepOn = async (job: () => Promise<void>) => {
    while (running) {
      await job()
      await pause(BREATH)
    }
  }
  return {
    memory,
    verify: (report) => verify(report, { base, sink, memory, rotators, changers }),
    run: () => {
      running = true
      working = Promise.all(jobs.map(keepOn))
    },
    pauseAll: async () => {
      running = false
      await working
    },
  }
}

async function prepare(base: string, sink: SmtpSink): Promise<readonly Person[]> {
  const people: Person[] = []
  for (let n = 0; n < PEOPLE; n += 1) {
    const email = `person-${n}-${crypto.randomUUID()}@example.com`
    await register(base, email)
    const mailOf = () => sink.mails.find(({ to }) => addressOf(to) === email)
    if (!(await within(30_000, () => mailOf() !== undefined))) throw new TypeError(`no mail came to ${email}`)
    await activate(base, mailOf()?.text ?? '')
    people.push({ email, password: PASSWORD, unsure: null, refresh: null, changes: 0 })
  }
  return people
}
