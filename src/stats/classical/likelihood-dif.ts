import { type Calibration, calibrate, type Item, type ItemEstimate } from '../irt/index.ts'
import { expectedSum, itemVector } from '../linking/item-vector.ts'
import type { CalibrationSettings } from '../linking/joint-calibration.ts'
import { chiSquareCumulative } from '../numeric/distributions.ts'
import { gaussHermite } from '../numeric/quadrature.ts'
import { sum } from '../numeric/sum.ts'
import type { Purified } from './purification.ts'
import type { DifOptions } from './table-dif.ts'

/** Answers of two groups; items of any model, missing by design allowed. */
export interface TwoGroupAnswers {
  readonly items: readonly Item[]
  /** persons × items, row by row: score, or −1 where there is no answer */
  readonly responses: Int8Array
  /** per person: 1 = focal group, 0 = reference group */
  readonly focal: ArrayLike<number>
  /** one per person, used as they are; default 1 */
  readonly weights?: ArrayLike<number>
}

/** One item with parameters of its own in each group against one set for both. */
export interface LikelihoodDif {
  readonly id: string
  /** twice the gain in log-likelihood; null where the item cannot be estimated in one of the groups */
  readonly chiSquare: number | null
  /** parameters gained */
  readonly df: number
  readonly p: number | null
  readonly reference: ItemEstimate | null
  /** on the scale of the reference group */
  readonly focal: ItemEstimate | null
  /** natural logarithms of the likelihoods compared */
  readonly logLikelihood: { readonly together: number; readonly apart: number }
  /** points the focal group gets more (+) or less (−) than its abilities would get in the reference group */
  readonly meanDifference: number | null
  /** the same without signs cancelling between abilities */
  readonly absoluteDifference: number | null
  readonly warning: 'not estimable in both groups' | 'not converged' | null
}

/**
 * Differential item functioning by likelihood ratio of response models: every item in turn is given parameters of its
 * own in the focal group, all other items hold the scale; means and variances of both groups are as `calibrate` leaves
 * them, the focal group's free. Purified step by step: the item with the least p is set apart for good, and the others
 * are tested again, so that one bad item does not drag the good ones along. The strictest of the methods here, and the
 * slowest: a calibration per item and round.
 *
 * @param rounds  items set apart at most; default 10. At least two items are left to hold the scale
 * @returns       results against the anchors of the last round
 * @throws        RangeError if groups are not 0/1 or one is empty, sizes do not fit, the level is not 0–1, or the items
 *                cannot be calibrated
 * @see           Thissen, Steinberg & Wainer (1993), in Holland & Wainer (eds.), Differential item functioning, 67–113;
 *                Kopf, Zeileis & Strobl (2015), https://doi.org/10.1177/0013164414529792
 */
export function likelihoodRatioDif(
  answers: TwoGroupAnswers,
  options: DifOptions & CalibrationSettings = {},
): Purified<LikelihoodDif> {
  const { level = 0.05, rounds: most = 10, ...settings } = options
  check(answers)
  if (!(level > 0 && level < 1)) throw new RangeError('likelihoodRatioDif requires a level between 0 and 1')
  const k = answers.items.length
  let apart: number[] = []
  for (let rounds = 0; ; rounds++) {
    const results = testAll(answers, apart, settings)
    const flagged = results.flatMap(({ p }, item) => (p !== null && p < level ? [item] : []))
    const next = flagged
      .filter((item) => !apart.includes(item))
      .sort((i, j) => results[i]!.p! - results[j]!.p!)[0]
    const full = rounds >= most || apart.length >= k - 2
    if (next === undefined || full)
      return { results, flagged, rounds, converged: next === undefined || most === 0 }
    apart = [...apart, next]
  }
}

