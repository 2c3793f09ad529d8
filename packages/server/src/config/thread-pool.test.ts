import { expect, it } from 'vitest'
import { hashConcurrency } from './thread-pool.ts'

it.each([
  ['one for each processor', { UV_THREADPOOL_SIZE: '10' }, 8, 8],
  ['a thread stays free for signatures, files and names', { UV_THREADPOOL_SIZE: '8' }, 8, 7],
  ['libuv has four threads unless told otherwise', {}, 8, 3],
  ['one hash at a time is the least', { UV_THREADPOOL_SIZE: '1' }, 8, 1],
] as const)('passwords that are hashed at once | %s', (_, env, processors, expected) => {
  expect(hashConcurrency(env, processors)).toBe(expected)
})
