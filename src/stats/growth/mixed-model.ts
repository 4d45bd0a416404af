import { choleskyInverse } from '../numeric/matrix.ts'
import { mean } from '../numeric/sum.ts'
import { type CrossProducts, crossProducts, type RandomTerm } from './cross-products.ts'
import { searchProfile } from './profile-search.ts'
import { type GroupEffects, groupEffects, nestedTotals } from './random-effects.ts'

export interface MixedModelData {
  /** rows × columns, row-major; a constant column is not added by itself */
  readonly x: Float64Array
  readonly y: ArrayLike<number>
  readonly rows: number
  readonly columns: number
  /** nested, crossed or both; a smaller group that lies in a larger one has its own number there */
  readonly terms: readonly RandomTerm[]
}

export interface MixedModel {
  readonly method: 'REML' | 'ML'
  readonly rows: number
  /** fixed effects, one per column */
  readonly coefficients: Float64Array
  readonly standardErrors: Float64Array
  /** columns × columns */
  readonly covariance: Float64Array
  /** variance of a row around its own groups' fit */
  readonly residualVariance: number
  /** in the order of the terms given */
  readonly terms: readonly FittedTerm[]
  /**
   * Where the groups of the smallest term each lie in one group of every other and all differ in level only:
   * the sum of the effects on the way up, with the variances of the sum. In the order of that term's groups.
   */
  readonly totals?: GroupEffects & { readonly term: number }
  /** −2 (restricted) log-likelihood */
  readonly criterion: number
  readonly logLikelihood: number
  /** false when the search hit its bound */
  readonly converged: boolean
  readonly warnings: readonly string[]
}

export interface FittedTerm extends GroupEffects {
  readonly name: string
  readonly groups: number
  /** 1 for a level alone, one more for each slope */
  readonly width: number
  /** covariance of the effects among groups, width × width */
  readonly variance: Float64Array
  /** rows of each group */
  readonly counts: Float64Array
}

/**
 * Linear mixed model: fixed effects common to all rows and normal effects of groups, one or several groupings,
 * nested or crossed, with slopes that may differ by group. Maximum likelihood, restricted by default, over the
 * profiled covariance parameters.
 *
 * @throws RangeError if data are missing, not finite or do not fit, a term has fewer than two groups or one
 *         row in every group, columns are linearly dependent, or there is nothing left to explain
 * @see    Bates, Mächler, Bolker, Walker (2015), Journal of Statistical Software 67(1),
 *         https://doi.org/10.18637/jss.v067.i01
 */
export function mixedModel(data: MixedModelData, method: 'REML' | 'ML' = 'REML'): MixedModel {
  check(data)
  const { rows, columns } = data
  const order = canonicalOrder(data)
  const slopeScales = data.terms.map(({ slopes = [] }) => slopes.map(rootMeanSquare))
  const terms = data.terms.map((term, t) => ({
    ...term,
    group: Int32Array.from(order, (i) => term.group[i]!),
    slopes: (term.slopes ?? []).map((slope, s) =>
      Float64Array.from(order, (i) => slope[i]! / slopeScales[t]![s]!),
    ),
  }))
  const wide = columns + 1
  const xy = new Float64Array(rows * wide)
  for (const [k, i] of order.entries()) {
    for (let j = 0; j < columns; j++) xy[k * wide + j] = data.x[i * columns + j]!
    xy[k * wide + columns] = data.y[i]!
  }
  const centre = centred(xy, rows, columns)
  return restore(estimate(crossProducts(xy, rows, columns, terms), method), centre, slopeScales)
}

/** Sums of one group for a model whose groups differ in level only. */
export interface GroupSums {
  /** rows of the group */
  readonly count: number
  /** sum of each fixed column, the constant included */
  readonly x: ArrayLike<number>
  readonly y: number
}

/**
 * The same model for one grouping without slopes from sums alone, where rows may not leave their owner.
 *
 * @param groups    sums of each group
 * @param products  [X y]′[X y] over all rows, (columns + 1) × (columns + 1)
 */
