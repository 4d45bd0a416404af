import { logBeta, logistic } from '../numeric/special.ts'
import { type Curve, type GuessingPrior, type LogDensity, parameterCount } from './item.ts'
import { probabilities, scoreFunctions } from './response-functions.ts'

/** Log-likelihood of one item as if abilities were known, with derivatives by its parameters. */
export interface ItemDerivatives {
  value: number
  readonly gradient: Float64Array
  /** Fisher information, parameters × parameters */
  readonly information: Float64Array
}

/**
 * @param counts  expected number of people with each response at each node: scores × nodes, from `from`
 * @param prior   of logit(guessing); its density counts as data
 */
export function itemDerivatives(
  curve: Curve,
  values: Float64Array,
  at: number,
  nodes: Float64Array,
  counts: Float64Array,
  from: number,
  prior: GuessingPrior | undefined,
): ItemDerivatives {
  const n = nodes.length
  const k = curve.scores.length
  const size = parameterCount(curve)
  const p = new Float64Array(k * n)
  const s = new Float64Array(size * k * n)
  probabilities(curve, values, at, nodes, p, 0)
  scoreFunctions(curve, values, at, nodes, p, 0, s, 0)
  const gradient = new Float64Array(size)
  const information = new Float64Array(size * size)
  let value = 0
  for (let c = 0; c < k; c++) {
    for (let q = 0; q < n; q++) {
      const r = counts[from + c * n + q]!
      if (r > 0) value += r * Math.log(Math.max(p[c * n + q]!, 1e-308))
    }
  }
  for (let l = 0; l < size; l++) {
    let total = 0
    for (let cq = 0; cq < k * n; cq++) total += counts[from + cq]! * s[l * k * n + cq]!
    gradient[l] = total
  }
  for (let q = 0; q < n; q++) {
    let people = 0
    for (let c = 0; c < k; c++) people += counts[from + c * n + q]!
    if (people === 0) continue
    for (let c = 0; c < k; c++) {
      const expected = people * p[c * n + q]!
      for (let l = 0; l < size; l++) {
        const left = expected * s[(l * k + c) * n + q]!
        for (let m = 0; m <= l; m++) information[l * size + m]! += left * s[(m * k + c) * n + q]!
      }
    }
  }
  for (let l = 0; l < size; l++)
    for (let m = 0; m < l; m++) information[m * size + l] = information[l * size + m]!
  if (prior !== undefined) {
    const belief = guessingPrior(prior, values[at + 2]!)
    value += belief.value
    gradient[2]! += belief.slope
    information[8]! += belief.curvature
  }
  return { value, gradient, information }
}

/** Logarithm of the prior density at logit(guessing) = x, its derivative, and minus its second derivative. */
export function guessingPrior(prior: GuessingPrior, x: number): LogDensity {
  if (prior.kind === 'density') return prior.at(x)
  if (prior.kind === 'normal') {
    const z = (x - prior.mean) / prior.sd
    return {
      value: -0.5 * z * z - Math.log(prior.sd) - 0.5 * Math.log(2 * Math.PI),
      slope: -z / prior.sd,
      curvature: 1 / (prior.sd * prior.sd),
    }
  }
  const a = prior.alpha - 1
  const b = prior.beta - 1
  const g = logistic(x)
  return {
    value: a * Math.log(g) + b * Math.log(logistic(-x)) - logBeta(prior.alpha, prior.beta),
    slope: a * (1 - g) - b * g,
    curvature: (a + b) * g * (1 - g),
  }
}
