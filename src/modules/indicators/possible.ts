import type { Indicator } from './model.ts'

interface Estimate {
  value: number | null
  low: number | null
  high: number | null
}

/** Differences have no bounds, nor have scores and their places. */
const signed: readonly Indicator['unit'][] = ['points', 'points_difference', 'percentile']

/**
 * An estimate whose interval holds only what can be: of a few very different schools the formula reaches below zero, where no
 * number of pupils is. Nothing that can be true is cut off, so the interval holds the truth as often as before. A share may
 * still be above one where its definition lets it, as lessons taught of those planned.
 */
export function withinPossible<Told extends Estimate>(
  { unit, isSigned }: Pick<Indicator, 'unit' | 'isSigned'>,
  estimate: Told,
): Told {
  const { value, low } = estimate
  if (isSigned || signed.includes(unit) || value === null || low === null || value < 0) return estimate
  return { ...estimate, low: Math.max(0, low) }
}
