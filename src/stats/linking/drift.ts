import type { KnownItem } from '../irt/item.ts'
import { quantile } from '../numeric/quantile.ts'
import { mean, sum } from '../numeric/sum.ts'
import { commonItems } from './anchors.ts'
import { itemVector, locations } from './item-vector.ts'

/** How one anchor has moved against the others; z beyond ±`limit` is drift. */
export interface AnchorDrift {
  readonly id: string
  /** of ln(slope from / slope to); null where slopes are equal by definition or all move alike to the last digit */
  readonly slopeZ: number | null
  /** of the shift of the mean location; null where all other anchors move alike to the last digit */
  readonly locationZ: number | null
  /** mean location on the new scale less what the stable anchors say it should be, logits of the new scale */
  readonly shift: number
  readonly stable: boolean
}

export interface DriftReport {
  readonly anchors: readonly AnchorDrift[]
  readonly stable: readonly string[]
  /** share of the anchors that are stable, 0–1 */
  readonly kept: number
  /** of the locations of stable anchors before and after; null with fewer than two, or locations all alike */
  readonly correlation: number | null
  /** standard deviation of their locations after over before (on the new scale); null as above */
  readonly spreadRatio: number | null
  /** what speaks against linking by these anchors */
  readonly warnings: readonly (
    | 'fewer than half stable'
    | 'correlation below 0.95'
    | 'spread outside 0.9 to 1.1'
  )[]
}

/**
 * Drift of anchors by robust z: an anchor whose change lies far from the median change, in units of the spread of the
 * middle half, does not measure the same any more. First slopes, then locations with the stretch that the stable
 * slopes give. Robust, so that drifting anchors do not hide each other; with few anchors (below about ten) it has
 * little power.
 *
 * @param from, to  items on the old and on the new scale
 * @param limit     of |z|; default 1.96
 * @param anchors   ids; default all common items
 * @throws          RangeError if there are fewer than three anchors, they do not fit, or the limit is not above 0 or so
 *                  narrow that no anchor is stable
 * @see             Huynh & Meyer (2010), Practical Assessment, Research & Evaluation 15(2), https://doi.org/10.7275/ycx6-e864
 */
export function anchorDrift(
  from: readonly KnownItem[],
  to: readonly KnownItem[],
  options: { limit?: number; anchors?: readonly string[] } = {},
): DriftReport {
  const { limit = 1.96 } = options
  if (!(limit > 0)) throw new RangeError('anchorDrift requires a limit above 0')
  const anchors = commonItems(from, to, options.anchors)
  if (anchors.length < 3) throw new RangeError('anchorDrift requires three or more anchors')
  const [one, other] = [itemVector(from), itemVector(to)]
  const ratios = anchors.map(({ from: i, to: j }) => Math.log(from[i]!.slope / to[j]!.slope))
  const slopesFree = ratios.some((ratio) => ratio !== ratios[0])
  const slopes = slopesFree ? robustZ(ratios) : ratios.map(() => 0)
  const steady = ratios.filter((_, i) => within(slopes[i]!, limit))
  if (steady.length === 0) throw new RangeError('anchorDrift requires a limit that leaves some anchor stable')
  const stretch = Math.exp(mean(steady))

  const before = anchors.map((anchor) => stretch * mean(locations(one, one.values, anchor.from)))
  const after = anchors.map((anchor) => mean(locations(other, other.values, anchor.to)))
  const shifts = after.map((x, i) => x - before[i]!)
  const moves = robustZ(shifts)
  const stable = anchors.map((_, i) => within(slopes[i]!, limit) && within(moves[i]!, limit))
  if (!stable.includes(true))
    throw new RangeError('anchorDrift requires a limit that leaves some anchor stable')
  const centre = mean(shifts.filter((_, i) => stable[i]))
  const kept = stable.filter(Boolean).length / anchors.length
  const { correlation, spreadRatio } = alike(
    before.filter((_, i) => stable[i]),
    after.filter((_, i) => stable[i]),
  )
  const warnings: DriftReport['warnings'][number][] = []
  if (kept < 0.5) warnings.push('fewer than half stable')
  if (correlation !== null && correlation < 0.95) warnings.push('correlation below 0.95')
  if (spreadRatio !== null && (spreadRatio < 0.9 || spreadRatio > 1.1))
    warnings.push('spread outside 0.9 to 1.1')
  return {
    anchors: anchors.map(({ id }, i) => ({
      id,
      slopeZ: slopesFree ? finiteOrNull(slopes[i]!) : null,
      locationZ: finiteOrNull(moves[i]!),
      shift: shifts[i]! - centre,
      stable: stable[i]!,
    })),
    stable: anchors.filter((_, i) => stable[i]).map(({ id }) => id),
    kept,
    correlation,
    spreadRatio,
    warnings,
  }
}

/** (x − median) / (0.74 · interquartile range); infinite for what leaves a middle half without any spread. */
function robustZ(xs: readonly number[]): number[] {
  const sorted = xs.toSorted((a, b) => a - b)
  const median = quantile(sorted, 0.5)
  const spread = 0.74 * (quantile(sorted, 0.75) - quantile(sorted, 0.25))
  const rounding = 1e-12 * Math.max(...xs.map(Math.abs), 1)
  return xs.map((x) => {
    if (spread > rounding) return (x - median) / spread
    return Math.abs(x - median) <= rounding ? 0 : Math.sign(x - median) * Number.POSITIVE_INFINITY
  })
}

function within(z: number, limit: number): boolean {
  return Math.abs(z) <= limit
}

function finiteOrNull(z: number): number | null {
  return Number.isFinite(z) ? z : null
}

function alike(before: readonly number[], after: readonly number[]) {
  const n = before.length
  if (n < 2) return { correlation: null, spreadRatio: null }
  const [m, k] = [mean(before), mean(after)]
  const b = sum(before.map((x) => (x - m) ** 2))
  const a = sum(after.map((x) => (x - k) ** 2))
  if (!(b > 0 && a > 0)) return { correlation: null, spreadRatio: null }
  const both = sum(before.map((x, i) => (x - m) * (after[i]! - k)))
  return { correlation: both / Math.sqrt(a * b), spreadRatio: Math.sqrt(a / b) }
}
