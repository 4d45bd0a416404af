export { betaCumulative, betaDensity, betaQuantile } from './beta.ts'
export { binomialCumulative, binomialProbability, binomialQuantile } from './binomial.ts'
export { fisherFCumulative, fisherFDensity, fisherFQuantile } from './fisher-f.ts'
export {
  chiSquareCumulative,
  chiSquareDensity,
  chiSquareQuantile,
  gammaCumulative,
  gammaDensity,
  gammaQuantile,
} from './gamma.ts'
export { normalCumulative, normalDensity, normalQuantile } from './normal.ts'
export { studentTCumulative, studentTDensity, studentTQuantile } from './student-t.ts'
export type { Tail } from './tail.ts'
