/** A balanced panel: every unit seen in every period. */
export interface Panel {
  /** T periods, rising */
  readonly periods: readonly number[]
  /** n × T, row-major, nothing missing */
  readonly outcome: ArrayLike<number>
  /** first period in which each unit is treated; 0 or Infinity = never */
  readonly firstTreated: ArrayLike<number>
  /** n × p, row-major, measured before any treatment; default none */
  readonly covariates?: ArrayLike<number>
  /** n weights, default 1 */
  readonly weights?: ArrayLike<number>
  /** cluster of each unit; default: every unit is its own */
  readonly clusters?: ArrayLike<number | string>
}

/** A panel checked and brought into shape. */
export interface CheckedPanel {
  readonly n: number
  readonly periods: readonly number[]
  readonly outcome: Float64Array
  /** Infinity = never inside the panel */
  readonly firstTreated: Float64Array
  /** n × (1 + p), a constant first */
  readonly x: Float64Array
  readonly columns: number
  readonly weights: Float64Array
  /** number of the cluster of each unit */
  readonly cluster: Int32Array
  readonly clusters: number
  /** rising, without never */
  readonly groups: readonly number[]
  /** units treated from the first period on: without a before, so left out */
  readonly alwaysTreated: number
}

/**
 * Checks a panel. Units treated from the first period on have no before and are left out; units first treated
 * after the last period count as never treated.
 *
 * @throws RangeError if shapes do not fit, periods do not rise, a number is not finite or nobody is treated
 */
export function checkedPanel(panel: Panel): CheckedPanel {
  const { periods, firstTreated } = panel
  const all = firstTreated.length
  const T = periods.length
  if (T < 2 || periods.some((t, at) => at > 0 && !(t > periods[at - 1]!))) {
    throw new RangeError('a panel requires two or more periods in rising order')
  }
  const p = panel.covariates ? panel.covariates.length / all : 0
  const fits =
    panel.outcome.length === all * T && Number.isInteger(p) && (panel.weights?.length ?? all) === all
  if (all === 0 || !fits || (panel.clusters?.length ?? all) !== all) {
    throw new RangeError(
      'a panel requires units × periods outcomes and one entry per unit for everything else',
    )
  }
  const kept: number[] = []
  for (let i = 0; i < all; i++) {
    const g = firstTreated[i]!
    if (!(g >= 0)) throw new RangeError('a panel requires a first period of treatment, 0 for never')
    if (g === 0 || g > periods[0]!) kept.push(i)
  }
  const take = (source: ArrayLike<number>, width: number) =>
    Float64Array.from({ length: kept.length * width }, (_, at) => {
      const value = source[kept[Math.floor(at / width)]! * width + (at % width)]!
      if (!Number.isFinite(value)) throw new RangeError('a panel requires finite numbers, nothing missing')
      return value
    })
  const first = Float64Array.from(kept, (i) => {
    const g = firstTreated[i]!
    return g === 0 || g > periods[T - 1]! ? Infinity : g
  })
  const groups = [...new Set(first)].filter((g) => g < Infinity).sort((a, b) => a - b)
  if (groups.length === 0)
    throw new RangeError('a panel requires units that are treated after its first period')
  const n = kept.length
  const covariates = panel.covariates && p > 0 ? take(panel.covariates, p) : new Float64Array(0)
  const x = new Float64Array(n * (p + 1))
  for (let i = 0; i < n; i++) {
    x[i * (p + 1)] = 1
    for (let j = 0; j < p; j++) x[i * (p + 1) + 1 + j] = covariates[i * p + j]!
  }
  const weights = panel.weights ? take(panel.weights, 1) : new Float64Array(n).fill(1)
  if (!weights.every((w) => w > 0)) throw new RangeError('a panel requires weights above 0')
  const label = new Map<number | string, number>()
  const cluster = Int32Array.from(kept, (i) => {
    const key = panel.clusters ? panel.clusters[i]! : i
    if (!label.has(key)) label.set(key, label.size)
    return label.get(key)!
  })
  return {
    n,
    periods,
    outcome: take(panel.outcome, T),
    firstTreated: first,
    x,
    columns: p + 1,
    weights,
    cluster,
    clusters: label.size,
    groups,
    alwaysTreated: all - n,
  }
}
