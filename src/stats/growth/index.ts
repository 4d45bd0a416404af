/** Growth and fair comparison: quantile regression, growth percentiles, gain, value added, similar units. */
export {
  type AdjustedGain,
  type AdjustedGains,
  adjustedGains,
  type Band,
  bandOf,
  type PriorGroup,
} from './adjusted-gain.ts'
export { type ContextFormula, contextIndex, fitContextIndex } from './context-index.ts'
export { correctedNorms } from './corrected-norms.ts'
export type { RandomTerm } from './cross-products.ts'
export { gain, gainInMonths, type MeanGain, type Measured, meanGains } from './gain.ts'
export { type GroupMean, groupMeans } from './group-means.ts'
export {
  type Conditioning,
  type GrowthNorms,
  type GrowthScores,
  growthNorms,
  joinNorms,
  percentileTaus,
} from './growth-norms.ts'
export { growthCuts, growthPercentiles } from './growth-percentiles.ts'
export {
  type FittedTerm,
  type GroupSums,
  type MixedModel,
  type MixedModelData,
  mixedModel,
  mixedModelFromSums,
} from './mixed-model.ts'
export { type QuantileData, type QuantileProcess, quantileLoss, quantileProcess } from './quantile-process.ts'
export {
  type QuantileErrors,
  type QuantileFit,
  quantileErrors,
  quantileRegression,
} from './quantile-regression.ts'
export {
  type Comparison,
  compareWithSimilar,
  type Feature,
  type SimilarUnit,
  similarByFeatures,
  similarByIndex,
  unitDistances,
} from './similar-units.ts'
export {
  type DifferentialEffect,
  differentialEffect,
  type Level,
  type UnitEffect,
  type ValueAdded,
  type ValueAddedInput,
  valueAdded,
} from './value-added.ts'
