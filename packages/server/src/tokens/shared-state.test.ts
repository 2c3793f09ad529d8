/** Tests of what an instance does before it trusts what it holds in memory. */
import { describe, expect, it } from 'vitest'
import { createSharedState } from './shared-state.ts'

function instance(part: () => Promise<unknown>) {
  const time = { ms: 0 }
  const errors: unknown[] = []
  const monotonic = () => time.ms
  const shared = createSharedState({ parts: [part], onError: (error) => errors.push(error), monotonic })
  return { time, errors, shared }
}

describe('an instance | before it trusts what it holds in memory', () => {
  it('asks nobody for three seconds after it looked', () => {
    const { time, shared } = instance(() => Promise.reject(new TypeError('not asked')))
    time.ms = 3000
    expect(shared.ensureFresh()).toBeUndefined()
  })

  it('looks first after it was paused, once for all who wait', async () => {
    let looks = 0
    const { time, shared } = instance(async () => {
      looks += 1
    })
    time.ms = 20_000
    await Promise.all([shared.ensureFresh(), shared.ensureFresh(), shared.ensureFresh()])
    expect(looks).toBe(1)
    expect(shared.ensureFresh()).toBeUndefined()
  })

  it('does not take the answer to a look from before the pause for a new one', async () => {
    const answers: (() => void)[] = []
    const { time, shared } = instance(() => new Promise<void>((resolve) => answers.push(resolve)))
    shared.refresh()
    time.ms = 20_000
    const waiting = shared.ensureFresh()
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
    answers[1]?.()
    await waiting
    expect(shared.ensureFresh()).toBeUndefined()
  })

  it('refuses to answer when the database cannot be asked', async () => {
    const { time, shared } = instance(() => Promise.reject(new RangeError('away')))
    time.ms = 3001
    await expect(shared.ensureFresh()).rejects.toThrow('away')
  })

  it('refuses to answer when asking takes longer than the answer is good for', async () => {
    const { time, shared } = instance(async () => {
      time.ms += 3001
    })
    time.ms = 3001
    await expect(shared.ensureFresh()).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('an instance | when another one announces a change', () => {
  it('looks at once, and once more when it was looking already', async () => {
    const answers: (() => void)[] = []
    const { shared } = instance(() => new Promise<void>((resolve) => answers.push(resolve)))
    shared.refresh()
    shared.refresh()
    shared.refresh()
    expect(answers).toHaveLength(1)
    answers[0]?.()
    await expect.poll(() => answers.length).toBe(2)
  })

  it('tells of a look that failed, and goes on', async () => {
    let broken = true
    const { errors, shared } = instance(async () => {
      if (broken) throw new RangeError('away')
    })
    shared.refresh()
    await expect.poll(() => errors).toHaveLength(1)
    broken = false
    shared.refresh()
    await expect.poll(() => errors).toHaveLength(1)
  })
})

describe('an instance | that stops', () => {
  it('waits for the look under way, and looks no more, whatever is announced meanwhile', async () => {
    const answers: (() => void)[] = []
    const { shared } = instance(() => new Promise<void>((resolve) => answers.push(resolve)))
    shared.refresh()
    shared.refresh()
    let isStopped = false
    const stopped = shared.stop().then(() => {
      isStopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStopped).toBe(false)
    answers[0]?.()
    await stopped
    shared.refresh()
    await new Promise((resolve) => setImmediate(resolve))
    expect(answers).toHaveLength(1)
  })

  it('does not fail itself when that look fails: whoever began it is told', async () => {
    const answers: ((error: unknown) => void)[] = []
    const { errors, shared } = instance(() => new Promise((_, reject) => answers.push(reject)))
    shared.refresh()
    const stopped = shared.stop()
    answers[0]?.(new RangeError('away'))
    await stopped
    expect(errors).toHaveLength(1)
  })
})