function testAll(
  answers: TwoGroupAnswers,
  apart: readonly number[],
  settings: CalibrationSettings,
): LikelihoodDif[] {
  const now = split(answers, apart, settings)
  return answers.items.map((_, item) => {
    // An item set apart is tested against being held together again.
    if (!apart.includes(item)) return compare(answers, item, now, split(answers, [...apart, item], settings))
    const others = apart.filter((other) => other !== item)
    return compare(answers, item, split(answers, others, settings), now)
  })
}

/** A calibration with some items apart: the focal answers to the k-th of them stand in column items + k. */
interface Split {
  readonly calibration: Calibration
  readonly apart: readonly number[]
}

function split(
  { items, responses, focal, weights }: TwoGroupAnswers,
  apart: readonly number[],
  settings: CalibrationSettings,
): Split {
  const k = items.length
  const width = k + apart.length
  const persons = focal.length
  const spread = new Int8Array(persons * width).fill(-1)
  for (let person = 0; person < persons; person++) {
    for (let item = 0; item < k; item++) {
      const at = focal[person] === 1 ? apart.indexOf(item) : -1
      spread[person * width + (at < 0 ? item : k + at)] = responses[person * k + item]!
    }
  }
  const twins = apart.map((item) => ({ ...items[item]!, id: `${items[item]!.id} (focal group)` }))
  const calibration = calibrate({
    ...settings,
    standardErrors: false,
    items: [...items, ...twins],
    responses: spread,
    groups: focal,
    weights,
  })
  return { calibration, apart }
}

function compare({ items }: TwoGroupAnswers, item: number, held: Split, apart: Split): LikelihoodDif {
  const { id } = items[item]!
  const { calibration } = apart
  const logLikelihood = { together: held.calibration.logLikelihood, apart: calibration.logLikelihood }
  const reference = calibration.items[item]!
  const focal = calibration.items[items.length + apart.apart.indexOf(item)]!
  const df = calibration.parameterCount - held.calibration.parameterCount
  if (reference.scores.length < 2 || focal.scores.length < 2 || df < 1) {
    const none = { chiSquare: null, p: null, meanDifference: null, absoluteDifference: null }
    return {
      id,
      ...none,
      df,
      logLikelihood,
      reference: null,
      focal: null,
      warning: 'not estimable in both groups',
    }
  }
  const chiSquare = Math.max(0, 2 * (logLikelihood.apart - logLikelihood.together))
  const converged = calibration.converged && held.calibration.converged
  return {
    id,
    chiSquare,
    df,
    logLikelihood,
    p: chiSquareCumulative(chiSquare, df, 'upper'),
    reference,
    focal,
    ...pointsApart(reference, focal, calibration),
    warning: converged ? null : 'not converged',
  }
}

/** Expected points by focal less by reference parameters, over the focal group's distribution of ability. */
function pointsApart(reference: ItemEstimate, focal: ItemEstimate, { groups }: Calibration) {
  const { nodes, weights } = gaussHermite(41)
  const { mean, variance } = groups[1]!
  const abilities = nodes.map((x) => mean + Math.sqrt(variance) * x)
  const points = (item: ItemEstimate) => {
    const vector = itemVector([item])
    return expectedSum(vector, vector.values, abilities).score
  }
  const [own, others] = [points(focal), points(reference)]
  const gaps = own.map((x, q) => x - others[q]!)
  return {
    meanDifference: sum(gaps.map((gap, q) => weights[q]! * gap)),
    absoluteDifference: sum(gaps.map((gap, q) => weights[q]! * Math.abs(gap))),
  }
}

function check({ items, responses, focal }: TwoGroupAnswers): void {
  const persons = focal.length
  if (items.length < 2 || responses.length !== persons * items.length) {
    throw new RangeError('likelihoodRatioDif requires responses of persons × items, two or more items')
  }
  let inFocal = 0
  for (let person = 0; person < persons; person++) {
    if (focal[person] !== 0 && focal[person] !== 1)
      throw new RangeError('groups must be 0 (reference) or 1 (focal)')
    inFocal += focal[person]!
  }
  if (inFocal === 0 || inFocal === persons)
    throw new RangeError('both the reference and the focal group need persons')
}
