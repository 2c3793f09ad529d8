/** From a path to what answers there. */

/** Something at a path. `:name` stands for one segment; a slash at the end makes no difference. */
export interface Route<T> {
  readonly path: string
  readonly target: T
}

/** What a path led to, and the segments that were named, decoded. */
export interface Match<T> {
  readonly target: T
  readonly params: Readonly<Record<string, string>>
}

interface Pattern<T> {
  readonly segments: readonly string[]
  readonly target: T
}

/** Makes the function that finds. Paths without names win over patterns; of patterns the first one that fits. */
export function createRouter<T>(routes: readonly Route<T>[]): (path: string) => Match<T> | null {
  const fixed = new Map<string, Match<T>>()
  const patterns: Pattern<T>[] = []
  for (const { path, target } of routes) {
    if (path.includes(':')) patterns.push({ segments: withoutSlash(path).split('/'), target })
    else fixed.set(withoutSlash(path), { target, params: {} })
  }
  return (path) => fixed.get(withoutSlash(path)) ?? findPattern(patterns, withoutSlash(path).split('/'))
}

const withoutSlash = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path)

function findPattern<T>(patterns: readonly Pattern<T>[], given: readonly string[]): Match<T> | null {
  const fits = ({ segments }: Pattern<T>) =>
    segments.length === given.length && segments.every((segment, i) => matches(segment, given[i] ?? ''))
  const found = patterns.find(fits)
  if (!found) return null
  const params: Record<string, string> = {}
  for (const [i, segment] of found.segments.entries()) {
    if (segment.startsWith(':')) params[segment.slice(1)] = decoded(given[i] ?? '')
  }
  return { target: found.target, params }
}

const matches = (segment: string, given: string): boolean =>
  segment.startsWith(':') ? given !== '' : segment === given

/** As it is where it cannot be decoded. */
function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
