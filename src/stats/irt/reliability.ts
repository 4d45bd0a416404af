import { normalGrid, type Quadrature } from '../numeric/quadrature.ts'
import type { KnownItem } from './item.ts'
import { testInformation } from './test-information.ts'

/**
 * EAP reliability: the share of the variance of ability that posterior means show, var(mean) / (var(mean) +
 * mean(sd²)), with divisor n.
 *
 * @param weights  one per person; default 1 each
 * @returns        0–1
 * @throws         RangeError for fewer than two people, unequal lengths, numbers that are not finite, no spread
 */
export function eapReliability(
  mean: ArrayLike<number>,
  sd: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const { spread, noise } = spreadAndNoise(mean, sd, weights, 'eapReliability')
  if (spread + noise === 0) throw new RangeError('eapReliability requires people who differ')
  return spread / (spread + noise)
}

/**
 * WLE reliability: 1 − mean(error²) / var(estimate), with divisor n − 1 in the variance; below 0 when errors outweigh
 * differences.
 *
 * @throws RangeError as for `eapReliability`
 */
export function wleReliability(
  estimate: ArrayLike<number>,
  error: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  const { spread, noise } = spreadAndNoise(estimate, error, weights, 'wleReliability')
  if (spread === 0) throw new RangeError('wleReliability requires people who differ')
  return 1 - noise / ((spread * estimate.length) / (estimate.length - 1))
}

/**
 * Marginal reliability a test has in a population, without data: 1 − E[1 / (I(θ) + 1/variance)] / variance.
 *
 * @throws RangeError unless the variance is positive and the mean finite, or for items that are no items
 */
export function marginalReliability(
  items: readonly KnownItem[],
  { mean, variance }: { readonly mean: number; readonly variance: number },
): number {
  if (!Number.isFinite(mean) || !(variance > 0 && Number.isFinite(variance))) {
    throw new RangeError('marginalReliability requires a finite mean and a positive variance')
  }
  const { nodes, weights }: Quadrature = normalGrid(121, -6, 6)
  const { information } = testInformation(
    items,
    nodes.map((z) => mean + Math.sqrt(variance) * z),
  )
  let left = 0
  for (let q = 0; q < nodes.length; q++) left += weights[q]! / (information[q]! + 1 / variance)
  return 1 - left / variance
}

function spreadAndNoise(
  estimate: ArrayLike<number>,
  error: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  who: string,
): { spread: number; noise: number } {
  const n = estimate.length
  if (n < 2 || error.length !== n || (weights !== undefined && weights.length !== n)) {
    throw new RangeError(`${who} requires two or more people, each with an estimate, an error and any weight`)
  }
  let total = 0
  let sum = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const w = weights?.[i] ?? 1
    if (
      !Number.isFinite(estimate[i]!) ||
      !(error[i]! >= 0 && error[i]! < Infinity) ||
      !(w >= 0 && w < Infinity)
    ) {
      throw new RangeError(`${who} requires finite estimates and finite errors and weights of at least 0`)
    }
    total += w
    sum += w * estimate[i]!
    squares += w * error[i]! * error[i]!
  }
  if (total === 0) throw new RangeError(`${who} requires weights that are not all 0`)
  const mean = sum / total
  let spread = 0
  for (let i = 0; i < n; i++) spread += (weights?.[i] ?? 1) * (estimate[i]! - mean) ** 2
  return { spread: spread / total, noise: squares / total }
}
