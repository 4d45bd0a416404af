import { chiSquareCumulative } from '../numeric/distributions.ts'
import { normalGrid } from '../numeric/quadrature.ts'
import { type Cells, merged } from './cell-merging.ts'
import { hasUnitSlope, type KnownItem } from './item.ts'
import { checkResponses } from './known-items.ts'
import { summedScores } from './summed-scores.ts'
import { scoreProbabilities } from './test-information.ts'

export interface ScoreFitInput {
  /** persons × items; people without an answer to some item are left out */
  readonly responses: Int8Array
  readonly items: readonly KnownItem[]
  /** distribution of ability the items were calibrated with; default standard normal */
  readonly population?: { readonly mean: number; readonly variance: number }
  /** Parameters of the population that were estimated; default 1 if a slope is fixed (its variance), else 0. */
  readonly populationParameters?: number
}

/** How well answers to an item follow its model among people with the same sum of scores. */
export interface ScoreFit {
  /** S-X² */
  readonly statistic: number
  readonly df: number
  /** probability of as much or more if the model holds */
  readonly p: number
  /** root mean square error of approximation: misfit per degree of freedom, not growing with the number of people */
  readonly rmsea: number
}

/**
 * S-X² of every item: observed and expected answers are compared within groups of people with equal sums, after
 * sparse cells were merged as mirt does.
 *
 * @returns one per item; null where too few cells are left to say anything, or the item says nothing
 * @throws  RangeError for responses that are not persons × items, or items that are no items
 * @see     Orlando, Thissen (2000), Applied Psychological Measurement 24, 50–64; Kang, Chen (2008), Journal of
 *          Educational Measurement 45, 391–406
 */
export function scoreFit(input: ScoreFitInput): (ScoreFit | null)[] {
  const { responses, items, population = { mean: 0, variance: 1 } } = input
  const persons = checkResponses(responses, items, 'scoreFit')
  if (!Number.isFinite(population.mean) || !(population.variance > 0)) {
    throw new RangeError('scoreFit requires a finite mean and a positive variance of the population')
  }
  const unitSlope = items.some(({ model }) => hasUnitSlope(model))
  const spent = input.populationParameters ?? (unitSlope ? 1 : 0)
  const { nodes, weights } = populationNodes(population)
  const tables = items.map((item) => tableOf(item, nodes))
  const sums = bySum(responses, items, persons)
  const all = summedScores(tables, nodes.length)
  const chance = Array.from({ length: sums.most + 1 }, (_, s) => weighted(all, s * nodes.length, weights))
  return items.map((item, j) => {
    if (item.scores.length < 2) return null
    const expected = expectedCells(tables, j, weights, chance, sums)
    const cells = merged({ observed: sums.observed[j]!, expected })
    return fitOf(cells, parametersOf(item) + spent, sums.people)
  })
}

/** The same nodes as in calibration, with the weights of this population. */
function populationNodes({ mean, variance }: { mean: number; variance: number }) {
  const { nodes } = normalGrid(61, -6, 6)
  const density = nodes.map((x) => Math.exp((-0.5 * (x - mean) ** 2) / variance))
  const total = density.reduce((sum, w) => sum + w, 0)
  return { nodes, weights: density.map((w) => w / total) }
}

/** Probabilities of scores 0 … highest in use; scores that nobody gave have probability 0. */
function tableOf(item: KnownItem, nodes: Float64Array): Float64Array {
  const own = scoreProbabilities(item, nodes)
  const most = item.scores.at(-1) ?? 0
  const table = new Float64Array((most + 1) * nodes.length)
  item.scores.forEach((score, k) => {
    table.set(own.subarray(k * nodes.length, (k + 1) * nodes.length), score * nodes.length)
  })
  return table
}

interface Sums {
  readonly people: number
  /** largest possible sum */
  readonly most: number
  /** people with each sum */
  readonly count: Float64Array
  /** item → sum → score → people */
  readonly observed: number[][][]
}

function bySum(responses: Int8Array, items: readonly KnownItem[], persons: number): Sums {
  const tops = items.map(({ scores }) => scores.at(-1) ?? 0)
  const most = tops.reduce((sum, top) => sum + top, 0)
  const observed = tops.map((top) =>
    Array.from({ length: most + 1 }, () => new Array<number>(top + 1).fill(0)),
  )
  const count = new Float64Array(most + 1)
  let people = 0
  for (let i = 0; i < persons; i++) {
    const own = responses.subarray(i * items.length, (i + 1) * items.length)
    if (!own.every((x, j) => items[j]!.scores.includes(x))) continue
    const sum = own.reduce((total, x) => total + x, 0)
    people++
    count[sum]!++
    own.forEach((x, j) => {
      observed[j]![sum]![x]!++
    })
  }
  return { people, most, count, observed }
}

/** Sum → score → expected people; null where the score cannot be with the sum. The extreme sums are not looked at. */
function expectedCells(
  tables: readonly Float64Array[],
  j: number,
  weights: Float64Array,
  chance: readonly number[],
  { count, most }: Sums,
): (number | null)[][] {
  const points = weights.length
  const rest = summedScores(tables, points, j)
  const scores = tables[j]!.length / points
  return Array.from({ length: most + 1 }, (_, sum) =>
    Array.from({ length: scores }, (_, c) => {
      if (sum - c < 0 || sum - c >= rest.length / points) return null
      let joint = 0
      for (let q = 0; q < points; q++) {
        joint += weights[q]! * rest[(sum - c) * points + q]! * tables[j]![c * points + q]!
      }
      return chance[sum]! > 0 ? (count[sum]! * joint) / chance[sum]! : 0
    }),
  )
}

function weighted(table: Float64Array, at: number, weights: Float64Array): number {
  let total = 0
  for (let q = 0; q < weights.length; q++) total += weights[q]! * table[at + q]!
  return total
}

function parametersOf({ model, scores }: KnownItem): number {
  if (model === '3pl') return 3
  return scores.length - (hasUnitSlope(model) ? 1 : 0)
}

function fitOf({ observed, expected }: Cells, spent: number, people: number): ScoreFit | null {
  let statistic = 0
  let cells = 0
  expected.forEach((row, s) => {
    row.forEach((e, c) => {
      if (e === null || e === 0) return
      statistic += (observed[s]![c]! - e) ** 2 / e
      cells++
    })
  })
  const df = cells - expected.length - spent
  if (df <= 0) return null
  return {
    statistic,
    df,
    p: chiSquareCumulative(statistic, df, 'upper'),
    rmsea: Math.sqrt(Math.max(0, statistic / df - 1) / (people - 1)),
  }
}
