import { quantile } from '#stats/numeric/quantile.ts'
import { type Label, requireWeights } from './design.ts'

/** One margin: the category of every unit and the population total of every category. */
export interface Margin {
  readonly category: ArrayLike<Label>
  readonly totals: ReadonlyMap<Label, number>
}

export interface RakingOptions {
  /** largest relative deviation from any total, default 1e-6 */
  readonly tolerance?: number
  /** passes over all margins, default 200 */
  readonly passLimit?: number
  /** keep weights within these multiples of their median, e.g. 0.3 and 3; default: no limits */
  readonly limits?: { readonly low: number; readonly high: number }
}

/** Raked weights, and how well they meet the totals. */
export interface Raked {
  readonly weights: Float64Array
  /** largest |sum of weights ÷ total − 1| over all categories */
  readonly deviation: number
  readonly passes: number
  /** false when margins contradict each other or limits forbid meeting them: look at `deviation` */
  readonly converged: boolean
  /** units whose weight stands at a limit */
  readonly limited: number
}

/**
 * Raking (iterative proportional fitting): weights are multiplied margin by margin until their sums meet
 * the known totals. With limits, weights beyond them are set to the limit and the rest raked again.
 *
 * @param weights  0 or more; a weight of 0 stays 0
 * @param margins  at least one; totals of different margins should have the same sum
 * @throws         RangeError if a category in the sample has no total, a total above 0 has no weight in the
 *                 sample (join categories), a total is negative, or sums of margins differ by more than 1e-6
 * @see            Deming, Stephan (1940), Annals of Mathematical Statistics 11, 427–444
 */
export function rake(
  weights: ArrayLike<number>,
  margins: readonly Margin[],
  options: RakingOptions = {},
): Raked {
  const { tolerance = 1e-6, passLimit = 200, limits } = options
  requireWeights(weights, 'rake')
  if (limits && !(limits.low >= 0 && limits.low <= 1 && limits.high >= 1)) {
    throw new RangeError('rake requires limits around 1')
  }
  const tables = margins.map((margin) => numbered(weights, margin))
  if (tables.length === 0) throw new RangeError('rake requires at least one margin')
  const population = tables[0]!.population
  if (tables.some((table) => Math.abs(table.population / population - 1) > 1e-6)) {
    throw new RangeError('rake requires margins with the same sum')
  }
  const raked = Float64Array.from(weights)
  let deviation = Infinity
  let passes = 0
  let limited = 0
  while (passes < passLimit) {
    passes++
    for (const table of tables) scale(raked, table)
    if (limits) limited = cut(raked, limits)
    deviation = Math.max(...tables.map((table) => worst(raked, table)))
    if (deviation <= tolerance) break
  }
  return { weights: raked, deviation, passes, converged: deviation <= tolerance, limited }
}

interface Table {
  readonly of: Int32Array
  readonly totals: Float64Array
  readonly population: number
}

function numbered(weights: ArrayLike<number>, { category, totals }: Margin): Table {
  if (category.length !== weights.length)
    throw new RangeError('rake requires one category per unit and margin')
  const at = new Map([...totals.keys()].map((label, index) => [label, index]))
  const held = new Float64Array(at.size)
  const of = Int32Array.from(weights, (w, unit) => {
    const index = at.get(category[unit]!)
    if (index === undefined) throw new RangeError(`rake requires a total for category ${category[unit]}`)
    held[index]! += w
    return index
  })
  const values = Float64Array.from(totals.values())
  for (const [label, index] of at) {
    if (!(values[index]! >= 0 && values[index]! < Infinity))
      throw new RangeError('rake requires totals of 0 or more')
    if (values[index]! > 0 && held[index] === 0)
      throw new RangeError(`rake requires units with weight in category ${label}`)
  }
  const population = values.reduce((sum, total) => sum + total, 0)
  if (!(population > 0)) throw new RangeError('rake requires totals that are not all 0')
  return { of, totals: values, population }
}

function sums(weights: Float64Array, { of, totals }: Table): Float64Array {
  const held = new Float64Array(totals.length)
  for (let unit = 0; unit < weights.length; unit++) held[of[unit]!]! += weights[unit]!
  return held
}

function scale(weights: Float64Array, table: Table) {
  const factor = sums(weights, table).map((held, c) => (held > 0 ? table.totals[c]! / held : 0))
  for (let unit = 0; unit < weights.length; unit++) weights[unit]! *= factor[table.of[unit]!]!
}

function worst(weights: Float64Array, table: Table): number {
  const held = sums(weights, table)
  return held.reduce(
    (most, x, c) => Math.max(most, table.totals[c]! > 0 ? Math.abs(x / table.totals[c]! - 1) : 0),
    0,
  )
}

/** Sets weights beyond the limits to them; returns how many stand there. */
function cut(weights: Float64Array, { low, high }: { low: number; high: number }): number {
  const positive = weights.filter((w) => w > 0).sort()
  if (positive.length === 0) return 0
  const median = quantile(positive, 0.5)
  let count = 0
  for (let unit = 0; unit < weights.length; unit++) {
    if (weights[unit] === 0) continue
    const kept = Math.min(high * median, Math.max(low * median, weights[unit]!))
    if (kept !== weights[unit]) count++
    weights[unit] = kept
  }
  return count
}
