/**
 * Loaded before the server (`node --import`), this moves its clock: the file that CLOCK_FILE names holds an offset in
 * milliseconds. The time since the start (`performance.now()`, timers) is left alone, as a correction of the system's
 * clock leaves it.
 */
import { readFileSync } from 'node:fs'

const now = Date.now.bind(Date)
Date.now = () => now() + (Number(readFileSync(process.env.CLOCK_FILE, 'utf8')) || 0)
