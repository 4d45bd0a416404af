/** Models for people: penalised logistic regression, its audit, and survival in whole periods. */
export {
  type Calibration,
  calibration,
  type Recalibration,
  type ReliabilityBin,
  recalibrate,
  reliabilityCurve,
} from './calibration.ts'
export { choosePenalty, groupedFolds, type PenaltyChoice, rowsWhere } from './cross-validation.ts'
export {
  atCapacity,
  averagePrecision,
  type Discrimination,
  discrimination,
  netBenefit,
  type TopList,
} from './discrimination.ts'
export {
  type Confusion,
  type ConfusionRates,
  confusionRates,
  fairness,
  type GroupFairness,
} from './fairness.ts'
export { type LifeTableRow, lifeTable, lifeTableFromDurations, medianLifetime } from './life-table.ts'
export {
  type Contributions,
  contributions,
  fitLogistic,
  type LogisticData,
  type LogisticModel,
  predictLogistic,
  strongest,
} from './logistic.ts'
export {
  cumulativeRisk,
  fitHazard,
  type HazardModel,
  type PersonPeriods,
  personPeriods,
  predictHazard,
} from './survival.ts'