export function mixedModelFromSums(
  name: string,
  groups: readonly GroupSums[],
  products: Float64Array,
  method: 'REML' | 'ML' = 'REML',
): MixedModel {
  const columns = groups[0]?.x.length ?? 0
  const wide = columns + 1
  const rows = groups.reduce((total, { count }) => total + count, 0)
  const whole = groups.every(({ count, x, y }) => {
    return Number.isInteger(count) && count >= 0 && x.length === columns && Number.isFinite(y)
  })
  if (!whole || groups.length < 2 || columns < 1 || products.length !== wide * wide || rows <= columns) {
    throw new RangeError('mixedModelFromSums requires sums of two or more groups and one table of products')
  }
  if (![...products, ...groups.flatMap(({ x }) => Array.from(x))].every(Number.isFinite)) {
    throw new RangeError('mixedModelFromSums requires finite numbers')
  }
  const random = new Float64Array(groups.length * wide)
  for (const [g, { x, y }] of groups.entries()) random.set([...Array.from(x), y], g * wide)
  const counts = Float64Array.from(groups, ({ count }) => count)
  const shape = { name, groups: groups.length, width: 1, offset: 0, given: 0, counts }
  const index = Int32Array.from({ length: groups.length + 1 }, (_, g) => g)
  return estimate(
    {
      rows,
      columns,
      terms: [shape],
      pattern: { size: groups.length, start: index, column: index.slice(0, groups.length) },
      blocks: groups.map(({ count }, g) => ({
        rowTerm: 0,
        rowGroup: g,
        columnTerm: 0,
        columnGroup: g,
        values: Float64Array.of(count),
        places: Int32Array.of(g),
      })),
      random,
      fixed: products,
    },
    method,
  )
}

function estimate(products: CrossProducts, method: 'REML' | 'ML'): MixedModel {
  for (const { name, counts } of products.terms) {
    if (counts.every((count) => count <= 1)) {
      throw new RangeError(`a mixed model requires a group of ${name} with more than one row`)
    }
  }
  const { columns, rows } = products
  const optimum = searchProfile(products, method === 'REML')
  const { point, lambdas, singular, converged } = optimum
  const { coefficients, residualVariance, criterion } = point
  const covariance = choleskyInverse(point.fixedFactor, columns).map((v) => v * residualVariance)
  const effects = groupEffects(optimum, covariance)
  const terms: FittedTerm[] = []
  for (const [t, { name, groups, width, given, counts }] of products.terms.entries()) {
    const variance = squared(lambdas[t]!, width).map((v) => v * residualVariance)
    terms[given] = { name, groups, width, counts, variance, ...effects[t]! }
  }
  const totals = nestedTotals(optimum, covariance)
  const warnings = singular.map(
    (t) => `singular: the data show no variance of some effect of ${products.terms[t]!.name}`,
  )
  if (!converged) warnings.push('the search for the variances hit its bound')
  return {
    method,
    rows,
    coefficients,
    standardErrors: rootOfDiagonal(covariance, columns),
    covariance,
    residualVariance,
    terms,
    ...(totals && { totals: { term: products.terms[0]!.given, ...totals } }),
    criterion,
    logLikelihood: -criterion / 2,
    converged,
    warnings,
  }
}

interface Centre {
  /** the constant column, −1 if there is none: nothing is then moved */
  readonly constant: number
  readonly value: number
  /** means of the columns, 0 for the constant */
  readonly means: Float64Array
  readonly outcome: number
}

/** Moves columns and outcome to mean 0 in place where the model has a constant: large means cost digits. */
function centred(xy: Float64Array, rows: number, columns: number): Centre {
  const wide = columns + 1
  const column = (j: number) => Float64Array.from({ length: rows }, (_, i) => xy[i * wide + j]!)
  let constant = -1
  for (let j = 0; j < columns && constant < 0; j++) {
    const value = xy[j]!
    if (value !== 0 && column(j).every((v) => v === value)) constant = j
  }
  const means = new Float64Array(columns)
  if (constant < 0) return { constant, value: 1, means, outcome: 0 }
  for (let j = 0; j < columns; j++) if (j !== constant) means[j] = mean(column(j))
  const outcome = mean(column(columns))
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) xy[i * wide + j]! -= means[j]!
    xy[i * wide + columns]! -= outcome
  }
  return { constant, value: xy[constant]!, means, outcome }
}

