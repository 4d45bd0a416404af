/** Description of groups: what can be added over territories, and the figures made from it. */
export {
  type CountPerValue,
  countValues,
  medianOf,
  mergeCounts,
  momentsOfCounts,
  quantileOf,
  sharesOf,
  totalCount,
} from './counts.ts'
export {
  difference,
  differenceFromWhole,
  differenceOfDifferences,
  type MeanDifference,
  withSharedError,
} from './difference.ts'
export { type EffectSize, effectSize, type Group } from './effect-size.ts'
export { type MedianRanks, medianRanks } from './median-interval.ts'
export {
  type Absent,
  addMoments,
  effectiveSize,
  type MeanEstimate,
  type Moments,
  meanOf,
  momentsOf,
  noMoments,
  subtractMoments,
  varianceOf,
} from './moments.ts'
export { type BeforeAfter, type PairedChange, pairedChange } from './paired-change.ts'
export {
  type Hits,
  proportion,
  proportionDifference,
  proportionDifferenceFromWhole,
  type ShareDifference,
  type ShareEstimate,
  weightedProportion,
} from './proportion.ts'
export {
  addRatios,
  noRatio,
  type RatioEstimate,
  type RatioSums,
  ratioDifference,
  ratioDifferenceFromWhole,
  ratioOf,
  residualSquares,
  subtractRatios,
} from './ratio.ts'
