// From one scale to another

/** a calibration as a form to be linked */
export { calibratedForm } from './calibrated-form.ts'
/** differences with the errors of their links; error from the choice of anchors */
export { anchorError, type Compared, compareLinked, linkedValue, type Measured } from './comparison.ts'
/** anchors that moved */
export { type AnchorDrift, anchorDrift, type DriftReport } from './drift.ts'
// Sums of scores
/** true-score and observed-score equating, the distribution of sums */
export {
  type EquatedScore,
  equateObservedScores,
  equateTrueScores,
  sumDistribution,
  syntheticPopulation,
} from './equating.ts'
export { equatingErrors } from './equating-error.ts'
// Several forms calibrated on one scale
/** concurrent, and onto known items */
export {
  type CalibrationSettings,
  calibrateOnto,
  calibrateTogether,
  type FormAnswers,
} from './joint-calibration.ts'
/** links through forms in a row */
export { type ChainedLink, linkChain } from './link-chain.ts'
/** the link of two forms by moments or by curves, with errors */
export {
  type CalibratedForm,
  type EstimatedLink,
  type LinkMethod,
  type LinkOptions,
  linkScales,
} from './link-scales.ts'
export type { LinkVariance, ScaleLink, UncertainLink } from './scale-link.ts'
/** abilities and items carried over, links after each other and back, points of the reporting scale */
export { chained, linkedAbility, linkedItem, reportingScale, reversed, sameScale } from './scale-link.ts'
// Subjects people choose
export { type SubjectDifficulty, type SubjectResults, subjectDifficulty } from './subject-difficulty.ts'
/** one scale over grades */
export {
  type GradeForm,
  type GradeOnScale,
  type GradeStep,
  type VerticalScale,
  verticalScale,
} from './vertical-scale.ts'
