import type { Estimates } from './estimate.ts'
import type { Replicates } from './replicates.ts'

/** Something computed from a sample with given weights: any number of finite numbers, always as many. */
export type Statistic = (weights: Float64Array) => ArrayLike<number>

/**
 * Any statistic with its replicate variance: quantiles, regressions, gaps, decompositions. The statistic is
 * computed once with the full weights and once with every replicate; several numbers at once keep their
 * covariances.
 *
 * @returns  values, covariance and degrees of freedom of the replicates
 * @throws   RangeError if the statistic gives numbers that are not finite or not always as many
 */
export function replicateEstimates(replicates: Replicates, statistic: Statistic): Estimates {
  const values = Float64Array.from(statistic(replicates.base))
  const repeated = replicates.weights.map((weights) => Float64Array.from(statistic(weights)))
  for (const result of [values, ...repeated]) {
    if (result.length !== values.length || !result.every(Number.isFinite)) {
      throw new RangeError(
        'replicateEstimates requires a statistic that gives as many finite numbers every time',
      )
    }
  }
  const covariance = replicateCovariance(replicates, values, repeated)
  return { values, covariance, degreesOfFreedom: replicates.degreesOfFreedom }
}

function replicateCovariance(
  replicates: Replicates,
  values: Float64Array,
  repeated: readonly Float64Array[],
) {
  const k = values.length
  const centre = values.slice()
  if (replicates.centre === 'replicates') {
    for (let a = 0; a < k; a++)
      centre[a] = repeated.reduce((sum, result) => sum + result[a]!, 0) / repeated.length
  }
  const covariance = new Float64Array(k * k)
  for (const [r, result] of repeated.entries()) {
    const coefficient = replicates.coefficients[r]!
    for (let a = 0; a < k; a++) {
      const deviation = coefficient * (result[a]! - centre[a]!)
      for (let b = 0; b < k; b++) covariance[a * k + b]! += deviation * (result[b]! - centre[b]!)
    }
  }
  return covariance
}

/**
 * Weighted means of many variables with replicate variances, for tables: one pass over the weights of a
 * replicate serves all variables.
 *
 * @param ys  k arrays of n finite numbers (0 and 1 for shares)
 * @throws    RangeError if an array has another length or a number is not finite
 */
export function replicateMeans(replicates: Replicates, ys: readonly ArrayLike<number>[]): Estimates {
  const n = replicates.base.length
  const arrays = ys.map((y) => {
    const array = Float64Array.from(y)
    if (array.length !== n || !array.every(Number.isFinite)) {
      throw new RangeError('replicateMeans requires one finite value per unit')
    }
    return array
  })
  return replicateEstimates(replicates, (weights) => {
    let total = 0
    for (let unit = 0; unit < n; unit++) total += weights[unit]!
    return arrays.map((y) => {
      let sum = 0
      for (let unit = 0; unit < n; unit++) sum += weights[unit]! * y[unit]!
      return sum / total
    })
  })
}
