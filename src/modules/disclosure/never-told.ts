import type { Figure } from './figure.ts'
import { type PlaceTree, unitOf } from './linked.ts'

/**
 * Figures about the same people without those of single schools that nobody is ever told: where no indicator of theirs is public at
 * schools, a told municipality gives none of them away, because none beside it is told. They stay where the municipality has two
 * figures of one year, in the borders of its time and of today: their difference is that of a few schools. And they stay where the
 * rule minds that all are alike: a municipality may be one school.
 */
export function withoutNeverTold(
  figures: readonly Figure[],
  hierarchies: readonly PlaceTree[],
): readonly Figure[] {
  const matters = figures.some(
    ({ policy, indicator }) =>
      indicator.kind === 'count' || policy.rule.groupDisclosure || policy.publicLevels.has('school'),
  )
  if (matters) return figures
  const twofold = new Set(
    figures.flatMap(({ cell }) => (cell.borders === 'both' ? [] : [`${cell.level}:${cell.unitId}`])),
  )
  const liesInTwofold = (unit: string) =>
    hierarchies.some((tree) => twofold.has((tree.get(unit) ?? '').split(' ')[0]!))
  return figures.filter(({ cell }) => cell.level !== 'school' || liesInTwofold(unitOf(cell)))
}
