/** "Did you mean …?": finds the known name that a mistyped one is nearest to. */

/** Fewest insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1]
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforeLast = last
    last = row
  }
  return last[to.length] ?? 0
}

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The nearest known name, if one is near enough to be what was meant; case and punctuation do not count. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = plain(name)
  const farthest = Math.max(1, Math.floor(wanted.length / 3))
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(wanted, plain(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= farthest ? best.candidate : undefined
}

/** What to write instead of an unknown name: the nearest one, or the whole list. */
export function didYouMean(name: string, known: readonly string[]): string {
  const found = nearest(name, known)
  return found ? `Did you mean \`${found}\`?` : `Known are: ${known.join(', ')}.`
}
