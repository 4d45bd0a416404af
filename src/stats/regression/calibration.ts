import { irls } from '../numeric/irls.ts'
import { logistic, logit } from '../numeric/special.ts'
import { exactSum } from '../numeric/sum.ts'
import { wilson } from '../smallarea/wilson.ts'
import { checkPredictions } from './predictions.ts'

/** Do predicted probabilities mean what they say? Figures that are null cannot be had from these data. */
export interface Calibration {
  readonly n: number
  readonly events: number
  /** mean squared distance between prediction and outcome */
  readonly brier: number
  /** 1 − brier / that of predicting the prevalence for everyone; null if all outcomes are the same */
  readonly brierSkill: number | null
  /** mean −ln of the probability given to what happened; null where 0 was given to something that happened */
  readonly logLoss: number | null
  readonly observedOverExpected: number | null
  /** intercept with logit p as offset: 0 is right, above 0 too few were predicted */
  readonly inTheLarge: number | null
  /** intercept and slope of logit y on logit p: 0 and 1 are right; a slope below 1 predicts too extremely */
  readonly intercept: number | null
  readonly slope: number | null
  readonly slopeStandardError: number | null
}

/** Predictions of exactly 0 or 1 are drawn in by this much before their logit is taken. */
const EDGE = 1e-12

/**
 * @param p  predicted probabilities
 * @param y  0 or 1
 * @throws   RangeError if they do not belong together
 * @see      Steyerberg et al. (2010), Epidemiology 21, 128–138
 */
export function calibration(p: ArrayLike<number>, y: ArrayLike<number>): Calibration {
  checkPredictions(p, y, 'calibration', { probabilities: true })
  const n = y.length
  const rows = Array.from({ length: n }, (_, i) => i)
  const events = rows.reduce((total, i) => total + y[i]!, 0)
  const expected = exactSum(p)
  const square = exactSum(Float64Array.from(rows, (i) => (y[i]! - p[i]!) ** 2))
  const losses = Float64Array.from(rows, (i) => (y[i] === 1 ? -Math.log(p[i]!) : -Math.log1p(-p[i]!)))
  const share = events / n
  return {
    n,
    events,
    brier: square / n,
    brierSkill: events === 0 || events === n ? null : 1 - square / n / (share * (1 - share)),
    logLoss: losses.every(Number.isFinite) ? exactSum(losses) / n : null,
    observedOverExpected: expected > 0 ? events / expected : null,
    ...logitFigures(p, y, events),
  }
}

function logitFigures(p: ArrayLike<number>, y: ArrayLike<number>, events: number) {
  const none = { inTheLarge: null, intercept: null, slope: null, slopeStandardError: null }
  if (events === 0 || events === y.length) return none
  const x = logits(p)
  const rows = y.length
  const large = irls({
    x: new Float64Array(),
    y,
    rows,
    columns: 0,
    intercept: true,
    family: 'binomial',
    offset: x,
  })
  const line = irls({ x, y, rows, columns: 1, intercept: true, family: 'binomial' })
  const sound = line.converged && line.rank === 2
  return {
    inTheLarge: large.converged ? large.coefficients[0]! : null,
    intercept: sound ? line.coefficients[0]! : null,
    slope: sound ? line.coefficients[1]! : null,
    slopeStandardError: sound ? Math.sqrt(line.covariance[3]!) : null,
  }
}

/** One bin of the reliability curve. */
export interface ReliabilityBin {
  readonly n: number
  readonly meanPredicted: number
  readonly observed: number
  /** Wilson's interval of the observed share */
  readonly low: number
  readonly high: number
}

/**
 * Observed shares by predicted probability, in bins of about equal size; equal predictions are never torn apart, so
 * there may be fewer bins than asked for.
 * @throws RangeError unless bins is a whole number of at least 1
 */
export function reliabilityCurve(p: ArrayLike<number>, y: ArrayLike<number>, bins = 10): ReliabilityBin[] {
  checkPredictions(p, y, 'reliabilityCurve', { probabilities: true })
  if (!Number.isInteger(bins) || bins < 1) throw new RangeError('reliabilityCurve requires one or more bins')
  const order = Array.from({ length: y.length }, (_, i) => i).sort((i, j) => p[i]! - p[j]!)
  const curve: ReliabilityBin[] = []
  for (let from = 0, bin = 1; from < order.length; bin++) {
    let to = Math.max(from + 1, Math.round((bin * order.length) / bins))
    while (to < order.length && p[order[to]!] === p[order[to - 1]!]) to++
    const members = order.slice(from, to)
    const hits = members.reduce((total, i) => total + y[i]!, 0)
    const predicted = members.reduce((total, i) => total + p[i]!, 0)
    curve.push({
      n: members.length,
      meanPredicted: predicted / members.length,
      observed: hits / members.length,
      ...wilson(hits, members.length),
    })
    from = to
  }
  return curve
}

/** A correction of predictions by intercept and slope on the logit scale. */
export interface Recalibration {
  readonly intercept: number
  readonly slope: number
}

/** Probability after recalibration. */
export function recalibrate({ intercept, slope }: Recalibration, p: ArrayLike<number>): Float64Array {
  return logits(p).map((x) => logistic(intercept + slope * x))
}

function logits(p: ArrayLike<number>): Float64Array {
  return Float64Array.from(p, (value) => logit(Math.min(1 - EDGE, Math.max(EDGE, value))))
}
