import { sum } from '../numeric/sum.ts'
import { squaredMultipleCorrelations } from './alpha.ts'
import { checkMatrix, correlationOf, itemCovariance, type ScoreMatrix } from './score-matrix.ts'

/** One item of a test as classical test theory sees it. */
export interface ItemStatistics {
  /** persons with a score on the item */
  readonly persons: number
  /** mean score, in points */
  readonly mean: number
  /** standard deviation (divisor n − 1), in points; null with one person */
  readonly standardDeviation: number | null
  /** share of the attainable points that was reached, 0–1: the higher, the easier */
  readonly difficulty: number
  /** correlation with the total, the item included; null where either does not differ between persons */
  readonly itemTotal: number | null
  /** correlation with the rest of the test (discrimination); null as above */
  readonly itemRest: number | null
  /** persons at each score 0, 1, …, maximum */
  readonly counts: readonly number[]
  /** what keeps the item from being judged: nobody solved it, everybody did, or a score was never given */
  readonly warning: 'nobody scored' | 'everybody at the maximum' | 'no variation' | 'unused score' | null
}

/**
 * Difficulty and discrimination of every item. Totals and rests are shares of the points a person could reach on
 * the items presented to him, so booklets with different items may be mixed; with a full matrix this gives the
 * correlations with the sums.
 *
 * @param maxima  attainable points of each item, whole numbers ≥ 1
 * @throws        RangeError if a score is not a whole number from 0 to the item's maximum, or nobody answered an item
 */
export function itemStatistics(matrix: ScoreMatrix, maxima: ArrayLike<number>): ItemStatistics[] {
  checkMatrix(matrix, 'itemStatistics')
  const { persons, items, scores } = matrix
  if (maxima.length !== items) throw new RangeError('itemStatistics requires the maximum of each item')
  const points = new Float64Array(persons)
  const attainable = new Float64Array(persons)
  for (let item = 0; item < items; item++) {
    const maximum = maxima[item]!
    if (!(Number.isInteger(maximum) && maximum >= 1)) {
      throw new RangeError('itemStatistics requires maxima that are whole numbers of at least 1')
    }
    for (let person = 0; person < persons; person++) {
      const score = scores[person * items + item]!
      if (Number.isNaN(score)) continue
      if (!(Number.isInteger(score) && score >= 0 && score <= maximum)) {
        throw new RangeError(`itemStatistics requires whole scores from 0 to ${maximum} on item ${item + 1}`)
      }
      points[person]! += score
      attainable[person]! += maximum
    }
  }
  return Array.from({ length: items }, (_, item) => oneItem(matrix, item, maxima[item]!, points, attainable))
}

function oneItem(
  { persons, items, scores }: ScoreMatrix,
  item: number,
  maximum: number,
  points: Float64Array,
  attainable: Float64Array,
): ItemStatistics {
  const own: number[] = []
  const total: number[] = []
  const withRest: number[] = []
  const rest: number[] = []
  const counts = new Array<number>(maximum + 1).fill(0)
  for (let person = 0; person < persons; person++) {
    const score = scores[person * items + item]!
    if (Number.isNaN(score)) continue
    own.push(score)
    total.push(points[person]! / attainable[person]!)
    counts[score]! += 1
    if (attainable[person]! > maximum) {
      withRest.push(score)
      rest.push((points[person]! - score) / (attainable[person]! - maximum))
    }
  }
  if (own.length === 0) throw new RangeError(`itemStatistics requires an answer to item ${item + 1}`)
  const mean = sum(own) / own.length
  const squares = sum(own.map((x) => (x - mean) ** 2))
  return {
    persons: own.length,
    mean,
    standardDeviation: own.length < 2 ? null : Math.sqrt(squares / (own.length - 1)),
    difficulty: mean / maximum,
    itemTotal: correlation(own, total),
    itemRest: correlation(withRest, rest),
    counts,
    warning: warningFor(counts, own.length),
  }
}

function warningFor(counts: readonly number[], persons: number): ItemStatistics['warning'] {
  if (counts[0] === persons) return 'nobody scored'
  if (counts.at(-1) === persons) return 'everybody at the maximum'
  if (counts.includes(persons)) return 'no variation'
  return counts.includes(0) ? 'unused score' : null
}

/** Pearson correlation; null where one side does not vary or there are fewer than two pairs. */
export function correlation(xs: ArrayLike<number>, ys: ArrayLike<number>): number | null {
  const n = xs.length
  if (n < 2) return null
  const meanX = sum(xs) / n
  const meanY = sum(ys) / n
  const products = new Float64Array(n)
  const squaresX = new Float64Array(n)
  const squaresY = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const x = xs[i]! - meanX
    const y = ys[i]! - meanY
    products[i] = x * y
    squaresX[i] = x * x
    squaresY[i] = y * y
  }
  const [sx, sy] = [sum(squaresX), sum(squaresY)]
  const noise = n * Number.EPSILON ** 2
  if (sx <= noise * meanX * meanX || sy <= noise * meanY * meanY) return null
  return Math.max(-1, Math.min(1, sum(products) / Math.sqrt(sx * sy)))
}

/**
 * Correlation of each item with the standardised test of which it is a part: once as it is, once with the item's
 * own unique variance taken out (its squared multiple correlation stands for it). For persons who answered
 * everything.
 *
 * @returns  `corrected` is null where the correlation matrix is singular
 * @throws   RangeError if an item is the same for everyone, fewer than two persons answered everything, or the
 *           items contradict each other so far that their standardised sum has no variance
 */
export function standardisedItemTotals(matrix: ScoreMatrix): {
  asIs: Float64Array
  corrected: Float64Array | null
} {
  const k = matrix.items
  const correlations = correlationOf(itemCovariance(matrix).covariance, k)
  const smc = squaredMultipleCorrelations(correlations, k)
  const columns = (diagonal: (item: number) => number) => {
    const own = correlations.slice()
    for (let i = 0; i < k; i++) own[i * k + i] = diagonal(i)
    const sums = Float64Array.from({ length: k }, (_, i) => sum(own.subarray(i * k, (i + 1) * k)))
    const total = sum(sums)
    if (!(total > 0)) throw new RangeError('standardisedItemTotals requires items that do not cancel out')
    return sums.map((x) => x / Math.sqrt(total))
  }
  return { asIs: columns(() => 1), corrected: smc === null ? null : columns((i) => smc[i]!) }
}
