import { sum } from '../numeric/sum.ts'

/** What a difference of two ratings weighs: any, by the ranks between them, or by its square. */
export type RatingMetric = 'nominal' | 'ordinal' | 'interval'

/**
 * Krippendorff's alpha: agreement of any number of raters, with gaps, on any scale; 1 − observed disagreement
 * over the disagreement of ratings paired at random. For lessons seen by different observers.
 *
 * @param ratings  units × raters; NaN where this rater did not rate the unit. Units with one rating do not count
 * @returns        at most 1; null where all counted ratings are the same (no disagreement was possible)
 * @throws         RangeError if no unit has two ratings or a rating is infinite
 * @see            Krippendorff (2011), https://repository.upenn.edu/asc_papers/43
 */
export function krippendorffAlpha(
  ratings: readonly ArrayLike<number>[],
  metric: RatingMetric,
): { alpha: number | null; units: number; ratings: number } {
  const units = ratings
    .map((unit) => Array.from(unit).filter((x) => !Number.isNaN(x)))
    .filter((unit) => unit.length >= 2)
  if (units.length === 0 || units.some((unit) => !unit.every(Number.isFinite))) {
    throw new RangeError('krippendorffAlpha requires finite ratings and a unit rated at least twice')
  }
  const values = [...new Set(units.flat())].sort((a, b) => a - b)
  const at = new Map(values.map((value, index) => [value, index]))
  const m = values.length
  const pairs = new Float64Array(m * m)
  for (const unit of units) {
    const weight = 1 / (unit.length - 1)
    for (let i = 0; i < unit.length; i++) {
      for (let j = 0; j < unit.length; j++)
        if (i !== j) pairs[at.get(unit[i]!)! * m + at.get(unit[j]!)!]! += weight
    }
  }
  const margins = values.map((_, i) => sum(pairs.subarray(i * m, (i + 1) * m)))
  const n = sum(margins)
  const distance = (i: number, j: number) => squaredDistance(metric, values, margins, i, j)
  const indices = values.map((_, i) => i)
  const over = (value: (i: number, j: number) => number) =>
    sum(indices.flatMap((i) => indices.map((j) => value(i, j) * distance(i, j))))
  const expected = over((i, j) => margins[i]! * margins[j]!) / (n - 1)
  const observed = over((i, j) => pairs[i * m + j]!)
  return {
    alpha: expected === 0 ? null : 1 - observed / expected,
    units: units.length,
    ratings: Math.round(n),
  }
}

function squaredDistance(
  metric: RatingMetric,
  values: readonly number[],
  margins: readonly number[],
  i: number,
  j: number,
): number {
  if (i === j) return 0
  if (metric === 'nominal') return 1
  if (metric === 'interval') return (values[i]! - values[j]!) ** 2
  const [from, to] = i < j ? [i, j] : [j, i]
  return (sum(margins.slice(from, to + 1)) - (margins[from]! + margins[to]!) / 2) ** 2
}
