/** How the threads of libuv's pool are shared. */
import { availableParallelism } from 'node:os'
import type { Environment } from './environment.ts'

/**
 * How many passwords may be hashed at once: one for each processor, but one less than the pool has threads (4, unless
 * `UV_THREADPOOL_SIZE` says more, as the standalone server does). Signatures, files and names need one too, and would
 * wait for a hash.
 */
export const hashConcurrency = (
  env: Environment = process.env,
  processors: number = availableParallelism(),
): number => Math.max(1, Math.min(processors, (Number(env.UV_THREADPOOL_SIZE) || 4) - 1))
