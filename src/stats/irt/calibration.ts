import type { Quadrature } from '../numeric/quadrature.ts'
import type { Item, ItemEstimate } from './item.ts'

/** What was answered, by whom, and what is to be estimated from it. */
export interface CalibrationInput {
  /** persons × items, row by row: score 0 … categories − 1; −1 where there is no answer */
  readonly responses: Int8Array
  readonly items: readonly Item[]
  /** person → group 0, 1, …; group 0 is the reference. Default: all in one group. */
  readonly groups?: ArrayLike<number>
  /** person → weight ≥ 0, used as it is (not rescaled). Default: 1 each. */
  readonly weights?: ArrayLike<number>
  /**
   * Ability is regressed on these: persons × names, row by row. Means of groups are those of people whose covariates
   * are the averages of all people: there the reference group has mean 0.
   */
  readonly covariates?: { readonly names: readonly string[]; readonly values: Float64Array }
  /** Default: 61 nodes, equally spaced on −6 … 6. */
  readonly quadrature?: Quadrature
  /**
   * What is estimated about the reference group. Default: its mean only if some item is fixed, its variance only if
   * some item has a slope that is not estimated; otherwise mean 0, variance 1 define the scale.
   */
  readonly reference?: { readonly mean: 'fixed' | 'free'; readonly variance: 'fixed' | 'free' }
  /** Default true. Without them a fit takes about half the time. */
  readonly standardErrors?: boolean
  /** Bound on passes over the data; default 500. */
  readonly maxPasses?: number
}

export interface GroupEstimate {
  /** people with at least one answer */
  readonly people: number
  /** mean and variance of ability; with covariates, what they leave unexplained */
  readonly mean: number
  readonly variance: number
  readonly meanError: number | null
  readonly varianceError: number | null
}

export interface CoefficientEstimate {
  readonly name: string
  /** average of the covariate over the people of the calibration */
  readonly average: number
  readonly value: number
  readonly error: number | null
}

export type WarningCode =
  | 'item-never-answered'
  | 'item-with-one-score'
  | 'unused-score'
  | 'items-not-linked'
  | 'people-without-answers'
  | 'negative-slope'
  | 'parameter-at-bound'
  | 'variance-at-bound'
  | 'nodes-too-narrow'
  | 'not-converged'
  | 'information-not-positive'

/** Something a reader of the results must know. */
export interface Warning {
  readonly code: WarningCode
  readonly item?: string
  readonly group?: number
  readonly message: string
}

/** A parameter of the model, as rows and columns of the covariance matrix name it. */
export type ParameterName =
  | { readonly kind: 'slope' | 'logitGuessing'; readonly item: number }
  | { readonly kind: 'intercept'; readonly item: number; readonly step: number }
  | { readonly kind: 'mean' | 'logSd'; readonly group: number }
  | { readonly kind: 'coefficient'; readonly covariate: number }

export interface Calibration {
  /** in the order given */
  readonly items: readonly ItemEstimate[]
  readonly groups: readonly GroupEstimate[]
  readonly coefficients: readonly CoefficientEstimate[]
  /** natural logarithm, weights as given, without priors */
  readonly logLikelihood: number
  /** logarithm of the prior densities of guessing; 0 without 3pl */
  readonly logPrior: number
  /** number of estimated parameters */
  readonly parameterCount: number
  readonly aic: number
  readonly bic: number
  /** people with at least one answer */
  readonly people: number
  /** Everyone's ability, in the order given: mean (EAP) and standard deviation of the posterior. */
  readonly abilities: { readonly mean: Float64Array; readonly sd: Float64Array }
  /** Of the estimates, parameters × parameters; null without standard errors. */
  readonly covariance: { readonly names: readonly ParameterName[]; readonly matrix: Float64Array } | null
  readonly quadrature: Quadrature
  /** passes over the data */
  readonly passes: number
  readonly converged: boolean
  readonly warnings: readonly Warning[]
}
