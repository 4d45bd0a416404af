import type { Tx } from '#db/actor.ts'
import { findJumps, findOutliers, type History } from '#stats/outliers/index.ts'
import type { WatchedFigure } from './define.ts'
import { likeGroups, REST } from './like.ts'
import { figuresOf, type JumpRow, keepJumps, natures, rebuilt } from './run-store.ts'

/**
 * Looks for sudden changes and far-out figures of institutions and keeps them.
 *
 * @param threshold  `jump score`, `outlier least`, … as they are on the day
 * @returns          how many were found
 */
export async function findSurprises(
  tx: Tx,
  {
    runId,
    figures,
    schoolYear,
    threshold,
  }: {
    runId: number
    figures: readonly WatchedFigure[]
    schoolYear: number
    threshold: (name: string) => number
  },
): Promise<number> {
  const groups = likeGroups(await natures(tx, schoolYear))
  const others = await rebuilt(tx)
  const fewest = threshold('jump fewest')
  const rows: JumpRow[] = []
  for (const figure of figures) {
    const { code, offset } = figure
    const known = await figuresOf(tx, figure, schoolYear)
    const histories = [...Map.groupBy(known, ({ institutionId }) => institutionId)].map(
      ([unit, points]): History<number> => ({ unit, group: groups.get(unit) ?? REST, points }),
    )
    const history = new Map(histories.map(({ unit, points }) => [unit, points]))
    const told = (unit: number) => ({
      years: history.get(unit)!.map(({ year }) => year),
      figures: history.get(unit)!.map(({ value }) => value),
    })
    const limits = (kind: 'jump' | 'outlier') => ({
      score: threshold(`${kind} score`),
      least: threshold(`${kind} least`),
      offset,
      fewest,
    })
    for (const jump of findJumps(histories, limits('jump'))) {
      if (others.has(`${jump.unit} ${jump.year}`)) continue
      rows.push({
        figure: code,
        kind: 'jump',
        institution_id: jump.unit,
        school_year: jump.year,
        value: jump.value,
        like_value: (jump.before + offset) * Math.exp(jump.likeChange) - offset,
        from_like: jump.fromLike,
        from_own: jump.fromOwn,
        like_group: jump.group,
        like_count: jump.like,
        years_before: 0,
        ...told(jump.unit),
      })
    }
    if (!figure.isComparable) continue
    const alike = histories.filter(({ group }) => group !== REST)
    // What was far out years ago is history; what is so now can be corrected.
    for (const outlier of findOutliers(alike, limits('outlier'))) {
      const latest = history.get(outlier.unit)!.at(-1)!.year
      if (outlier.year !== latest || latest < schoolYear - 1) continue
      rows.push({
        figure: code,
        kind: 'outlier',
        institution_id: outlier.unit,
        school_year: outlier.year,
        value: outlier.value,
        like_value: outlier.likeValue,
        from_like: outlier.fromLike,
        from_own: null,
        like_group: outlier.group,
        like_count: outlier.like,
        years_before: outlier.yearsBefore,
        ...told(outlier.unit),
      })
    }
  }
  await keepJumps(tx, runId, rows)
  return rows.length
}
