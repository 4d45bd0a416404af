/** Variance between groups and within them, by moments of the one-way analysis of variance; between is at least 0. */
export function spreadsOf(
  group: Float64Array,
  values: Float64Array,
): { between: number; within: number; centre: number; sums: Map<number, { n: number; sum: number }> } {
  const n = values.length
  const sums = new Map<number, { n: number; sum: number }>()
  let total = 0
  for (let i = 0; i < n; i++) {
    const own = sums.get(group[i]!) ?? { n: 0, sum: 0 }
    own.n++
    own.sum += values[i]!
    total += values[i]!
    sums.set(group[i]!, own)
  }
  const centre = total / n
  const k = sums.size
  if (k < 2 || n <= k) return { between: 0, within: 1, centre, sums }
  let inside = 0
  for (let i = 0; i < n; i++) {
    const own = sums.get(group[i]!)!
    inside += (values[i]! - own.sum / own.n) ** 2
  }
  let outside = 0
  let squares = 0
  for (const own of sums.values()) {
    outside += own.n * (own.sum / own.n - centre) ** 2
    squares += own.n * own.n
  }
  const within = inside / (n - k)
  const usual = (n - squares / n) / (k - 1)
  return { between: Math.max(0, (outside / (k - 1) - within) / usual), within, centre, sums }
}
