import { type Curve, familyOf, type KnownItem, parameterCount } from '../irt/item.ts'
import { probabilities } from '../irt/response-functions.ts'

/**
 * Items as one vector of parameters: item after item its slope, its intercepts and, for 3pl, logit(guessing). The
 * covariance of a calibration stands in the same order.
 */
export interface ItemVector {
  readonly curves: readonly Curve[]
  /** item → its first parameter; one more entry: how many there are */
  readonly at: readonly number[]
  readonly values: Float64Array
}

const LEAST_GUESSING = 1e-12 // logit(0) is not a number one can calculate with

/** @throws RangeError if an item's parameters are not finite or its scores do not rise */
export function itemVector(items: readonly KnownItem[]): ItemVector {
  const curves = items.map(({ model, scores }) => ({ family: familyOf(model), scores }))
  const values = items.flatMap(({ id, model, slope, intercepts, guessing, scores }) => {
    const own = [slope, ...intercepts]
    if (familyOf(model) === 'three parameter') {
      const g = Math.max(guessing, LEAST_GUESSING)
      own.push(Math.log(g / (1 - g)))
    }
    const rising = scores.every((score, i) => i === 0 || score > scores[i - 1]!)
    if (
      !own.every(Number.isFinite) ||
      !rising ||
      intercepts.length !== scores.length - 1 ||
      scores.length < 2
    ) {
      throw new RangeError(
        `item ${id} requires two or more rising scores and a finite parameter for each but the lowest`,
      )
    }
    return own
  })
  const at = [0]
  for (const curve of curves) at.push(at.at(-1)! + parameterCount(curve))
  return { curves, at, values: Float64Array.from(values) }
}

/** The items with the parameters of another vector of the same order. */
export function itemsFromVector(
  items: readonly KnownItem[],
  { curves, at }: ItemVector,
  values: Float64Array,
): KnownItem[] {
  return items.map((item, i) => {
    const from = at[i]!
    const last = from + curves[i]!.scores.length
    const guessing =
      curves[i]!.family === 'three parameter' ? 1 / (1 + Math.exp(-values[last]!)) : item.guessing
    return {
      ...item,
      slope: values[from]!,
      intercepts: Array.from(values.subarray(from + 1, last)),
      guessing,
    }
  })
}

/** Steps or thresholds of an item, as abilities; for a dichotomous item its one difficulty. */
export function locations({ curves, at }: ItemVector, values: Float64Array, item: number): number[] {
  const { family, scores } = curves[item]!
  const from = at[item]!
  const slope = values[from]!
  return scores.slice(1).map((score, i) => {
    const intercept = values[from + 1 + i]!
    if (family !== 'partial credit') return -intercept / slope
    const before = i === 0 ? 0 : values[from + i]!
    return -(intercept - before) / (slope * (score - scores[i]!))
  })
}

/** Probabilities of the scores of an item at some abilities, and how they change with ability; scores × abilities. */
export interface ItemCurves {
  readonly p: Float64Array
  readonly slope: Float64Array
}

/** Probabilities alone. */
export function itemProbabilities(
  { curves, at }: Pick<ItemVector, 'curves' | 'at'>,
  values: Float64Array,
  item: number,
  abilities: Float64Array,
): Float64Array {
  const p = new Float64Array(curves[item]!.scores.length * abilities.length)
  probabilities(curves[item]!, values, at[item]!, abilities, p, 0)
  return p
}

export function itemCurves(
  { curves, at }: ItemVector,
  values: Float64Array,
  item: number,
  abilities: Float64Array,
): ItemCurves {
  const curve = curves[item]!
  const n = abilities.length
  const k = curve.scores.length
  const p = itemProbabilities({ curves, at }, values, item, abilities)
  const slope = new Float64Array(k * n)
  const a = values[at[item]!]!
  for (let q = 0; q < n; q++) {
    if (curve.family === 'graded') {
      let reached = 1 // probability of at least this score
      for (let c = 0; c < k; c++) {
        const next = c === k - 1 ? 0 : reached - p[c * n + q]!
        slope[c * n + q] = a * (reached * (1 - reached) - next * (1 - next))
        reached = next
      }
    } else if (curve.family === 'partial credit') {
      let expected = 0
      for (let c = 0; c < k; c++) expected += curve.scores[c]! * p[c * n + q]!
      for (let c = 0; c < k; c++) slope[c * n + q] = a * p[c * n + q]! * (curve.scores[c]! - expected)
    } else {
      const guessing = 1 / (1 + Math.exp(-values[at[item]! + 2]!))
      const knows = (p[n + q]! - guessing) / (1 - guessing)
      slope[n + q] = a * p[q]! * knows
      slope[q] = -slope[n + q]!
    }
  }
  return { p, slope }
}

/** Expected sum of scores at some abilities, and how it changes with ability. */
export function expectedSum(
  vector: ItemVector,
  values: Float64Array,
  abilities: Float64Array,
): { score: Float64Array; slope: Float64Array } {
  const n = abilities.length
  const score = new Float64Array(n)
  const slope = new Float64Array(n)
  vector.curves.forEach(({ scores }, item) => {
    const curves = itemCurves(vector, values, item, abilities)
    for (let c = 0; c < scores.length; c++) {
      for (let q = 0; q < n; q++) {
        score[q]! += scores[c]! * curves.p[c * n + q]!
        slope[q]! += scores[c]! * curves.slope[c * n + q]!
      }
    }
  })
  return { score, slope }
}
