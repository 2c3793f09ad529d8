import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createHashQueue } from './hash-queue.ts'

/** A job that ends when told to. */
function heldJob() {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { run: () => promise, end: () => resolve() }
}

describe('the hashing queue | several jobs', () => {
  it('never runs more at once than it may, and runs them all', async () => {
    const queue = createHashQueue({ concurrency: 3, length: 100 })
    let most = 0
    const job = async () => {
      most = Math.max(most, queue.running)
      await sleep(1)
      return most
    }
    const done = await Promise.all(Array.from({ length: 30 }, () => queue.run(job)))
    expect(done).toHaveLength(30)
    expect(most).toBe(3)
    expect([queue.running, queue.waiting]).toEqual([0, 0])
  })

  it('serves them in the order in which they came, newcomers last', async () => {
    const queue = createHashQueue({ concurrency: 1, length: 10 })
    const first = heldJob()
    const order: string[] = []
    const note = (name: string) => async () => void order.push(name)
    const all = [queue.run(first.run), queue.run(note('second')), queue.run(note('third'))]
    const late = all[0]?.then(() => queue.run(note('newcomer')))
    first.end()
    await Promise.all([...all, late])
    expect(order).toEqual(['second', 'third', 'newcomer'])
  })

  it('counts who waits and who runs', async () => {
    const queue = createHashQueue({ concurrency: 2, length: 10 })
    const jobs = Array.from({ length: 5 }, heldJob)
    const all = jobs.map((job) => queue.run(job.run))
    expect([queue.running, queue.waiting]).toEqual([2, 3])
    for (const job of jobs) job.end()
    await Promise.all(all)
    expect([queue.running, queue.waiting]).toEqual([0, 0])
  })
})

describe('the hashing queue | a job that fails', () => {
  it('tells its caller and lets the next one run', async () => {
    const queue = createHashQueue({ concurrency: 1, length: 10 })
    const bad = queue.run(() => Promise.reject(new RangeError('broken')))
    const worse = queue.run(() => {
      throw new RangeError('broken at once')
    })
    const good = queue.run(async () => 'fine')
    await expect(bad).rejects.toThrow('broken')
    await expect(worse).rejects.toThrow('broken at once')
    expect(await good).toBe('fine')
    expect(queue.running).toBe(0)
  })
})

describe('the hashing queue | more than it can hold', () => {
  it('refuses the one too many as overloaded, and still serves those who wait', async () => {
    const queue = createHashQueue({ concurrency: 1, length: 2 })
    const jobs = Array.from({ length: 3 }, heldJob)
    const all = jobs.map((job) => queue.run(job.run))
    const refused = queue.run(async () => 'never')
    await expect(refused).rejects.toMatchObject({
      code: 'overloaded',
      issues: [{ code: 'overloaded', params: { seconds: 1 } }],
    })
    for (const job of jobs) job.end()
    await Promise.all(all)
    expect(await queue.run(async () => 'again')).toBe('again')
  })

  it('says after how many seconds it should be empty, judging by recent jobs', async () => {
    const queue = createHashQueue({ concurrency: 1, length: 7 })
    await queue.run(() => sleep(300))
    const held = Array.from({ length: 8 }, heldJob)
    const all = held.map((job) => queue.run(job.run))
    const error = await queue.run(async () => 'never').catch((thrown: unknown) => thrown)
    // Eight jobs of 0.3 s are 2.4 s; a busy machine may have measured the first one longer.
    const [issue] = (error as { issues: { params: { seconds: number } }[] }).issues
    expect(issue?.params.seconds).toBeGreaterThanOrEqual(3)
    expect(issue?.params.seconds).toBeLessThan(10)
    for (const job of held) job.end()
    await Promise.all(all)
  })

  it('does not start with a size that makes no sense', () => {
    expect(() => createHashQueue({ concurrency: 0, length: 1 })).toThrow(TypeError)
    expect(() => createHashQueue({ concurrency: 1, length: -1 })).toThrow(TypeError)
    expect(() => createHashQueue({ concurrency: Number.NaN, length: 1 })).toThrow(TypeError)
  })
})
