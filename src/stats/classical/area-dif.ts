import type { KnownItem } from '../irt/index.ts'
import { type ItemVector, itemVector, locations } from '../linking/item-vector.ts'
import { type CalibratedForm, type LinkMethod, linkScales } from '../linking/link-scales.ts'
import { linkedItem, type ScaleLink } from '../linking/scale-link.ts'
import { chiSquareCumulative, normalCumulative } from '../numeric/distributions.ts'
import { cholesky, choleskySolve } from '../numeric/matrix.ts'
import { areaBetweenCurves } from './area-between-curves.ts'
import { type Purified, purify } from './purification.ts'
import type { DifOptions } from './table-dif.ts'

/** One item calibrated apart in two groups. */
export interface AreaDif {
  readonly id: string
  /** Lord's test that slope and locations are equal (locations alone where the model gives the slope) */
  readonly chiSquare: number
  readonly df: number
  readonly p: number
  /** Raju's areas between the curves, for items without guessing and with two scores; null for others */
  readonly signed: Area | null
  readonly unsigned: Area | null
}

/** In logits of the reference scale: signed above 0 when the item is harder for the focal group. */
export interface Area {
  readonly area: number
  readonly z: number
  readonly p: number
}

/**
 * Differential item functioning from calibrations of the two groups apart: Lord's chi-square and Raju's areas, after
 * the focal calibration is linked to the reference one through the items not flagged. The link is taken as known, so the
 * tests are somewhat too sharp in small groups; `likelihoodRatioDif` has no such step.
 *
 * @param reference, focal  the same items, each group on its own scale, with covariance
 * @param method            of the link; default mean-sigma (only a shift for Rasch items)
 * @throws                  RangeError if the items differ, a covariance is missing or singular, or the forms cannot be
 *                          linked
 * @see                     Lord (1980), Applications of item response theory, ch. 14; Raju (1988, 1990),
 *                          https://doi.org/10.1007/BF02294403, https://doi.org/10.1177/014662169001400208
 */
export function areaDif(
  reference: CalibratedForm,
  focal: CalibratedForm,
  { level = 0.05, rounds = 10, method = 'mean-sigma' }: DifOptions & { method?: LinkMethod } = {},
): Purified<AreaDif> {
  const same =
    reference.items.length === focal.items.length &&
    reference.items.every(({ id }, i) => id === focal.items[i]!.id)
  if (!same || !reference.covariance || !focal.covariance) {
    throw new RangeError(
      'areaDif requires the same items in the same order, with covariances, in both groups',
    )
  }
  if (!(level > 0 && level < 1)) throw new RangeError('areaDif requires a level between 0 and 1')
  const test = (anchors: readonly boolean[]) => {
    const ids = reference.items.filter((_, i) => anchors[i]).map(({ id }) => id)
    // Without their covariances: the link alone is wanted.
    const link = linkScales({ items: focal.items }, { items: reference.items }, { method, anchors: ids })
    return compareItems(reference, focal, link)
  }
  return purify(reference.items.length, test, ({ p }) => p < level, rounds)
}

function compareItems(reference: CalibratedForm, focal: CalibratedForm, link: ScaleLink): AreaDif[] {
  const linked = focal.items.map((item) => linkedItem(link, item))
  const [one, two, linkedVector] = [itemVector(reference.items), itemVector(focal.items), itemVector(linked)]
  return reference.items.map((item, i) => {
    const fixedSlope = item.model === 'rasch' || item.model === 'pcm'
    const a = curveNumbers(one, i, reference.covariance!, { stretch: 1, shift: 0 }, fixedSlope)
    const b = curveNumbers(two, i, focal.covariance!, link, fixedSlope)
    const difference = b.values.map((value, k) => value - a.values[k]!)
    const covariance = a.covariance.map((value, k) => value + b.covariance[k]!)
    const df = difference.length
    const solved = choleskySolve(cholesky(covariance, df), df, difference)
    const chiSquare = difference.reduce((total, d, k) => total + d * solved[k]!, 0)
    const p = chiSquareCumulative(chiSquare, df, 'upper')
    const areas = areasOf(item, linkedVector, i, a, b, fixedSlope)
    return { id: item.id, chiSquare, df, p, ...areas }
  })
}

/** Slope (unless given by the model) and locations of an item on the reference scale, with their covariance. */
interface CurveNumbers {
  readonly values: Float64Array
  readonly covariance: Float64Array
}

function curveNumbers(
  vector: ItemVector,
  item: number,
  covariance: Float64Array,
  { stretch, shift }: ScaleLink,
  fixedSlope: boolean,
): CurveNumbers {
  const from = vector.at[item]!
  const own = vector.curves[item]!.scores.length // slope and intercepts; guessing is left aside
  const numbers = (values: Float64Array) => {
    const all = locations(vector, values, item).map((b) => stretch * b + shift)
    return Float64Array.from(fixedSlope ? all : [values[from]! / stretch, ...all])
  }
  const values = numbers(vector.values)
  const changes = Array.from({ length: own }, (_, k) => {
    const step = 1e-6 * Math.max(1, Math.abs(vector.values[from + k]!))
    const [up, down] = [vector.values.slice(), vector.values.slice()]
    up[from + k]! += step
    down[from + k]! -= step
    const [above, below] = [numbers(up), numbers(down)]
    return above.map((x, i) => (x - below[i]!) / (2 * step))
  })
  const size = vector.values.length
  const n = values.length
  const result = new Float64Array(n * n)
  for (let k = 0; k < own; k++) {
    for (let l = 0; l < own; l++) {
      const v = covariance[(from + k) * size + from + l]!
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) result[i * n + j]! += changes[k]![i]! * v * changes[l]![j]!
      }
    }
  }
  return { values, covariance: result }
}

function areasOf(
  item: KnownItem,
  linked: ItemVector,
  place: number,
  reference: CurveNumbers,
  focal: CurveNumbers,
  fixedSlope: boolean,
): Pick<AreaDif, 'signed' | 'unsigned'> {
  if (item.scores.length !== 2 || item.model === '3pl') return { signed: null, unsigned: null }
  const n = fixedSlope ? 1 : 2
  const gap = focal.values[n - 1]! - reference.values[n - 1]!
  const variance = reference.covariance[n * n - 1]! + focal.covariance[n * n - 1]!
  const signed = area(gap, variance)
  if (fixedSlope) return { signed, unsigned: { ...signed, area: Math.abs(gap) } }
  const slopes = [reference.values[0]!, linked.values[linked.at[place]!]!] as const
  const { value, bySlopes, byGap } = areaBetweenCurves(slopes, gap)
  const spread = [reference, focal].map(({ covariance }, group) => {
    // The gap rises with the focal location and falls with the reference one.
    const by = [bySlopes[group]!, group === 1 ? byGap : -byGap] as const
    return by[0] ** 2 * covariance[0]! + 2 * by[0] * by[1] * covariance[1]! + by[1] ** 2 * covariance[3]!
  })
  const unsigned = area(value, spread[0]! + spread[1]!)
  return { signed, unsigned: { ...unsigned, area: Math.abs(value) } }
}

function area(value: number, variance: number): Area {
  const z = value / Math.sqrt(variance)
  return { area: value, z, p: 2 * normalCumulative(-Math.abs(z)) }
}
