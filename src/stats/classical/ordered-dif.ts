import { chiSquareCumulative } from '../numeric/distributions.ts'
import { sum } from '../numeric/sum.ts'
import { checkDifData, type DifData, matchingScores } from './dif-tables.ts'
import { type Purified, purify } from './purification.ts'
import type { DifOptions } from './table-dif.ts'

/** An item with several points compared between groups. */
export interface OrderedDif {
  /** Mantel's test, 1 degree of freedom; null where no matching score has both groups and differing answers */
  readonly chiSquare: number | null
  readonly p: number | null
  /** points by which the focal group's mean is above (+) that of equals in the reference group; null without overlap */
  readonly meanDifference: number | null
  /** the same in standard deviations of the item over both groups; null where nobody differs */
  readonly effectSize: number | null
  /** if significant, by the size of the effect: A negligible, B above 0.17, C above 0.25 */
  readonly ets: 'A' | 'B' | 'C' | null
}

/**
 * Differential item functioning of items with several points: Mantel's test of mean scores at equal matching score, and
 * the standardised mean difference. For 0/1 items it is the Mantel–Haenszel test without correction of continuity.
 *
 * @throws RangeError if answers are not whole scores of 0 or more, a group is empty, sizes do not fit or the level is
 *         not 0–1
 * @see    Mantel (1963), https://doi.org/10.1080/01621459.1963.10500879; Zwick & Thayer (1996),
 *         https://doi.org/10.3102/10769986021003187
 */
export function orderedDif(
  data: DifData,
  { level = 0.05, rounds = 10 }: DifOptions = {},
): Purified<OrderedDif> {
  checkDifData(data, Number.MAX_SAFE_INTEGER)
  if (!(level > 0 && level < 1)) throw new RangeError('orderedDif requires a level between 0 and 1')
  const test = (anchors: readonly boolean[]) => anchors.map((_, item) => oneItem(data, item, anchors, level))
  const flagged = ({ p }: OrderedDif) => p !== null && p < level
  return purify(data.answers.items, test, flagged, data.matching ? 0 : rounds)
}

/** The persons of one matching score: how many, their points and squared points. */
interface Stratum {
  readonly n: [number, number]
  readonly points: [number, number]
  squares: number
}

function oneItem(data: DifData, item: number, anchors: readonly boolean[], level: number): OrderedDif {
  const strata = strataOf(data, item, anchors)
  const used = strata.filter(({ n }) => n[0] > 0 && n[1] > 0)
  const focal = sum(used.map(({ n }) => n[1]))
  const meanDifference =
    focal === 0 ? null : sum(used.map(({ n, points }) => points[1] - (n[1] * points[0]) / n[0])) / focal
  const excess = sum(
    used.map(({ n, points }) => points[1] - (n[1] * (points[0] + points[1])) / (n[0] + n[1])),
  )
  const variance = sum(
    used.map(({ n, points, squares }) => {
      const all = n[0] + n[1]
      return ((n[0] * n[1]) / (all * all * (all - 1))) * (all * squares - (points[0] + points[1]) ** 2)
    }),
  )
  const spread = standardDeviation(strata)
  const effectSize = meanDifference === null || spread === 0 ? null : meanDifference / spread
  if (!(variance > 0)) return { chiSquare: null, p: null, meanDifference, effectSize, ets: null }
  const chiSquare = (excess * excess) / variance
  const p = chiSquareCumulative(chiSquare, 1, 'upper')
  const size = Math.abs(effectSize ?? 0)
  const ets = p >= level || size <= 0.17 ? 'A' : size <= 0.25 ? 'B' : 'C'
  return { chiSquare, p, meanDifference, effectSize, ets }
}

function strataOf(data: DifData, item: number, anchors: readonly boolean[]): Stratum[] {
  const { persons, items, scores } = data.answers
  const matching = matchingScores(data, item, anchors)
  const strata = new Map<number, Stratum>()
  for (let person = 0; person < persons; person++) {
    const points = scores[person * items + item]!
    if (Number.isNaN(points)) continue
    let stratum = strata.get(matching[person]!)
    if (!stratum) {
      stratum = { n: [0, 0], points: [0, 0], squares: 0 }
      strata.set(matching[person]!, stratum)
    }
    const group = data.focal[person] === 1 ? 1 : 0
    stratum.n[group] += 1
    stratum.points[group] += points
    stratum.squares += points * points
  }
  return [...strata].sort(([a], [b]) => a - b).map(([, stratum]) => stratum)
}

function standardDeviation(strata: readonly Stratum[]): number {
  const n = sum(strata.map((s) => s.n[0] + s.n[1]))
  const points = sum(strata.map((s) => s.points[0] + s.points[1]))
  if (n < 2) return 0
  return Math.sqrt(Math.max(0, (sum(strata.map((s) => s.squares)) - (points * points) / n) / (n - 1)))
}
