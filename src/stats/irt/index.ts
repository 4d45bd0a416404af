export { type Abilities, type AbilityInput, estimateAbilities } from './abilities.ts'
export { calibrate } from './calibrate.ts'
export { priorOf } from './calibrated-prior.ts'
export type {
  Calibration,
  CalibrationInput,
  CoefficientEstimate,
  GroupEstimate,
  ParameterName,
  Warning,
  WarningCode,
} from './calibration.ts'
export { type ConditionalCalibration, type ConditionalItem, calibrateConditionally } from './conditional.ts'
export { chunkCount, type Expectation, expectRange } from './expectation.ts'
export type {
  GuessingPrior,
  Item,
  ItemErrors,
  ItemEstimate,
  ItemModel,
  ItemParameters,
  KnownItem,
} from './item.ts'
export { type OverallFit, type OverallFitInput, overallFit } from './limited-information.ts'
export { type LocalDependence, localDependence } from './local-dependence.ts'
export { missingInformation, type ScoreTask } from './missing-information.ts'
export { personFit } from './person-fit.ts'
export { type PlausibleValues, type PlausibleValuesInput, plausibleValues } from './plausible-values.ts'
export type { Prior } from './prior-classes.ts'
export { eapReliability, marginalReliability, wleReliability } from './reliability.ts'
export { type MeanSquares, type ResidualFit, residualFit } from './residual-fit.ts'
export type { RowProblem } from './row-problem.ts'
export { type ScoreFit, type ScoreFitInput, scoreFit } from './score-fit.ts'
export { addPart, partOf, type Sharing } from './sharing.ts'
export { summedScores } from './summed-scores.ts'
export { scoreProbabilities, type TestInformation, testInformation } from './test-information.ts'
