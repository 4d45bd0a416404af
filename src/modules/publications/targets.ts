import type { TargetRow } from '#modules/indicators/index.ts'
import type { UnitRow } from '#modules/registry/index.ts'
import type { SeriesTarget } from './model.ts'

/** The dated lines that concern a unit: its own, and those of the units it lies in. */
export function targetsOf(
  targets: readonly TargetRow[],
  indicator: string,
  subject: string,
  [unit, ...around]: readonly UnitRow[],
): SeriesTarget[] {
  const concerns = (of: UnitRow | undefined) => (target: TargetRow) =>
    of !== undefined && target.level === of.level && (target.unitId === null || target.unitId === of.id)
  return targets
    .filter((target) => target.indicator === indicator && target.subject === subject)
    .flatMap((target): SeriesTarget[] => {
      const isOwn = concerns(unit)(target)
      if (!isOwn && !around.some((of) => concerns(of)(target))) return []
      const { level, value, from, until, source } = target
      return [{ level, value, from, until, source, isOwn }]
    })
}
