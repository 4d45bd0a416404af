import { studentTQuantile } from '#stats/numeric/distributions.ts'

/** A number with its uncertainty. Interval: value ± t quantile × standard error. */
export interface Estimate {
  readonly value: number
  readonly standardError: number
  /** of the t distribution behind the interval; Infinity = normal */
  readonly degreesOfFreedom: number
  /** ends of the 95 % interval */
  readonly low: number
  readonly high: number
}

/** Several estimates from the same sample, with their covariances. */
export interface Estimates {
  /** k values */
  readonly values: Float64Array
  /** k × k, row-major */
  readonly covariance: Float64Array
  readonly degreesOfFreedom: number
}

/**
 * Value, standard error and 95 % interval together.
 *
 * @param degreesOfFreedom  above 0; Infinity for the normal interval
 * @throws                  RangeError if the value is not finite or the standard error negative
 */
export function estimate(value: number, standardError: number, degreesOfFreedom = Infinity): Estimate {
  if (!Number.isFinite(value) || !(standardError >= 0 && standardError < Infinity)) {
    throw new RangeError('estimate requires a finite value and a finite standard error of 0 or more')
  }
  if (!(degreesOfFreedom > 0)) throw new RangeError('estimate requires degrees of freedom above 0')
  const reach = standardError * intervalFactor(degreesOfFreedom)
  return { value, standardError, degreesOfFreedom, low: value - reach, high: value + reach }
}

/** 97.5 % quantile of t, normal from a million degrees of freedom on. */
function intervalFactor(degreesOfFreedom: number): number {
  return degreesOfFreedom > 1e6 ? 1.959963984540054 : studentTQuantile(0.975, degreesOfFreedom)
}

/** One of several estimates. */
export function estimateAt({ values, covariance, degreesOfFreedom }: Estimates, at: number): Estimate {
  const variance = covariance[at * values.length + at]!
  return estimate(values[at]!, Math.sqrt(Math.max(0, variance)), degreesOfFreedom)
}

/**
 * A sum of estimates with given coefficients, e.g. 1 and −1 for a difference: covariances are carried
 * along, so two groups from the same schools are compared as they should be.
 *
 * @throws RangeError if there is not one coefficient for every estimate
 */
export function combine(estimates: Estimates, coefficients: ArrayLike<number>): Estimate {
  const k = estimates.values.length
  if (coefficients.length !== k) throw new RangeError('combine requires one coefficient for every estimate')
  let value = 0
  let variance = 0
  for (let a = 0; a < k; a++) {
    value += coefficients[a]! * estimates.values[a]!
    for (let b = 0; b < k; b++)
      variance += coefficients[a]! * coefficients[b]! * estimates.covariance[a * k + b]!
  }
  return estimate(value, Math.sqrt(Math.max(0, variance)), estimates.degreesOfFreedom)
}
