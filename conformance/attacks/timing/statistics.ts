/** What can be said of two sets of times that were measured in pairs, on a machine that others use too. */

/** The middle value; 0 without values. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2
}

/**
 * Wilcoxon's signed-rank test of differences within pairs, as a z-score: 0 when positive and negative ones balance.
 * A pair is measured within a moment, so what the machine does meanwhile falls out; and ranks keep a few pairs that
 * were disturbed from deciding, whatever the form of the distribution.
 */
export function signedRankZ(differences: readonly number[]): number {
  const ranked = differences.filter((one) => one !== 0).sort((a, b) => Math.abs(a) - Math.abs(b))
  const n = ranked.length
  if (n === 0) return 0
  const positive = ranked.reduce((sum, one, index) => (one > 0 ? sum + index + 1 : sum), 0)
  const mean = (n * (n + 1)) / 4
  return (positive - mean) / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24)
}

/** Rounds of the bootstrap: enough for the ends of an interval of 95 %. */
const RESAMPLES = 1000

/** Between which values the median lies with a confidence of 95 %, by the bootstrap (percentiles). */
export function medianInterval(values: readonly number[]): readonly [low: number, high: number] {
  const pick = () => values[Math.floor(Math.random() * values.length)] ?? 0
  const medians = Array.from({ length: RESAMPLES }, () => median(values.map(pick))).sort((a, b) => a - b)
  return [medians[Math.floor(RESAMPLES * 0.025)] ?? 0, medians[Math.floor(RESAMPLES * 0.975)] ?? 0]
}
