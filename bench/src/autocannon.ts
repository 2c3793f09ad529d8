/** Load from `autocannon`, for machines without `wrk`. */
import autocannon from 'autocannon'
import type { Bodies, Effort, Load } from './load.ts'
import type { Measurement } from './measurement.ts'

/** Runs it once, in this process. */
export async function driveWithAutocannon(load: Load, effort: Effort): Promise<Measurement> {
  const result = await autocannon({
    url: load.url,
    connections: effort.connections,
    duration: effort.seconds,
    timeout: 30,
    method: load.method,
    headers: { ...load.headers },
    ...(load.bodies?.kind === 'same' ? { body: load.bodies.text } : {}),
    ...(load.bodies && load.bodies.kind !== 'same' ? { requests: [changing(load.bodies)] } : {}),
  })
  const failed = result.non2xx + result.errors + result.timeouts
  const { p50, p99, max } = result.latency
  return { perSecond: result['2xx'] / result.duration, p50, p99, max, failed }
}

function changing(bodies: Exclude<Bodies, { kind: 'same' }>): autocannon.Request {
  if (bodies.kind === 'each') {
    let at = 0
    const next = () => bodies.texts[at++ % bodies.texts.length] ?? ''
    return { setupRequest: (request) => ({ ...request, body: next() }) }
  }
  const { field, first } = bodies
  const waiting = [...first]
  const pattern = new RegExp(`"${field}":"([^"]+)"`)
  return {
    setupRequest: (request) => ({
      ...request,
      body: JSON.stringify({ [field]: waiting.shift() ?? 'none left' }),
    }),
    onResponse: (_, body) => {
      const text = pattern.exec(body)?.[1]
      if (text !== undefined) waiting.push(text)
    },
  }
}
