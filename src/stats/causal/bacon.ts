import { type CheckedPanel, checkedPanel, type Panel } from './panel.ts'

/** One comparison of two groups inside the two-way fixed effects estimate. */
export interface BaconPart {
  /** first period of the group whose change is measured */
  readonly treated: number
  /** first period of the group it is compared with; Infinity = never treated */
  readonly control: number
  /** 'already treated' comparisons are the bad ones: they take the effect on others for a trend */
  readonly kind: 'never treated' | 'not yet treated' | 'already treated'
  readonly estimate: number
  /** share in the two-way fixed effects estimate, 0–1; all sum to 1 */
  readonly weight: number
}

/**
 * What a two-way fixed effects estimate is made of: all two-group comparisons with their weights
 * (Goodman-Bacon). Σ weight × estimate is the estimate of `twoWayFixedEffects` on the treatment dummy.
 * Covariates and weights of the panel are not used.
 *
 * @throws  RangeError if the panel is malformed or has one group without others to compare with
 * @see     Goodman-Bacon (2021), Journal of Econometrics 225, 254–277, https://doi.org/10.1016/j.jeconom.2021.03.014
 */
export function baconWeights(input: Panel): BaconPart[] {
  const panel = checkedPanel(input)
  const groups = [...panel.groups, ...(panel.firstTreated.includes(Infinity) ? [Infinity] : [])]
  const parts: BaconPart[] = []
  const means = new Map(groups.map((group) => [group, groupMeans(panel, group)]))
  for (const [at, early] of groups.entries()) {
    for (const late of groups.slice(at + 1)) {
      const a = means.get(early)!
      const b = means.get(late)!
      const both = (a.share + b.share) ** 2
      const split = (a.share * b.share) / both
      const treatedA = treatedShare(panel, early)
      const treatedB = treatedShare(panel, late)
      const before = (t: number) => t < early
      const between = (t: number) => t >= early && t < late
      const after = (t: number) => t >= late
      const change = (own: Float64Array, to: (t: number) => boolean, from: (t: number) => boolean) =>
        meanWhere(panel, own, to) - meanWhere(panel, own, from)
      parts.push({
        treated: early,
        control: late,
        kind: late === Infinity ? 'never treated' : 'not yet treated',
        estimate: change(a.byPeriod, between, before) - change(b.byPeriod, between, before),
        weight: both * split * (treatedA - treatedB) * (1 - treatedA),
      })
      if (late === Infinity) continue
      parts.push({
        treated: late,
        control: early,
        kind: 'already treated',
        estimate: change(b.byPeriod, after, between) - change(a.byPeriod, after, between),
        weight: both * split * treatedB * (treatedA - treatedB),
      })
    }
  }
  const total = parts.reduce((sum, part) => sum + part.weight, 0)
  if (!(total > 0)) throw new RangeError('baconWeights requires two or more groups to compare')
  return parts.map((part) => ({ ...part, weight: part.weight / total }))
}

/** Share of the periods in which the group is treated. */
function treatedShare({ periods }: CheckedPanel, group: number): number {
  return periods.filter((t) => t >= group).length / periods.length
}

function groupMeans({ n, periods, outcome, firstTreated }: CheckedPanel, group: number) {
  const T = periods.length
  const byPeriod = new Float64Array(T)
  let size = 0
  for (let i = 0; i < n; i++) {
    if (firstTreated[i] !== group) continue
    size++
    for (let t = 0; t < T; t++) byPeriod[t]! += outcome[i * T + t]!
  }
  return { share: size / n, byPeriod: byPeriod.map((sum) => sum / size) }
}

function meanWhere(
  { periods }: CheckedPanel,
  byPeriod: Float64Array,
  counts: (t: number) => boolean,
): number {
  const kept = byPeriod.filter((_, at) => counts(periods[at]!))
  return kept.reduce((sum, x) => sum + x, 0) / kept.length
}
