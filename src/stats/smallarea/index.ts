/** Small numbers: intervals, funnels, shrinkage, classes, shifts and trends, many tests at once. */
export {
  type BetaPrior,
  betaFromMoments,
  estimateBetaPrior,
  type SharePosterior,
  shareAbove,
  sharePosterior,
} from './beta-binomial.ts'
export { type ClassDecision, decideClass } from './classes.ts'
export { type Cusum, cusum } from './cusum.ts'
export { exactFunnelLimits, funnelLimits, meanFunnelLimits, normalFunnelLimits } from './funnel.ts'
export { mannKendall, type Trend } from './mann-kendall.ts'
export { benjaminiHochberg, holm } from './multiple-tests.ts'
export { type Difference, newcombe } from './newcombe.ts'
export {
  estimateNormalPrior,
  jamesStein,
  type NormalPosterior,
  type NormalPrior,
  normalPosterior,
  valueAbove,
} from './normal-shrinkage.ts'
export { type Overdispersion, overdispersion } from './overdispersion.ts'
export { type Interval, wilson } from './wilson.ts'
