import { type RobustSpread, robustScore, robustSpread } from './robust-spread.ts'

/** One figure of one unit over the years. */
export interface History<Unit> {
  unit: Unit
  /** units of one group are alike: what happens to all of them is no surprise */
  group: string
  /** ascending, none twice; a year without a figure is left out */
  points: readonly { year: number; value: number }[]
}

export interface Jump<Unit> {
  unit: Unit
  group: string
  year: number
  /** the figure of the year before, and of the year */
  before: number
  value: number
  /** median of the natural logarithms of the changes of like units in the same year */
  likeChange: number
  /** how many like units there are, the unit among them */
  like: number
  /** distance from like units, in robust standard deviations */
  fromLike: number
  /** distance from the unit's own earlier changes; null: it has too short a history */
  fromOwn: number | null
}

export interface JumpOptions {
  /** robust standard deviations from which a change is a surprise, from like units and from the own history; above 0 */
  score: number
  /** smallest change that is told, as a share of the figure before; above 0 */
  least: number
  /** added to both figures before the logarithm: counts may be zero; at least 0, unit of the figure */
  offset: number
  /** fewest like units with a change in the year; fewer and nothing is said of that year, at least 3 */
  fewest: number
}

/** Own changes before the one looked at, from which on the own history has a say. */
const OWN = 2
/** The spread of like units counts as much as this many changes of one's own. */
const PRIOR = 3

/**
 * Sudden changes from one year to the next: far from what like units did in the same year, and far from what the unit itself did in
 * the years before. Changes are looked at as logarithms: half is as far as double, and large and small units can be laid side
 * by side. Only changes between neighbouring years are looked at.
 *
 * @returns  in the order of the histories, years ascending
 * @throws   RangeError where a figure with the offset is not above zero
 */
export function findJumps<Unit>(
  histories: readonly History<Unit>[],
  { score, least, offset, fewest }: JumpOptions,
): Jump<Unit>[] {
  const changes = histories.map(({ points }) => changesOf(points, offset))
  const groups = new Map<string, number[]>()
  for (const [at, { group }] of histories.entries()) {
    for (const { year, change } of changes[at]!) {
      const key = `${group} ${year}`
      const known = groups.get(key)
      if (known) known.push(change)
      else groups.set(key, [change])
    }
  }
  const spreads = new Map<string, RobustSpread>()
  for (const [key, values] of groups) {
    if (values.length >= Math.max(3, fewest)) spreads.set(key, robustSpread(values))
  }
  // A spread smaller than the least change over the score could make a change that is too small to be told a surprise.
  const believed = Math.log1p(least) / score
  return histories.flatMap(({ unit, group }, at) =>
    changes[at]!.flatMap(({ year, before, value, change }, nth) => {
      const like = spreads.get(`${group} ${year}`)
      if (!like || Math.abs(change) < Math.log1p(least)) return []
      const fromLike = robustScore(change, like, believed)
      const fromOwn = ownScore(
        changes[at]!.slice(0, nth).map((each) => each.change),
        change,
        like,
        believed,
      )
      const isJump = Math.abs(fromLike) >= score && (fromOwn === null || Math.abs(fromOwn) >= score)
      return isJump
        ? [{ unit, group, year, before, value, likeChange: like.middle, like: like.n, fromLike, fromOwn }]
        : []
    }),
  )
}

/** Two or three changes say little of a spread: it is drawn towards that of like units. */
function ownScore(earlier: readonly number[], change: number, like: RobustSpread, believed: number) {
  if (earlier.length < OWN) return null
  const own = robustSpread(earlier)
  const n = earlier.length
  const spread = Math.sqrt((n * own.spread ** 2 + PRIOR * like.spread ** 2) / (n + PRIOR))
  return robustScore(change, { middle: own.middle, spread, n }, believed)
}

function changesOf(points: History<unknown>['points'], offset: number) {
  for (const { value } of points) {
    if (!(value + offset > 0) || !Number.isFinite(value)) {
      throw new RangeError('findJumps requires figures above zero, with the offset')
    }
  }
  return points.slice(1).flatMap(({ year, value }, at) => {
    const before = points[at]!
    return before.year === year - 1
      ? [{ year, before: before.value, value, change: Math.log((value + offset) / (before.value + offset)) }]
      : []
  })
}
