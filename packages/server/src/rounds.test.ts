import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createRounds } from './rounds.ts'

const HOUR = 3_600_000

describe('rounds', () => {
  it('end in the middle of a pause: nothing else may be left to wait for, and the program must close', async () => {
    let pieces = 0
    const rounds = createRounds({
      work: async ({ isOver, pause }) => {
        while (!isOver()) {
          pieces += 1
          await pause(HOUR)
        }
      },
      interval: HOUR,
      onError: () => {},
    })
    rounds.start(0)
    await expect.poll(() => pieces).toBe(1)
    await rounds.stop()
    await sleep(20)
    expect(pieces).toBe(1)
  })

  it('come again, also after one that went wrong, which is told', async () => {
    const told: unknown[] = []
    const fault = new RangeError('away')
    let count = 0
    const rounds = createRounds({
      work: async () => {
        count += 1
        if (count === 1) throw fault
      },
      interval: 1,
      onError: (error) => told.push(error),
    })
    rounds.start(0)
    await expect.poll(() => count).toBeGreaterThan(2)
    await rounds.stop()
    expect(told).toEqual([fault])
    const before = count
    await sleep(20)
    expect(count).toBe(before)
  })

  it('throw what went wrong to whoever asked for one', async () => {
    const fault = new RangeError('away')
    const work = () => Promise.reject(fault)
    const rounds = createRounds({ work, interval: HOUR, onError: () => {} })
    await expect(rounds.run()).rejects.toBe(fault)
  })
})
