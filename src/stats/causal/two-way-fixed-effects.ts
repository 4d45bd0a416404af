import { robustRegression } from './robust-regression.ts'

export interface TwoWayInput {
  readonly y: ArrayLike<number>
  /** rows × columns, row-major: treatment and anything else that varies within units over time */
  readonly x: ArrayLike<number>
  readonly columns: number
  readonly unit: ArrayLike<number | string>
  readonly period: ArrayLike<number | string>
  /** default: the unit */
  readonly clusters?: ArrayLike<number | string>
}

/** Slopes with unit and period effects taken out. */
export interface TwoWay {
  readonly coefficients: Float64Array
  readonly clustered: Float64Array
  readonly classical: Float64Array
  readonly clusters: number
  readonly units: number
  readonly periods: number
}

/**
 * Regression with an effect per unit and per period, clustered errors. Gaps in the panel are allowed. With
 * treatments that start at different times its slope mixes good and bad comparisons: show it beside
 * `baconWeights`, never alone; headlines come from `groupTimeEffects`.
 *
 * @throws RangeError if shapes do not fit or a column does not vary within units and periods
 */
export function twoWayFixedEffects({ y, x, columns, unit, period, clusters = unit }: TwoWayInput): TwoWay {
  const rows = y.length
  if (x.length !== rows * columns || unit.length !== rows || period.length !== rows || columns < 1) {
    throw new RangeError('twoWayFixedEffects requires rows × columns numbers, a unit and a period per row')
  }
  const units = numbered(unit)
  const periods = numbered(period)
  const width = columns + periods.count - 1
  const design = new Float64Array(rows * width)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) design[i * width + j] = x[i * columns + j]!
    if (periods.of[i]! > 0) design[i * width + columns + periods.of[i]! - 1] = 1
  }
  // Unit effects leave by subtracting unit means, period effects stay as columns: exact also with gaps.
  const outcome = withoutUnitMeans(Float64Array.from(y), 1, units)
  withoutUnitMeans(design, width, units)
  const own = columns
  // The treatment comes last, so that a column explained by the periods is seen as the aliased one.
  const ordered = reorder(design, rows, width, own)
  const found = robustRegression({
    x: ordered,
    y: outcome,
    rows,
    columns: width,
    clusters,
    absorbed: units.count,
  })
  const from = width - own
  if (found.aliased.subarray(from).includes(1)) {
    throw new RangeError('twoWayFixedEffects requires columns that vary within units and periods')
  }
  return {
    coefficients: found.coefficients.slice(from),
    clustered: found.clustered!.slice(from),
    classical: found.classical.slice(from),
    clusters: found.clusters!,
    units: units.count,
    periods: periods.count,
  }
}

function numbered(labels: ArrayLike<number | string>) {
  const at = new Map<number | string, number>()
  const of = Int32Array.from({ length: labels.length }, (_, i) => {
    const label = labels[i]!
    if (!at.has(label)) at.set(label, at.size)
    return at.get(label)!
  })
  return { of, count: at.size }
}

function withoutUnitMeans(table: Float64Array, columns: number, units: { of: Int32Array; count: number }) {
  const sums = new Float64Array(units.count * columns)
  const sizes = new Float64Array(units.count)
  for (const [i, unit] of units.of.entries()) {
    sizes[unit]!++
    for (let j = 0; j < columns; j++) sums[unit * columns + j]! += table[i * columns + j]!
  }
  for (const [i, unit] of units.of.entries()) {
    for (let j = 0; j < columns; j++) table[i * columns + j]! -= sums[unit * columns + j]! / sizes[unit]!
  }
  return table
}

/** Moves the first `own` columns behind the others. */
function reorder(table: Float64Array, rows: number, width: number, own: number): Float64Array {
  const moved = new Float64Array(table.length)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < width; j++) moved[i * width + ((j + width - own) % width)] = table[i * width + j]!
  }
  return moved
}
