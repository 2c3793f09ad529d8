#!/usr/bin/env node
/**
 * Starts the command line with what has to be set before anything else runs. This file is JavaScript, because the part
 * of Node that reads TypeScript is not even loaded when all of the rest comes from the cache.
 */
import { enableCompileCache } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

// What the engine compiled the last time: a start takes half as long. It is kept beside this package, and not in the
// folder that all programs share in `/tmp`: whoever can write there could bring code in here.
enableCompileCache(join(import.meta.dirname, '../.cache'))

// One thread for each password that is hashed (one for each processor), and two for files and names; never fewer than
// libuv's own four. It reads this once, when the first of them is needed.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, availableParallelism() + 2))

await import('../src/main.ts')
