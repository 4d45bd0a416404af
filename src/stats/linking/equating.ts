import type { KnownItem } from '../irt/item.ts'
import { brentRoot } from '../numeric/optimise.ts'
import type { Quadrature } from '../numeric/quadrature.ts'
import { sum } from '../numeric/sum.ts'
import { expectedSum, type ItemVector, itemCurves, itemVector } from './item-vector.ts'
import { linkedAbility, type ScaleLink } from './scale-link.ts'

/** A sum of scores on one form and what it is worth on the other. */
export interface EquatedScore {
  readonly score: number
  /** at which the first form's expected sum is the score; null at scores no ability expects */
  readonly ability: number | null
  readonly equivalent: number
  /** at or beyond what abilities expect (below the guessing level, at either end): straight line, not the model */
  readonly extended: boolean
}

/**
 * True-score equating: a sum on one form is worth the sum that persons of the same ability expect on the other. Below
 * the lowest expected sum (guessing) a straight line from 0 to there is used, as Kolen & Brennan do.
 *
 * @param from, to  items of the forms, all on one scale, slopes above 0
 * @param scores    on the first form; default every whole score
 * @throws          RangeError if a form has no item, a slope is not above 0, or a score is outside the form
 * @see             Kolen & Brennan (2014), Test equating, scaling, and linking, 6.5
 */
export function equateTrueScores(
  from: readonly KnownItem[],
  to: readonly KnownItem[],
  scores?: readonly number[],
): EquatedScore[] {
  const [one, other] = [monotone(from), monotone(to)]
  const [low, high] = range(one)
  const [otherLow, otherHigh] = range(other)
  const [least, otherLeast] = [lowestExpected(from), lowestExpected(to)]
  const all = scores ?? Array.from({ length: Math.floor(high - low) + 1 }, (_, i) => low + i)
  return all.map((score) => {
    if (!(score >= low && score <= high)) {
      throw new RangeError(`equateTrueScores requires scores from ${low} to ${high}`)
    }
    if (score >= high) return { score, ability: null, equivalent: otherHigh, extended: true }
    if (score <= least) {
      const way = least > low ? (score - low) / (least - low) : 0
      return { score, ability: null, equivalent: otherLow + way * (otherLeast - otherLow), extended: true }
    }
    const ability = abilityExpecting(one, score)
    const at = expectedSum(other, other.values, Float64Array.of(ability)).score[0]!
    return { score, ability, equivalent: at, extended: false }
  })
}

/** The ability at which the expected sum is the score, searched outwards from 0; within ±10⁶ at the very ends. */
function abilityExpecting(form: ItemVector, score: number): number {
  const gap = (ability: number) => expectedSum(form, form.values, Float64Array.of(ability)).score[0]! - score
  let reach = 4
  while (reach < 1e6 && !(gap(-reach) < 0 && gap(reach) > 0)) reach *= 2
  if (gap(-reach) >= 0) return -reach
  return gap(reach) <= 0 ? reach : brentRoot(gap, -reach, reach, { tolerance: 1e-13 }).x
}

/**
 * Shares of the sums of scores at each ability, by the recursion of Lord and Wingersky.
 *
 * @returns  abilities × (highest sum − lowest sum + 1), row by row, from the lowest attainable sum; rows add to 1
 * @throws   RangeError if there is no item or a score is not whole
 * @see      Lord & Wingersky (1984), https://doi.org/10.1177/014662168400800409
 */
export function sumDistribution(items: readonly KnownItem[], abilities: Float64Array): Float64Array {
  const form = itemVector(items)
  const [low, high] = range(form)
  if (items.length === 0 || !form.curves.every(({ scores }) => scores.every(Number.isInteger))) {
    throw new RangeError('sumDistribution requires one or more items with whole scores')
  }
  const n = abilities.length
  const width = high - low + 1
  let shares = new Float64Array(n * width)
  for (let q = 0; q < n; q++) shares[q * width] = 1
  let reached = 0
  form.curves.forEach(({ scores }, item) => {
    const { p } = itemCurves(form, form.values, item, abilities)
    const next = new Float64Array(n * width)
    for (let q = 0; q < n; q++) {
      for (let c = 0; c < scores.length; c++) {
        const gain = scores[c]! - scores[0]!
        const chance = p[c * n + q]!
        for (let s = 0; s <= reached; s++) next[q * width + s + gain]! += shares[q * width + s]! * chance
      }
    }
    shares = next
    reached += scores.at(-1)! - scores[0]!
  })
  return shares
}

