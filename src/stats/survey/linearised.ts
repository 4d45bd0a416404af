import type { SurveyDesign } from './design.ts'

/**
 * Covariances of estimates by Taylor linearisation: each estimate comes as the influence of every unit on
 * it (already multiplied by the weight); influences are added up per cluster and compared within strata.
 *
 * @param influences  k arrays of n numbers: d estimate / d weight × weight, 0 outside the domain
 * @returns           k × k, row-major, symmetric
 * @throws            RangeError if an array has not n finite numbers
 * @see               Binder (1983), International Statistical Review 51, 279–292, https://doi.org/10.2307/1402588
 */
export function linearisedCovariance(
  design: SurveyDesign,
  influences: readonly ArrayLike<number>[],
): Float64Array {
  const k = influences.length
  const clusters = design.stratum.length
  const totals = influences.map((influence) => {
    if (influence.length !== design.n)
      throw new RangeError('linearisedCovariance requires one influence per unit')
    const total = new Float64Array(clusters)
    for (let unit = 0; unit < design.n; unit++) total[design.cluster[unit]!]! += influence[unit]!
    if (!total.every(Number.isFinite)) throw new RangeError('linearisedCovariance requires finite influences')
    return total
  })
  const deviations = totals.map((total) => fromStratumMean(design, total))
  const covariance = new Float64Array(k * k)
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0
      for (let c = 0; c < clusters; c++) {
        const h = design.stratum[c]!
        const size = design.clustersInStratum[h]!
        const factor = size > 1 ? size / (size - 1) : 1
        sum += (1 - design.samplingFraction[h]!) * factor * deviations[a]![c]! * deviations[b]![c]!
      }
      covariance[a * k + b] = sum
      covariance[b * k + a] = sum
    }
  }
  return covariance
}

/** Cluster totals minus the mean of their stratum; lone clusters minus the mean of all clusters. */
function fromStratumMean(design: SurveyDesign, totals: Float64Array): Float64Array {
  const means = new Float64Array(design.clustersInStratum.length)
  for (let c = 0; c < totals.length; c++) means[design.stratum[c]!]! += totals[c]!
  for (let h = 0; h < means.length; h++) means[h]! /= design.clustersInStratum[h]!
  const grand = totals.reduce((total, x) => total + x, 0) / totals.length
  for (const h of design.single) means[h] = grand
  return totals.map((total, c) => total - means[design.stratum[c]!]!)
}
