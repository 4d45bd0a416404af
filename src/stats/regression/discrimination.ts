import { exactSum } from '../numeric/sum.ts'
import { type Interval, twoSided } from '../smallarea/wilson.ts'
import { checkPredictions } from './predictions.ts'

/** How well predictions rank those with the event above those without. */
export interface Discrimination extends Interval {
  /** probability that a random event is ranked above a random non-event; ties count half */
  readonly auc: number
  readonly standardError: number
  readonly events: number
  readonly others: number
}

/**
 * Area under the ROC curve with DeLong's standard error and interval.
 *
 * @param p  predictions, any numbers that rank
 * @param y  0 or 1, both present
 * @throws   RangeError otherwise
 * @see      DeLong, DeLong, Clarke-Pearson (1988), Biometrics 44, 837–845
 */
export function discrimination(p: ArrayLike<number>, y: ArrayLike<number>, level = 0.95): Discrimination {
  checkPredictions(p, y, 'discrimination', { both: true })
  const all = midranks(Float64Array.from(p))
  const yes = Array.from({ length: y.length }, (_, i) => i).filter((i) => y[i] === 1)
  const no = Array.from({ length: y.length }, (_, i) => i).filter((i) => y[i] === 0)
  const within = (members: readonly number[]) => midranks(Float64Array.from(members, (i) => p[i]!))
  // Placement of each person: how many of the other side rank below (above). Halves add exactly.
  const above = ((own) => Float64Array.from(yes, (i, k) => all[i]! - own[k]!))(within(yes))
  const below = ((own) => Float64Array.from(no, (i, k) => yes.length - (all[i]! - own[k]!)))(within(no))
  const auc = exactSum(above) / (yes.length * no.length)
  const spread = (places: Float64Array, others: number) =>
    places.length < 2
      ? auc * (1 - auc)
      : exactSum(places.map((place) => (place / others - auc) ** 2)) / (places.length - 1)
  const standardError = Math.sqrt(
    spread(above, no.length) / yes.length + spread(below, yes.length) / no.length,
  )
  const reach = twoSided(level, 'discrimination') * standardError
  return {
    auc,
    standardError,
    low: Math.max(0, auc - reach),
    high: Math.min(1, auc + reach),
    events: yes.length,
    others: no.length,
  }
}

/** Ranks from 1; equal values share the mean of their ranks. */
function midranks(values: Float64Array): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + to + 1) / 2
    from = to
  }
  return ranks
}

/**
 * Area under the precision-recall curve (average precision): the mean precision at each event found going down the
 * list. Persons of equal prediction are taken together, so the order of rows does not matter.
 * @throws RangeError unless there is an event
 */
export function averagePrecision(p: ArrayLike<number>, y: ArrayLike<number>): number {
  checkPredictions(p, y, 'averagePrecision')
  const order = Array.from({ length: y.length }, (_, i) => i).sort((i, j) => p[j]! - p[i]!)
  const events = order.reduce((total, i) => total + y[i]!, 0)
  if (events === 0) throw new RangeError('averagePrecision requires at least one event')
  let found = 0
  let area = 0
  for (let from = 0; from < order.length; ) {
    let to = from
    let here = 0
    for (; to < order.length && p[order[to]!] === p[order[from]!]; to++) here += y[order[to]!]!
    found += here
    area += (here / events) * (found / to)
    from = to
  }
  return area
}

/** What a list of the k highest predictions catches. */
export interface TopList {
  readonly k: number
  /** share of the list that has the event */
  readonly precision: number
  /** share of all events that are on the list */
  readonly recall: number
}

/**
 * Precision and recall of the k highest predictions: the number of persons there is room for. Persons tied at the
 * end of the list count by their expected share, as if drawn by lot.
 *
 * @throws RangeError unless k is a whole number from 1 to the number of persons and there is an event
 */
export function atCapacity(p: ArrayLike<number>, y: ArrayLike<number>, k: number): TopList {
  checkPredictions(p, y, 'atCapacity')
  if (!Number.isInteger(k) || k < 1 || k > y.length)
    throw new RangeError('atCapacity requires k from 1 to all persons')
  const order = Array.from({ length: y.length }, (_, i) => i).sort((i, j) => p[j]! - p[i]!)
  const events = order.reduce((total, i) => total + y[i]!, 0)
  if (events === 0) throw new RangeError('atCapacity requires at least one event')
  const last = p[order[k - 1]!]!
  const sure = order.filter((i) => p[i]! > last)
  const tied = order.filter((i) => p[i] === last)
  const count = (members: readonly number[]) => members.reduce((total, i) => total + y[i]!, 0)
  const caught = count(sure) + (count(tied) * (k - sure.length)) / tied.length
  return { k, precision: caught / k, recall: caught / events }
}

/**
 * Net benefit of acting on everyone at or above a threshold: true positives minus false positives at the exchange
 * rate the threshold implies, per person. Acting on nobody has 0.
 *
 * @throws RangeError unless 0 < threshold < 1 and predictions are probabilities
 * @see    Vickers, Elkin (2006), Medical Decision Making 26, 565–574
 */
export function netBenefit(p: ArrayLike<number>, y: ArrayLike<number>, threshold: number): number {
  checkPredictions(p, y, 'netBenefit', { probabilities: true })
  if (!(threshold > 0 && threshold < 1))
    throw new RangeError('netBenefit requires a threshold above 0 and below 1')
  let right = 0
  let wrong = 0
  for (let i = 0; i < y.length; i++) {
    if (p[i]! < threshold) continue
    if (y[i] === 1) right++
    else wrong++
  }
  return (right - (wrong * threshold) / (1 - threshold)) / y.length
}
