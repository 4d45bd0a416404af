// The test and its items
/** persons × items of points, NaN for no answer: from rows, or from responses as calibration takes them */

// Raters
/** Cohen's (weighted) and Fleiss' kappa */
export { cohenKappa, fleissKappa, type Kappa, type KappaWeights } from './agreement.ts'
/** coefficient alpha with interval and items dropped, lambda 6 */
export { type AlphaCoefficients, type AlphaReport, coefficientAlpha } from './alpha.ts'
/** Lord's chi-square and Raju's areas from two calibrations */
export { type Area, type AreaDif, areaDif } from './area-dif.ts'
/** accuracy and consistency of levels given at cut scores */
export type { Classification, CutDecision } from './classification.ts'
export {
  decisionsFromErrors,
  decisionsFromReliability,
  decisionsFromScores,
  type LivingstonLewis,
} from './decision-consistency.ts'
// The same item in two groups
export type { DifData, DifTable } from './dif-tables.ts'
/** who chose which option */
export { type DistractorTable, distractorTable, type Option } from './distractors.ts'
export { type EtsClass, etsClass } from './ets-class.ts'
/** factors of a correlation matrix, and their oblique rotation */
export { type Extraction, type Factors, factorAnalysis } from './factor-analysis.ts'
/** intraclass correlations of Shrout and Fleiss */
export {
  type IntraclassCorrelation,
  type IntraclassCorrelations,
  intraclassCorrelation,
} from './intraclass.ts'
/** difficulty and discrimination of items */
export { type ItemStatistics, itemStatistics, standardisedItemTotals } from './item-statistics.ts'
/** alpha of any number of observers, with gaps */
export { krippendorffAlpha, type RatingMetric } from './krippendorff.ts'
/** greatest split-half reliability */
export { guttmanLambda4, type Lambda4 } from './lambda4.ts'
/** likelihood ratio of response models */
export { type LikelihoodDif, likelihoodRatioDif, type TwoGroupAnswers } from './likelihood-dif.ts'
/** logistic regression: uniform and non-uniform */
export {
  type LogisticDif,
  type LogisticQuestion,
  type LogitCoefficients,
  logisticDif,
} from './logistic-dif.ts'
/** the same three of given tables */
export { breslowDay, type MantelHaenszel, mantelHaenszel, standardisedDifference } from './mantel-haenszel.ts'
/** errors of a person's score, of a change; longer and shorter tests */
export {
  binomialStandardError,
  kelleyTrueScore,
  reliableChange,
  spearmanBrown,
  standardErrorOfMeasurement,
} from './measurement-error.ts'
export { type ObliqueFactors, oblimin } from './oblimin.ts'
/** omega of one factor, hierarchical and total */
export { type HierarchicalOmega, type OneFactorOmega, omegaHierarchical, omegaOneFactor } from './omega.ts'
/** items with several points: Mantel's test and the standardised mean difference */
export { type OrderedDif, orderedDif } from './ordered-dif.ts'
export type { Purified } from './purification.ts'
export { fromResponses, type ScoreMatrix, scoreMatrix } from './score-matrix.ts'
/** Mantel–Haenszel with ETS class, Breslow–Day, standardised difference, purified */
export { type DifOptions, type TableDif, tableDif } from './table-dif.ts'