/**
 * Observed-score equating: sums with the same percentile rank in one population, each sum spread evenly half a point to
 * either side.
 *
 * @param from, to    items of the forms, all on one scale
 * @param population  abilities and their weights (see `syntheticPopulation`)
 * @returns           for every sum of the first form the equivalent on the second, which may lie up to half a point
 *                    beyond its range
 * @throws            RangeError if a form has no item, scores are not whole, or weights are negative or all 0
 * @see               Kolen & Brennan (2014), 6.6
 */
export function equateObservedScores(
  from: readonly KnownItem[],
  to: readonly KnownItem[],
  population: Quadrature,
): { score: number; equivalent: number }[] {
  const total = sum(population.weights)
  if (!(total > 0) || !population.weights.every((w) => w >= 0)) {
    throw new RangeError('equateObservedScores requires weights of 0 or more, not all 0')
  }
  const [one, other] = [marginal(from, population, total), marginal(to, population, total)]
  const [low, otherLow] = [range(itemVector(from))[0], range(itemVector(to))[0]]
  let below = 0
  return Array.from(one, (share, i) => {
    const rank = below + share / 2
    below += share
    return { score: low + i, equivalent: otherLow + atRank(other, rank) }
  })
}

function marginal(items: readonly KnownItem[], { nodes, weights }: Quadrature, total: number): Float64Array {
  const shares = sumDistribution(items, nodes)
  const width = shares.length / nodes.length
  return Float64Array.from({ length: width }, (_, s) => {
    return sum(weights.map((weight, q) => (weight / total) * shares[q * width + s]!))
  })
}

/** The score, counted from 0 and with fractions, below which a share `rank` lies. */
function atRank(shares: Float64Array, rank: number): number {
  let below = 0
  for (let s = 0; s < shares.length; s++) {
    const share = shares[s]!
    if (share > 0 && below + share >= rank) return s - 0.5 + (rank - below) / share
    below += share
  }
  return shares.length - 0.5
}

/**
 * The mixed population for observed-score equating, on the scale linked to: a share of the first form's population
 * carried over by the link, the rest the second form's own.
 *
 * @param standard  nodes and weights of N(0, 1), as which both forms were calibrated
 * @param share     of the first population, 0–1
 */
export function syntheticPopulation(link: ScaleLink, standard: Quadrature, share = 0.5): Quadrature {
  if (!(share >= 0 && share <= 1)) throw new RangeError('syntheticPopulation requires a share from 0 to 1')
  return {
    nodes: Float64Array.from(
      [...standard.nodes].map((node) => linkedAbility(link, node)).concat([...standard.nodes]),
    ),
    weights: Float64Array.from(
      [...standard.weights].map((w) => share * w).concat([...standard.weights].map((w) => (1 - share) * w)),
    ),
  }
}

function monotone(items: readonly KnownItem[]): ItemVector {
  if (items.length === 0 || !items.every(({ slope }) => slope > 0)) {
    throw new RangeError('equateTrueScores requires one or more items, all with slopes above 0')
  }
  return itemVector(items)
}

/** Lowest and highest sum of a form. */
function range({ curves }: ItemVector): [number, number] {
  return [sum(curves.map(({ scores }) => scores[0]!)), sum(curves.map(({ scores }) => scores.at(-1)!))]
}

/** Sum that persons of no ability at all expect: the lowest scores and what guessing gives. */
function lowestExpected(items: readonly KnownItem[]): number {
  return sum(items.map(({ scores, guessing }) => scores[0]! + guessing * (scores.at(-1)! - scores[0]!)))
}
