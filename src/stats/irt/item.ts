/**
 * How an item is answered as a function of ability θ (logits, no factor 1.7):
 *
 * - `rasch`, `2pl`: logit P(1) = slope·θ + intercept; `rasch` has slope 1
 * - `3pl`: P(1) = guessing + (1 − guessing) · logistic(slope·θ + intercept)
 * - `pcm`, `gpcm`: log P(score s) − log P(lowest score) = slope·(s − lowest)·θ + intercept of s; `pcm` has slope 1
 * - `graded`: logit P(at least s) = slope·θ + intercept of s, intercepts falling
 */
export type ItemModel = 'rasch' | '2pl' | '3pl' | 'pcm' | 'gpcm' | 'graded'

/**
 * What is believed about the guessing of a 3pl item before data: its density, without the Jacobian of the logit, is
 * multiplied with the likelihood. `beta`: Beta(alpha, beta) for guessing, neither below 1; `normal`: for
 * logit(guessing); `density`: any other, as its logarithm at a logit(guessing), the derivative of that by
 * logit(guessing) and minus the second derivative.
 */
export type GuessingPrior =
  | { readonly kind: 'beta'; readonly alpha: number; readonly beta: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'density'; readonly at: (logitGuessing: number) => LogDensity }

export interface LogDensity {
  readonly value: number
  readonly slope: number
  readonly curvature: number
}

/** Numbers that say how an item is answered. */
export interface ItemParameters {
  /** Scores in use, rising; all of 0 … categories − 1 unless some were never given. */
  readonly scores: readonly number[]
  readonly slope: number
  /** One for every score but the lowest. */
  readonly intercepts: readonly number[]
  /** 0–1; 0 unless `3pl` */
  readonly guessing: number
}

/** An item of a test to be calibrated. */
export interface Item {
  readonly id: string
  readonly model: ItemModel
  /** Number of scores: responses are 0 … categories − 1. */
  readonly categories: number
  /** For `3pl`: default Beta(5, 17), whose mean is 0.23; `none` leaves guessing to the data alone. */
  readonly guessingPrior?: GuessingPrior | 'none'
  /** Known from an earlier calibration and not estimated again (an anchor). */
  readonly fixed?: ItemParameters
}

/** An item whose parameters are known: all that scoring needs. */
export interface KnownItem extends ItemParameters {
  readonly id: string
  readonly model: ItemModel
}

/** Standard errors, each null where the number was not estimated. */
export interface ItemErrors {
  readonly slope: number | null
  readonly intercepts: readonly (number | null)[]
  readonly guessing: number | null
  readonly logitGuessing: number | null
  readonly difficulties: readonly (number | null)[]
}

/** A calibrated item. */
export interface ItemEstimate extends KnownItem {
  readonly categories: number
  /**
   * Abilities that mark the item: the difficulty of a dichotomous item, steps between neighbouring scores of a
   * partial credit item, thresholds of a graded item. Empty when nothing could be estimated or the slope is 0.
   */
  readonly difficulties: readonly number[]
  readonly errors: ItemErrors
}

/** The three shapes behind the six models. */
export type Family = 'partial credit' | 'graded' | 'three parameter'

export function familyOf(model: ItemModel): Family {
  if (model === '3pl') return 'three parameter'
  return model === 'graded' ? 'graded' : 'partial credit'
}

export function hasUnitSlope(model: ItemModel): boolean {
  return model === 'rasch' || model === 'pcm'
}

/** An item as the arithmetic sees it: its parameters stand in one vector as slope, intercepts, logit(guessing). */
export interface Curve {
  readonly family: Family
  readonly scores: readonly number[]
}

export function parameterCount(curve: Curve): number {
  return curve.family === 'three parameter' ? 3 : curve.scores.length
}
