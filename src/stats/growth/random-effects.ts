import type { ProfileOptimum } from './profile-search.ts'
import { inverseOnPattern, placeOf, solveUpper } from './sparse-cholesky.ts'

/** Shrunken effects of the groups of one term. */
export interface GroupEffects {
  /** groups × width: how far each group lies from the fixed fit, drawn towards 0 the more the fewer its rows */
  readonly effects: Float64Array
  /** groups × width × width: variance of the effects given the data, fixed effects taken as known */
  readonly conditionalVariance: Float64Array
  /** the same with the uncertainty of the fixed effects: expected squared error of the prediction */
  readonly predictionVariance: Float64Array
}

/**
 * Best predictions of the effects at the optimum: u = Λ L′⁻¹ (reduced y − reduced X b).
 * @param covariance  of the fixed effects, columns × columns
 */
export function groupEffects(optimum: ProfileOptimum, covariance: Float64Array): GroupEffects[] {
  const { likelihood, lambdas, point } = optimum
  const { products, factor } = likelihood
  const { columns, terms } = products
  const wide = columns + 1
  const { residualVariance } = point
  const solved = sphericalEffects(optimum)
  const inverse = inverseOnPattern(factor)
  return terms.map(({ groups, width, offset }, t) => {
    const lambda = lambdas[t]!
    const effects = new Float64Array(groups * width)
    const conditionalVariance = new Float64Array(groups * width * width)
    const predictionVariance = new Float64Array(groups * width * width)
    const follows = new Float64Array(width * wide)
    for (let group = 0; group < groups; group++) {
      const first = offset + group * width
      timesLambda(lambda, width, solved, first * wide, wide, follows)
      for (let a = 0; a < width; a++) effects[group * width + a] = follows[a * wide + columns]!
      for (let a = 0; a < width; a++) {
        for (let b = 0; b < width; b++) {
          let given = 0
          for (let c = 0; c <= a; c++) {
            for (let d = 0; d <= b; d++) {
              const place = placeOf(factor, first + Math.max(c, d), first + Math.min(c, d))
              given += lambda[a * width + c]! * inverse[place]! * lambda[b * width + d]!
            }
          }
          let fixed = 0
          for (let j = 0; j < columns; j++) {
            for (let k = 0; k < columns; k++) {
              fixed += follows[a * wide + j]! * covariance[j * columns + k]! * follows[b * wide + k]!
            }
          }
          const at = (group * width + a) * width + b
          conditionalVariance[at] = given * residualVariance
          predictionVariance[at] = given * residualVariance + fixed
        }
      }
    }
    return { effects, conditionalVariance, predictionVariance }
  })
}

/**
 * Sums of the effects of nested groups on the way up from the smallest, with the variances of the sums;
 * undefined unless there are several terms, all of width 1, and the smallest lies within all others.
 */
export function nestedTotals(optimum: ProfileOptimum, covariance: Float64Array): GroupEffects | undefined {
  const { likelihood, lambdas, point } = optimum
  const { products, factor } = likelihood
  const { columns, terms, blocks } = products
  const wide = columns + 1
  const smallest = terms[0]!
  if (terms.length < 2 || terms.some(({ width }) => width > 1)) return undefined
  const above: number[][] = Array.from({ length: smallest.groups }, () => [])
  for (const { rowTerm, rowGroup, columnTerm, columnGroup } of blocks) {
    if (columnTerm === 0 && rowTerm > 0) above[columnGroup]!.push(rowTerm, rowGroup)
  }
  if (above.some((pairs, group) => pairs.length !== 2 * (terms.length - 1) && smallest.counts[group]! > 0)) {
    return undefined
  }
  const solved = sphericalEffects(optimum)
  const inverse = inverseOnPattern(factor)
  const effects = new Float64Array(smallest.groups)
  const conditionalVariance = new Float64Array(smallest.groups)
  const predictionVariance = new Float64Array(smallest.groups)
  for (let group = 0; group < smallest.groups; group++) {
    const way = [{ place: smallest.offset + group, lambda: lambdas[0]![0]! }]
    for (let k = 0; k < above[group]!.length; k += 2) {
      const term = above[group]![k]!
      way.push({ place: terms[term]!.offset + above[group]![k + 1]!, lambda: lambdas[term]![0]! })
    }
    const follows = new Float64Array(wide)
    for (const { place, lambda } of way) {
      for (let j = 0; j < wide; j++) follows[j]! += lambda * solved[place * wide + j]!
    }
    let given = 0
    for (const a of way) {
      for (const b of way) {
        const at = placeOf(factor, Math.max(a.place, b.place), Math.min(a.place, b.place))
        given += a.lambda * inverse[at]! * b.lambda
      }
    }
    let fixed = 0
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < columns; k++) fixed += follows[j]! * covariance[j * columns + k]! * follows[k]!
    }
    effects[group] = follows[columns]!
    conditionalVariance[group] = given * point.residualVariance
    predictionVariance[group] = conditionalVariance[group]! + fixed
  }
  return { effects, conditionalVariance, predictionVariance }
}

/** Per effect, still without Λ, how it follows the fixed coefficients and, in the last column, its value. */
function sphericalEffects({ likelihood, point }: ProfileOptimum): Float64Array {
  const { columns, pattern } = likelihood.products
  const wide = columns + 1
  const solved = point.reduced.slice()
  solveUpper(likelihood.factor, solved, wide)
  for (let g = 0; g < pattern.size; g++) {
    for (let j = 0; j < columns; j++)
      solved[g * wide + columns]! -= solved[g * wide + j]! * point.coefficients[j]!
  }
  return solved
}

/** Λ times the width rows of b that begin at `from`. */
function timesLambda(
  lambda: Float64Array,
  width: number,
  b: Float64Array,
  from: number,
  wide: number,
  to: Float64Array,
): void {
  for (let a = 0; a < width; a++) {
    for (let j = 0; j < wide; j++) {
      let total = 0
      for (let c = 0; c <= a; c++) total += lambda[a * width + c]! * b[from + c * wide + j]!
      to[a * wide + j] = total
    }
  }
}
