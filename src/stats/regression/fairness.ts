import { binomialQuantile } from '../numeric/distributions.ts'
import { quantile } from '../numeric/quantile.ts'
import { philox } from '../numeric/random.ts'
import { calibration } from './calibration.ts'
import { checkPredictions } from './predictions.ts'

/** Selected or not, with the event or without: the four counts of a yes-no rule. */
export interface Confusion {
  /** true positives, false positives, false negatives, true negatives: whole, not negative */
  readonly tp: number
  readonly fp: number
  readonly fn: number
  readonly tn: number
}

/** Rates of a yes-no rule; null where there is nobody to count. */
export interface ConfusionRates {
  readonly n: number
  readonly prevalence: number | null
  readonly selectionRate: number | null
  readonly truePositiveRate: number | null
  readonly falsePositiveRate: number | null
  /** share of those with the event who were not selected: the costly error when help is missed */
  readonly falseNegativeRate: number | null
  readonly positivePredictiveValue: number | null
  readonly negativePredictiveValue: number | null
}

/**
 * Rates from the four counts.
 * @throws RangeError unless they are whole numbers of at least 0
 */
export function confusionRates({ tp, fp, fn, tn }: Confusion): ConfusionRates {
  if (![tp, fp, fn, tn].every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new RangeError('confusionRates requires whole counts of at least 0')
  }
  const n = tp + fp + fn + tn
  const rate = (part: number, whole: number) => (whole === 0 ? null : part / whole)
  return {
    n,
    prevalence: rate(tp + fn, n),
    selectionRate: rate(tp + fp, n),
    truePositiveRate: rate(tp, tp + fn),
    falsePositiveRate: rate(fp, fp + tn),
    falseNegativeRate: rate(fn, tp + fn),
    positivePredictiveValue: rate(tp, tp + fp),
    negativePredictiveValue: rate(tn, fn + tn),
  }
}

/** One group of the audit. */
export interface GroupFairness extends ConfusionRates {
  readonly group: string
  readonly calibrationSlope: number | null
  readonly observedOverExpected: number | null
  /** against the reference group, with a bootstrap interval; null for the reference itself or where undefined */
  readonly falseNegativeRateDifference: { value: number; low: number; high: number } | null
  readonly falsePositiveRateDifference: { value: number; low: number; high: number } | null
  /** selection rate over that of the reference group */
  readonly selectionRatio: number | null
  /** `missed`: the event is missed more than `alertAt` more often or less often than in the reference group;
   *  `calibration`: observed over expected outside 0.9–1.1 */
  readonly alerts: readonly ('missed' | 'calibration')[]
}

/**
 * Audit of a prediction rule by group: who is selected, who is missed, and whether a probability means the same.
 * With different prevalence not all of these can be equal at once (Chouldechova 2017); which one must be is a
 * decision, not a computation.
 *
 * @param p          predicted probabilities
 * @param y          0 or 1
 * @param groups     one per person; groups are listed in alphabetical order
 * @param threshold  who is at or above it is selected
 * @param reference  group the others are compared with; the largest if left out
 * @param draws      bootstrap draws within groups, 500 if left out
 * @param seed       of the draws; returned with the result
 * @throws           RangeError if lengths differ, or the reference is not among the groups
 */