/** Back to the columns, the outcome and the slopes as given. */
function restore(model: MixedModel, centre: Centre, slopeScales: readonly number[][]): MixedModel {
  const columns = model.coefficients.length
  const { constant, value, means, outcome } = centre
  const coefficients = model.coefficients.slice()
  const covariance = model.covariance.slice()
  if (constant >= 0) {
    coefficients[constant]! += outcome / value
    for (let j = 0; j < columns; j++) coefficients[constant]! -= (means[j]! * model.coefficients[j]!) / value
    // The constant is a sum of all coefficients: its row and column of the covariance are sums too.
    for (let k = 0; k < columns; k++) {
      for (let j = 0; j < columns; j++) {
        covariance[constant * columns + k]! -= (means[j]! / value) * model.covariance[j * columns + k]!
      }
    }
    const half = covariance.slice()
    for (let k = 0; k < columns; k++) {
      for (let j = 0; j < columns; j++) {
        covariance[k * columns + constant]! -= (means[j]! / value) * half[k * columns + j]!
      }
    }
  }
  const terms = model.terms.map((term, t) => {
    const scales = [1, ...slopeScales[t]!]
    const { groups, width } = term
    const both = (v: number, k: number) => v / (scales[Math.floor(k / width) % width]! * scales[k % width]!)
    return {
      ...term,
      variance: term.variance.map(both),
      effects: term.effects.map((v, k) => v / scales[k % width]!),
      conditionalVariance: term.conditionalVariance.map(both),
      predictionVariance: term.predictionVariance.map(both),
      groups,
    }
  })
  return { ...model, coefficients, covariance, standardErrors: rootOfDiagonal(covariance, columns), terms }
}

function check({ x, y, rows, columns, terms }: MixedModelData): void {
  if (!(Number.isInteger(columns) && columns >= 1 && Number.isInteger(rows) && rows > columns)) {
    throw new RangeError('a mixed model requires a fixed column and more rows than columns')
  }
  if (x.length !== rows * columns || y.length !== rows || terms.length === 0) {
    throw new RangeError(
      'a mixed model requires x of rows × columns, one outcome a row and one or more terms',
    )
  }
  const finite = (values: ArrayLike<number>) => {
    for (let i = 0; i < values.length; i++) {
      if (!Number.isFinite(values[i])) throw new RangeError('a mixed model requires finite numbers')
    }
  }
  finite(x)
  finite(y)
  for (const { name, group, groups, slopes = [] } of terms) {
    if (group.length !== rows || slopes.some((slope) => slope.length !== rows)) {
      throw new RangeError(`a mixed model requires a group of ${name} and its slopes for each row`)
    }
    for (let i = 0; i < rows; i++) {
      const g = group[i]!
      if (!(Number.isInteger(g) && g >= 0 && g < groups)) {
        throw new RangeError(`a mixed model requires groups of ${name} numbered from 0 to ${groups - 1}`)
      }
    }
    for (const slope of slopes) {
      finite(slope)
      if (rootMeanSquare(slope) === 0)
        throw new RangeError(`a slope of ${name} requires numbers other than 0`)
    }
  }
}

/** By groups, then outcome, then columns: sums then do not depend on the order in which rows came. */
function canonicalOrder({ x, y, rows, columns, terms }: MixedModelData): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, i) => i).sort((a, b) => {
    for (const { group } of terms) if (group[a] !== group[b]) return group[a]! - group[b]!
    if (y[a] !== y[b]) return y[a]! - y[b]!
    for (let j = 0; j < columns; j++) {
      const difference = x[a * columns + j]! - x[b * columns + j]!
      if (difference !== 0) return difference
    }
    for (const { slopes = [] } of terms) {
      for (const slope of slopes) if (slope[a] !== slope[b]) return slope[a]! - slope[b]!
    }
    return 0
  })
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]!))
  // A power of two: scaling by it loses no digit and does not depend on the order of the rows.
  return largest === 0 ? 0 : 2 ** Math.round(Math.log2(largest / 2))
}

/** Λ Λ′. */
function squared(lambda: Float64Array, n: number): Float64Array {
  const product = new Float64Array(n * n)
  for (let a = 0; a < n; a++) {
    for (let b = 0; b < n; b++) {
      for (let c = 0; c < n; c++) product[a * n + b]! += lambda[a * n + c]! * lambda[b * n + c]!
    }
  }
  return product
}

function rootOfDiagonal(covariance: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, j) => Math.sqrt(Math.max(0, covariance[j * n + j]!)))
}
