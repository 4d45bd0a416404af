/** Cumulative sums of a series against its target. */
export interface Cusum {
  /** one per value: how much has gathered above and below the target */
  readonly high: Float64Array
  readonly low: Float64Array
  /** index of the first value at which a sum exceeds the decision limit; null if none */
  readonly firstHigh: number | null
  readonly firstLow: number | null
}

/**
 * Tabular cumulative sums: small lasting shifts gather until they are noticed.
 *
 * @param values  in order of time; null is a gap, at which the sums stay as they are
 * @param target  what the values should be
 * @param slack   allowance per step, in the unit of the values: half the shift that matters (0.5 for z values)
 * @param limit   decision limit h, in the unit of the values (4 for z values: about one false alarm in 336 steps
 *                on each side)
 * @throws        RangeError unless everything is finite, slack ≥ 0 and limit > 0
 * @see           NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.3
 */
export function cusum(
  values: readonly (number | null)[],
  { target, slack, limit }: { target: number; slack: number; limit: number },
): Cusum {
  if (!(Number.isFinite(target) && slack >= 0 && slack < Infinity && limit > 0 && limit < Infinity)) {
    throw new RangeError('cusum requires a finite target, a slack of at least 0 and a limit above 0')
  }
  const high = new Float64Array(values.length)
  const low = new Float64Array(values.length)
  let up = 0
  let down = 0
  values.forEach((value, i) => {
    if (value !== null) {
      if (!Number.isFinite(value)) throw new RangeError('cusum requires finite values, or null for a gap')
      up = Math.max(0, up + (value - target) - slack)
      down = Math.max(0, down + (target - value) - slack)
    }
    high[i] = up
    low[i] = down
  })
  const first = (sums: Float64Array) => {
    const at = sums.findIndex((total) => total > limit)
    return at < 0 ? null : at
  }
  return { high, low, firstHigh: first(high), firstLow: first(low) }
}
