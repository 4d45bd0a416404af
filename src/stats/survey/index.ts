export { type DesignInput, type Label, type SurveyDesign, surveyDesign } from './design.ts'
export { clusteringEffect, weightingEffect } from './design-effect.ts'
export { type EffectSize, standardisedChange, standardisedDifference } from './effect-size.ts'
export { combine, type Estimate, type Estimates, estimate, estimateAt } from './estimate.ts'
export { type GroupGap, gapStatistic, gapWithinBetween, groupGap } from './group-gap.ts'
export {
  addImputed,
  differences,
  type ImputedMoments,
  imputedDifference,
  imputedMean,
  imputedMoments,
  subtractImputed,
} from './imputed.ts'
export { type Kitagawa, kitagawa } from './kitagawa.ts'
export { linearisedCovariance } from './linearised.ts'
export { nonresponseWeights, trimWeights } from './nonresponse.ts'
export { type Oaxaca, oaxaca } from './oaxaca.ts'
export { type CombinedEstimate, combinePlausibleValues, plausibleEstimates } from './plausible-values.ts'
export { type Margin, type Raked, rake } from './raking.ts'
export { replicateEstimates, replicateMeans, type Statistic } from './replicate-estimates.ts'
export {
  balancedReplicates,
  givenReplicates,
  jackknife1,
  jackknife2,
  jackknifeN,
  type Replicates,
} from './replicates.ts'
export {
  type GroupMeans,
  surveyMean,
  surveyMeansByGroup,
  surveyRatio,
  surveyTotal,
} from './survey-estimates.ts'
