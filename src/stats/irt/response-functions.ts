import { logistic } from '../numeric/special.ts'
import type { Curve } from './item.ts'

/**
 * Probability of each score at each node.
 *
 * @param values  slope, intercepts, logit(guessing), from `at`
 * @param out     scores × nodes are written here from `to`
 */
export function probabilities(
  curve: Curve,
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  const slope = values[at]!
  const last = curve.scores.length - 1
  if (last > 1) {
    if (curve.family === 'graded') graded(last, values, at, nodes, out, to)
    else partialCredit(curve.scores, values, at, nodes, out, to)
    return
  }
  const step = curve.family === 'partial credit' ? curve.scores[1]! - curve.scores[0]! : 1
  const guessing = curve.family === 'three parameter' ? logistic(values[at + 2]!) : 0
  for (let q = 0; q < n; q++) {
    const up = slope * step * nodes[q]! + values[at + 1]!
    out[to + q] = (1 - guessing) * logistic(-up)
    out[to + n + q] = guessing + (1 - guessing) * logistic(up)
  }
}

function partialCredit(
  scores: readonly number[],
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  const k = scores.length
  for (let q = 0; q < n; q++) {
    const pull = values[at]! * nodes[q]!
    let most = 0
    for (let c = 1; c < k; c++) {
      const z = pull * (scores[c]! - scores[0]!) + values[at + c]!
      out[to + c * n + q] = z
      if (z > most) most = z
    }
    let total = Math.exp(-most)
    out[to + q] = total
    for (let c = 1; c < k; c++) {
      const e = Math.exp(out[to + c * n + q]! - most)
      out[to + c * n + q] = e
      total += e
    }
    for (let c = 0; c < k; c++) out[to + c * n + q]! /= total
  }
}

function graded(
  last: number,
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  for (let q = 0; q < n; q++) {
    const pull = values[at]! * nodes[q]!
    out[to + q] = logistic(-pull - values[at + 1]!)
    for (let c = 1; c < last; c++) {
      // Difference of two logistic functions without cancellation.
      const gap = -Math.expm1(values[at + c + 1]! - values[at + c]!)
      out[to + c * n + q] = logistic(pull + values[at + c]!) * logistic(-pull - values[at + c + 1]!) * gap
    }
    out[to + last * n + q] = logistic(pull + values[at + last]!)
  }
}

/**
 * Derivative of the logarithm of each probability by each parameter.
 *
 * @param p    probabilities of this item as written by `probabilities`, from `from`
 * @param out  parameters × scores × nodes are written here from `to`
 */
export function scoreFunctions(
  curve: Curve,
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  p: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
): void {
  if (curve.family === 'three parameter') threeParameterScores(values, at, nodes, p, from, out, to)
  else if (curve.family === 'graded') gradedScores(curve, values, at, nodes, out, to)
  else partialCreditScores(curve.scores, nodes, p, from, out, to)
}

function partialCreditScores(
  scores: readonly number[],
  nodes: Float64Array,
  p: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  const k = scores.length
  for (let q = 0; q < n; q++) {
    let expected = 0
    for (let c = 0; c < k; c++) expected += scores[c]! * p[from + c * n + q]!
    for (let c = 0; c < k; c++) {
      out[to + c * n + q] = nodes[q]! * (scores[c]! - expected)
      for (let l = 1; l < k; l++) out[to + (l * k + c) * n + q] = (c === l ? 1 : 0) - p[from + l * n + q]!
    }
  }
}

function gradedScores(
  curve: Curve,
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  const k = curve.scores.length
  out.fill(0, to, to + k * k * n)
  for (let q = 0; q < n; q++) {
    const pull = values[at]! * nodes[q]!
    for (let c = 0; c < k; c++) {
      // P(c) = F(c) − F(c + 1): `lower` is F′(c)/P(c), `upper` is F′(c + 1)/P(c), both without cancellation.
      let lower = 0
      let upper = 0
      const gap = c > 0 && c < k - 1 ? -Math.expm1(values[at + c + 1]! - values[at + c]!) : 1
      if (c > 0) {
        const z = pull + values[at + c]!
        lower = logistic(-z) / ((c < k - 1 ? logistic(-pull - values[at + c + 1]!) : 1) * gap)
      }
      if (c < k - 1) {
        const z = pull + values[at + c + 1]!
        upper = logistic(z) / ((c > 0 ? logistic(pull + values[at + c]!) : 1) * gap)
      }
      out[to + c * n + q] = nodes[q]! * (lower - upper)
      if (c > 0) out[to + (c * k + c) * n + q] = lower
      if (c < k - 1) out[to + ((c + 1) * k + c) * n + q] = -upper
    }
  }
}

function threeParameterScores(
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  p: Float64Array,
  from: number,
  out: Float64Array,
  to: number,
): void {
  const n = nodes.length
  const guessing = logistic(values[at + 2]!)
  for (let q = 0; q < n; q++) {
    const f = logistic(values[at]! * nodes[q]! + values[at + 1]!)
    const rest = logistic(-values[at]! * nodes[q]! - values[at + 1]!)
    const right = p[from + n + q]!
    const rise = ((1 - guessing) * f * rest) / right
    out[to + q] = -f * nodes[q]!
    out[to + n + q] = rise * nodes[q]!
    out[to + 2 * n + q] = -f
    out[to + 3 * n + q] = rise
    out[to + 4 * n + q] = -guessing
    out[to + 5 * n + q] = (guessing * (1 - guessing) * rest) / right
  }
}

/** Whether the parameters describe probabilities at all: thresholds of a graded item must be in order. */
export function admissible(curve: Curve, values: Float64Array, at: number): boolean {
  if (curve.family !== 'graded') return true
  for (let c = 1; c + 1 < curve.scores.length; c++) if (!(values[at + c]! > values[at + c + 1]!)) return false
  return true
}
