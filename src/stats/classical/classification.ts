import { sum } from '../numeric/sum.ts'

/** How far decisions at cut scores can be trusted; shares 0–1. */
export interface Classification {
  /** share of persons whose level is the one their error-free score would give */
  readonly accuracy: number
  /** share of persons who would get the same level from a second, equally good test */
  readonly consistency: number
  /** consistency beyond chance, at most 1; null where everybody is at one level */
  readonly kappa: number | null
  /** expected share at each level, lowest first */
  readonly shares: readonly number[]
  readonly cuts: readonly CutDecision[]
}

/** One cut on its own: reached or not. */
export interface CutDecision {
  readonly accuracy: number
  readonly consistency: number
  readonly kappa: number | null
  /** share of all persons put above the cut though below it without error, and the reverse */
  readonly falsePositive: number
  readonly falseNegative: number
}

/**
 * Classification from points of the error-free score.
 *
 * @param weights  of the points: shares of the population or of the persons, not negative, with sum 1
 * @param level    of each point without error, 0 = lowest
 * @param chances  points × levels, row by row: probability of each observed level at the point
 * @param levels   number of levels, one more than there are cuts
 */
export function classification(
  weights: ArrayLike<number>,
  level: ArrayLike<number>,
  chances: Float64Array,
  levels: number,
): Classification {
  const n = weights.length
  const over = (value: (point: number) => number) =>
    sum(Float64Array.from({ length: n }, (_, point) => weights[point]! * value(point)))
  const p = (point: number, at: number) => chances[point * levels + at]!
  const shares = Array.from({ length: levels }, (_, at) => over((point) => p(point, at)))
  const accuracy = over((point) => p(point, level[point]!))
  const consistency = over((point) => {
    let same = 0
    for (let at = 0; at < levels; at++) same += p(point, at) ** 2
    return same
  })
  const cuts = Array.from({ length: levels - 1 }, (_, cut) => {
    const above = (point: number) => {
      let total = 0
      for (let at = cut + 1; at < levels; at++) total += p(point, at)
      return total
    }
    const falsePositive = over((point) => (level[point]! <= cut ? above(point) : 0))
    const falseNegative = over((point) => (level[point]! > cut ? 1 - above(point) : 0))
    const same = over((point) => above(point) ** 2 + (1 - above(point)) ** 2)
    const share = over(above)
    return {
      accuracy: 1 - falsePositive - falseNegative,
      consistency: same,
      kappa: beyondChance(same, [share, 1 - share]),
      falsePositive,
      falseNegative,
    }
  })
  return { accuracy, consistency, kappa: beyondChance(consistency, shares), shares, cuts }
}

function beyondChance(consistency: number, shares: readonly number[]): number | null {
  const chance = sum(shares.map((share) => share * share))
  return 1 - chance < 1e-12 ? null : (consistency - chance) / (1 - chance)
}

/** @throws RangeError unless cuts are finite and rise */
export function checkCuts(cuts: readonly number[], who: string): void {
  if (cuts.length === 0 || !cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || cut > cuts[i - 1]!))) {
    throw new RangeError(`${who} requires one or more finite cut scores in rising order`)
  }
}

/** Level of a score: how many cuts it reaches. */
export function levelOf(score: number, cuts: readonly number[]): number {
  let level = 0
  while (level < cuts.length && score >= cuts[level]!) level += 1
  return level
}
