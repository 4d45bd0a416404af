export {
  type Aggregation,
  type AverageEffect,
  byExposure,
  byGroup,
  byPeriod,
  simpleAverage,
} from './aggregate-effects.ts'
export { type BaconPart, baconWeights } from './bacon.ts'
export { type Balance, balance } from './balance.ts'
export { preTrendTest, type SimultaneousBands, simultaneousBands } from './bands.ts'
export { type ChangeMethod, effectOfChange } from './effect-of-change.ts'
export { type EntropyBalance, entropyBalance } from './entropy-balance.ts'
export {
  type GroupTime,
  type GroupTimeEffect,
  type GroupTimeOptions,
  groupTimeEffects,
} from './group-time.ts'
export { type MatchedChange, type MatchedSet, matchedChange, signFlipTest } from './matched-change.ts'
export { type Matches, matchNearest } from './matching.ts'
export {
  type DetectableEffect,
  detectableInClusters,
  detectableInPersons,
} from './minimum-detectable-effect.ts'
export type { Panel } from './panel.ts'
export { type Propensity, propensityScores, treatedWeights } from './propensity.ts'
export { type RobustRegression, robustRegression } from './robust-regression.ts'
export { differenceOfChanges, twoByTwo } from './two-by-two.ts'
export { type TwoWay, twoWayFixedEffects } from './two-way-fixed-effects.ts'
