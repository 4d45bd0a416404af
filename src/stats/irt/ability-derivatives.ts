import { logistic } from '../numeric/special.ts'
import type { Curve } from './item.ts'

/** Probability of each score of one item at one ability, and derivatives of its logarithm by ability. */
export interface AbilityDerivatives {
  readonly p: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

export function newAbilityDerivatives(scores: number): AbilityDerivatives {
  return { p: new Float64Array(scores), first: new Float64Array(scores), second: new Float64Array(scores) }
}

/**
 * @param values  slope, intercepts, logit(guessing), from `at`
 * @param out     room for as many scores as the item has; written
 */
export function abilityDerivatives(
  curve: Curve,
  values: Float64Array,
  at: number,
  theta: number,
  out: AbilityDerivatives,
): void {
  if (curve.family === 'three parameter') threeParameter(values, at, theta, out)
  else if (curve.family === 'graded') graded(curve.scores.length, values, at, theta, out)
  else partialCredit(curve.scores, values, at, theta, out)
}

function partialCredit(
  scores: readonly number[],
  values: Float64Array,
  at: number,
  theta: number,
  { p, first, second }: AbilityDerivatives,
): void {
  const slope = values[at]!
  let most = 0
  p[0] = 0
  for (let c = 1; c < scores.length; c++) {
    p[c] = slope * (scores[c]! - scores[0]!) * theta + values[at + c]!
    most = Math.max(most, p[c]!)
  }
  let total = 0
  for (let c = 0; c < scores.length; c++) {
    p[c] = Math.exp(p[c]! - most)
    total += p[c]!
  }
  let mean = 0
  for (let c = 0; c < scores.length; c++) {
    p[c]! /= total
    mean += p[c]! * scores[c]!
  }
  let variance = 0
  for (let c = 0; c < scores.length; c++) variance += p[c]! * (scores[c]! - mean) * (scores[c]! - mean)
  for (let c = 0; c < scores.length; c++) {
    first[c] = slope * (scores[c]! - mean)
    second[c] = -slope * slope * variance
  }
}

function graded(
  k: number,
  values: Float64Array,
  at: number,
  theta: number,
  { p, first, second }: AbilityDerivatives,
): void {
  const slope = values[at]!
  for (let c = 0; c < k; c++) {
    // ln P(c) = ln F(z) + ln F(−y) + ln(1 − e^(y − z)); only the first two depend on ability.
    const z = c === 0 ? Number.POSITIVE_INFINITY : slope * theta + values[at + c]!
    const y = c === k - 1 ? Number.NEGATIVE_INFINITY : slope * theta + values[at + c + 1]!
    const gap = c > 0 && c < k - 1 ? -Math.expm1(values[at + c + 1]! - values[at + c]!) : 1
    const above = logistic(z)
    const below = logistic(-z)
    const right = logistic(y)
    const left = logistic(-y)
    p[c] = above * left * gap
    first[c] = slope * (below - right)
    second[c] = -slope * slope * (above * below + right * left)
  }
}

function threeParameter(
  values: Float64Array,
  at: number,
  theta: number,
  { p, first, second }: AbilityDerivatives,
): void {
  const slope = values[at]!
  const guessing = logistic(values[at + 2]!)
  const f = logistic(slope * theta + values[at + 1]!)
  const rest = logistic(-slope * theta - values[at + 1]!)
  p[0] = (1 - guessing) * rest
  p[1] = guessing + (1 - guessing) * f
  first[0] = -slope * f
  second[0] = -slope * slope * f * rest
  const rise = ((1 - guessing) * f * rest) / p[1]
  first[1] = slope * rise
  second[1] = slope * slope * rise * (rest - f - rise)
}
