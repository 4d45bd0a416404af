import { irls } from '#stats/numeric/irls.ts'
import { logit } from '#stats/numeric/special.ts'

/** Chance of being treated given covariates. */
export interface Propensity {
  /** n probabilities, strictly between 0 and 1 */
  readonly probability: Float64Array
  /** n log odds: the scale on which to match */
  readonly logit: Float64Array
  /** intercept, then one per covariate */
  readonly coefficients: Float64Array
  readonly converged: boolean
  /** treated and controls can be told apart without error: there is nobody to compare with */
  readonly separated: boolean
}

/**
 * Propensity scores by logistic regression.
 *
 * @param x        n × columns, row-major, no constant
 * @param penalty  ridge on the covariates (½ λ b² each), default 0; a small one keeps separated data finite
 * @throws         RangeError if shapes do not fit or everybody is on one side
 */
export function propensityScores(
  x: ArrayLike<number>,
  columns: number,
  treated: ArrayLike<boolean | number>,
  penalty = 0,
): Propensity {
  const rows = treated.length
  if (columns < 1 || x.length !== rows * columns)
    throw new RangeError('propensityScores requires n × columns covariates')
  const y = Float64Array.from({ length: rows }, (_, i) => (treated[i] ? 1 : 0))
  if (!y.includes(0) || !y.includes(1))
    throw new RangeError('propensityScores requires treated and control units')
  const design = new Float64Array(rows * (columns + 1))
  for (let i = 0; i < rows; i++) {
    design[i * (columns + 1)] = 1
    for (let j = 0; j < columns; j++) design[i * (columns + 1) + 1 + j] = x[i * columns + j]!
  }
  const ridge = new Float64Array(columns + 1).fill(penalty)
  ridge[0] = 0
  const found = irls({ x: design, y, rows, columns: columns + 1, family: 'binomial', penalty: ridge })
  const probability = found.fitted.map((p) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, p)))
  return {
    probability,
    logit: probability.map((p) => logit(p)),
    coefficients: found.coefficients,
    converged: found.converged,
    separated: found.warnings.includes('separation'),
  }
}

/**
 * Weights for the effect on the treated: 1 for the treated, p / (1 − p) for controls.
 *
 * @throws RangeError if a probability of a control is not between 0 and 1
 */
export function treatedWeights(
  probability: ArrayLike<number>,
  treated: ArrayLike<boolean | number>,
): Float64Array {
  return Float64Array.from({ length: probability.length }, (_, i) => {
    const p = probability[i]!
    if (treated[i]) return 1
    if (!(p >= 0 && p < 1)) throw new RangeError('treatedWeights requires probabilities from 0 to below 1')
    return p / (1 - p)
  })
}
