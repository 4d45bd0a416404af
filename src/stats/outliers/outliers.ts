import type { History } from './jumps.ts'
import { robustScore, robustSpread } from './robust-spread.ts'

export interface Outlier<Unit> {
  unit: Unit
  group: string
  year: number
  value: number
  /** median of like units in the same year */
  likeValue: number
  like: number
  /** distance from like units, in robust standard deviations */
  fromLike: number
  /** how many years before it, one after another, were as far out on the same side */
  yearsBefore: number
}

/**
 * Figures far from those of like units in the same year, on the scale of logarithms. A year only; whether it has always been
 * so is said beside it.
 *
 * @param options  `score`: robust standard deviations from which a figure is far out; `least`: smallest distance from the median that is
 *                 told, as a share of it; `offset` and `fewest` as for jumps
 * @throws         RangeError where a figure with the offset is not above zero
 */
export function findOutliers<Unit>(
  histories: readonly History<Unit>[],
  { score, least, offset, fewest }: { score: number; least: number; offset: number; fewest: number },
): Outlier<Unit>[] {
  const groups = new Map<string, number[]>()
  const logged = histories.map(({ points }) =>
    points.map(({ year, value }) => {
      if (!(value + offset > 0))
        throw new RangeError('findOutliers requires figures above zero, with the offset')
      return { year, value, log: Math.log(value + offset) }
    }),
  )
  for (const [at, { group }] of histories.entries()) {
    for (const { year, log } of logged[at]!) {
      const key = `${group} ${year}`
      groups.set(key, [...(groups.get(key) ?? []), log])
    }
  }
  const spreads = new Map(
    [...groups]
      .filter(([, values]) => values.length >= Math.max(3, fewest))
      .map(([key, values]) => [key, robustSpread(values)]),
  )
  const believed = Math.log1p(least) / score
  return histories.flatMap(({ unit, group }, at) => {
    let run = { sign: 0, years: 0, last: Number.NaN }
    return logged[at]!.flatMap(({ year, value, log }) => {
      const like = spreads.get(`${group} ${year}`)
      const fromLike = like ? robustScore(log, like, believed) : 0
      if (!like || Math.abs(fromLike) < score) {
        run = { sign: 0, years: 0, last: year }
        return []
      }
      const sign = Math.sign(fromLike)
      const yearsBefore = run.sign === sign && run.last === year - 1 ? run.years : 0
      run = { sign, years: yearsBefore + 1, last: year }
      return [
        {
          unit,
          group,
          year,
          value,
          likeValue: Math.exp(like.middle) - offset,
          like: like.n,
          fromLike,
          yearsBefore,
        },
      ]
    })
  })
}
