import { quantileFromCounts } from '../numeric/quantile.ts'
import { type Moments, momentsOf } from './moments.ts'

/** How often each value occurs: adds over groups without a common person, and gives exact quantiles. */
export interface CountPerValue {
  /** rising, each once */
  readonly values: readonly number[]
  /** whole, not negative */
  readonly counts: readonly number[]
}

/** Counts of the values written out one by one, in any order. */
export function countValues(values: ArrayLike<number>): CountPerValue {
  const counted = new Map<number, number>()
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value)) throw new RangeError('countValues requires finite numbers')
    counted.set(value === 0 ? 0 : value, (counted.get(value) ?? 0) + 1)
  }
  return fromMap(counted)
}

/** The groups taken together. Values counted 0 times stay. */
export function mergeCounts(...groups: readonly CountPerValue[]): CountPerValue {
  const counted = new Map<number, number>()
  for (const { values, counts } of groups) {
    check({ values, counts })
    values.forEach((value, i) => {
      counted.set(value, (counted.get(value) ?? 0) + counts[i]!)
    })
  }
  return fromMap(counted)
}

/** Number of persons counted. */
export function totalCount({ values, counts }: CountPerValue): number {
  check({ values, counts })
  return counts.reduce((total, count) => total + count, 0)
}

/** Share of persons at each value, in the order of values; null where nobody is counted. */
export function sharesOf(group: CountPerValue): number[] | null {
  const n = totalCount(group)
  return n === 0 ? null : group.counts.map((count) => count / n)
}

/** Type 7 quantile, as if the values were written out; null where nobody is counted. */
export function quantileOf(group: CountPerValue, p: number): number | null {
  return totalCount(group) === 0 ? null : quantileFromCounts(group.values, group.counts, p)
}

/** Median (type 7); null where nobody is counted. */
export function medianOf(group: CountPerValue): number | null {
  return quantileOf(group, 0.5)
}

/** Moments of the values counted: for mean, standard deviation and interval. */
export function momentsOfCounts(group: CountPerValue): Moments {
  const n = totalCount(group)
  const { sum, sumOfSquares } = momentsOf(group.values, group.counts)
  return { n, sumWeights: n, sumWeightsSquared: n, sum, sumOfSquares }
}

function fromMap(counted: ReadonlyMap<number, number>): CountPerValue {
  const rows = [...counted].sort(([a], [b]) => a - b)
  return { values: rows.map(([value]) => value), counts: rows.map(([, count]) => count) }
}

function check({ values, counts }: CountPerValue): void {
  const whole = counts.every((count) => Number.isSafeInteger(count) && count >= 0)
  const rising = values.every((value, i) => Number.isFinite(value) && (i === 0 || value > values[i - 1]!))
  if (values.length !== counts.length || !whole || !rising) {
    throw new RangeError(
      'a count per value requires rising values and one whole count of at least 0 for each',
    )
  }
}