export function fairness(
  p: ArrayLike<number>,
  y: ArrayLike<number>,
  groups: readonly string[],
  {
    threshold,
    reference,
    draws = 500,
    seed = 1,
    alertAt = 0.05,
  }: { threshold: number; reference?: string; draws?: number; seed?: number; alertAt?: number },
): { groups: GroupFairness[]; reference: string; seed: number } {
  checkPredictions(p, y, 'fairness', { probabilities: true })
  if (groups.length !== y.length || !Number.isInteger(draws) || draws < 1) {
    throw new RangeError('fairness requires one group for each person and one or more draws')
  }
  const members = new Map<string, number[]>()
  groups.forEach((group, i) => {
    const list = members.get(group)
    if (list) list.push(i)
    else members.set(group, [i])
  })
  const names = [...members.keys()].sort()
  const base = reference ?? names.reduce((a, b) => (members.get(b)!.length > members.get(a)!.length ? b : a))
  if (!members.has(base)) throw new RangeError('fairness requires a reference that is one of the groups')
  const audited = new Map(
    names.map((name, at) => {
      const counts = confusion(p, y, members.get(name)!, threshold)
      return [name, { counts, drawn: redraw(counts, draws, seed, at) }]
    }),
  )
  const rows = names.map((name): GroupFairness => {
    const { counts, drawn } = audited.get(name)!
    const rates = confusionRates(counts)
    const baseRates = confusionRates(audited.get(base)!.counts)
    const gap = (rate: 'falseNegativeRate' | 'falsePositiveRate') =>
      name === base ? null : difference(rate, rates, baseRates, drawn, audited.get(base)!.drawn)
    const own = members.get(name)!
    const { slope, observedOverExpected } = calibration(
      own.map((i) => p[i]!),
      own.map((i) => y[i]!),
    )
    const missed = gap('falseNegativeRate')
    const alerts: ('missed' | 'calibration')[] = []
    if (missed && Math.abs(missed.value) > alertAt) alerts.push('missed')
    if (observedOverExpected !== null && (observedOverExpected < 0.9 || observedOverExpected > 1.1))
      alerts.push('calibration')
    return {
      group: name,
      ...rates,
      calibrationSlope: slope,
      observedOverExpected,
      falseNegativeRateDifference: missed,
      falsePositiveRateDifference: gap('falsePositiveRate'),
      selectionRatio:
        rates.selectionRate === null || !baseRates.selectionRate
          ? null
          : rates.selectionRate / baseRates.selectionRate,
      alerts,
    }
  })
  return { groups: rows, reference: base, seed }
}

function confusion(
  p: ArrayLike<number>,
  y: ArrayLike<number>,
  members: readonly number[],
  threshold: number,
): Confusion {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 }
  for (const i of members) {
    if (p[i]! >= threshold) counts[y[i] === 1 ? 'tp' : 'fp']++
    else counts[y[i] === 1 ? 'fn' : 'tn']++
  }
  return counts
}

/** Persons drawn anew with replacement. Only their four counts matter to the rates, and those are multinomial. */
function redraw({ tp, fp, fn, tn }: Confusion, draws: number, seed: number, stream: number): Confusion[] {
  const random = philox(seed, stream)
  const of = (part: number, whole: number, n: number): number => {
    if (part === 0 || n === 0) return 0
    if (part === whole) return n
    return binomialQuantile(Math.max(random.uniform(), 1e-16), n, part / whole)
  }
  const n = tp + fp + fn + tn
  return Array.from({ length: draws }, () => {
    const events = of(tp + fn, n, n)
    const caught = of(tp, tp + fn, events)
    const wrong = of(fp, fp + tn, n - events)
    return { tp: caught, fn: events - caught, fp: wrong, tn: n - events - wrong }
  })
}

function difference(
  rate: 'falseNegativeRate' | 'falsePositiveRate',
  own: ConfusionRates,
  base: ConfusionRates,
  drawn: readonly Confusion[],
  baseDrawn: readonly Confusion[],
): { value: number; low: number; high: number } | null {
  if (own[rate] === null || base[rate] === null) return null
  const gaps = drawn
    .map((counts, k) => [confusionRates(counts)[rate], confusionRates(baseDrawn[k]!)[rate]] as const)
    .filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null)
    .map(([a, b]) => a - b)
    .sort((a, b) => a - b)
  const value = own[rate] - base[rate]
  if (gaps.length === 0) return null
  return { value, low: quantile(gaps, 0.025), high: quantile(gaps, 0.975) }
}
