import { requireWeights } from './design.ts'

/**
 * Kish's design effect of unequal weights: n Σw² / (Σw)². What weighting alone costs, clusters aside.
 *
 * @returns  at least 1; 1 when all weights are equal
 * @throws   RangeError if weights are negative, not finite or all 0
 * @see      Kish (1992), Journal of Official Statistics 8, 183–200
 */
export function weightingEffect(weights: ArrayLike<number>): number {
  requireWeights(weights, 'weightingEffect')
  let sum = 0
  let squares = 0
  let n = 0
  for (let unit = 0; unit < weights.length; unit++) {
    if (weights[unit] === 0) continue
    n++
    sum += weights[unit]!
    squares += weights[unit]! ** 2
  }
  return Math.max(1, (n * squares) / sum ** 2)
}

/**
 * Design effect to be expected from clusters before a sample is drawn: 1 + (units per cluster − 1) × ρ.
 *
 * @param unitsPerCluster  at least 1
 * @param correlation      intraclass correlation, 0–1 (schools in tests: about .10–.25)
 * @throws                 RangeError if out of range
 * @example                clusteringEffect(20, 0.15) // 3.85
 */
export function clusteringEffect(unitsPerCluster: number, correlation: number): number {
  if (!(unitsPerCluster >= 1 && unitsPerCluster < Infinity) || !(correlation >= 0 && correlation <= 1)) {
    throw new RangeError(
      'clusteringEffect requires 1 or more units per cluster and a correlation from 0 to 1',
    )
  }
  return 1 + (unitsPerCluster - 1) * correlation
}
