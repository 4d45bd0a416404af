import { mean, variance } from '../numeric/sum.ts'
import { tReach } from './moments.ts'

/** Before and after of one unit. */
export type BeforeAfter = readonly [before: number, after: number]

/** How much more the first of each pair changed than the second. */
export interface PairedChange {
  readonly pairs: number
  /** mean of (after − before) of the first minus (after − before) of the second */
  readonly value: number
  /** null where all pairs agree: then there is no error to estimate */
  readonly standardError: number | null
  readonly t: number | null
  readonly low: number | null
  readonly high: number | null
  /** standard deviation before, both sides taken as one population; null where nobody differed */
  readonly sdBefore: number | null
  /** value / sdBefore */
  readonly effectSize: number | null
}

/**
 * Difference of changes between matched pairs, with Student's t interval over the pairs.
 *
 * @param first   one per pair, e.g. those who got support
 * @param second  their matches, in the same order
 * @throws        RangeError if there are fewer than two pairs, lengths differ or a number is not finite
 */
export function pairedChange(
  first: readonly BeforeAfter[],
  second: readonly BeforeAfter[],
  level = 0.95,
): PairedChange {
  if (first.length !== second.length || first.length < 2) {
    throw new RangeError('pairedChange requires two or more pairs, each with both sides')
  }
  const pairs = first.length
  const changes = first.map(([before, after], i) => after - before - (second[i]![1] - second[i]![0]))
  const value = mean(changes)
  const spread = variance(changes)
  const pooled = variance([...first, ...second].map(([before]) => before))
  const sdBefore = pooled > 0 ? Math.sqrt(pooled) : null
  const effectSize = sdBefore === null ? null : value / sdBefore
  if (spread === 0)
    return { pairs, value, standardError: null, t: null, low: null, high: null, sdBefore, effectSize }
  const standardError = Math.sqrt(spread / pairs)
  const reach = tReach(level, pairs - 1) * standardError
  return {
    pairs,
    value,
    standardError,
    t: value / standardError,
    low: value - reach,
    high: value + reach,
    sdBefore,
    effectSize,
  }
}
