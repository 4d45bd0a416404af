import { type KnownItem, scoreProbabilities } from '#stats/irt/index.ts'
import type { BookletPlace } from './model.ts'
import { rounded } from './or-null.ts'
import type { RoundItem } from './round-data.ts'

/** Abilities among which a place is looked for, logits. */
const FARTHEST = 12

/**
 * The ordered item booklet: every item, and every number of points of it, where it is mastered: the ability at which the
 * chance of so many points or more is `mastery`. Easiest first.
 *
 * @param toPoints  from logits of the items to points of the scale
 */
export function bookletOf(
  items: readonly RoundItem[],
  known: readonly KnownItem[],
  mastery: number,
  toPoints: (ability: number) => number,
): BookletPlace[] {
  return items
    .flatMap(({ versionId, code }, at) =>
      known[at]!.scores.slice(1).flatMap((points) => {
        const ability = masteredAt(known[at]!, points, mastery)
        return ability === null ? [] : [{ versionId, code, points, location: rounded(toPoints(ability)) }]
      }),
    )
    .sort((a, b) => a.location - b.location || (a.code < b.code ? -1 : 1) || a.points - b.points)
}

/** Ability from which on so many points, or more, come with this chance; null where there is none. */
export function masteredAt(item: KnownItem, points: number, chance: number): number | null {
  if (!(item.slope > 0)) return null
  const at = (ability: number) => {
    const p = scoreProbabilities(item, [ability])
    return item.scores.reduce((sum, score, k) => (score >= points ? sum + p[k]! : sum), 0)
  }
  let low = -FARTHEST
  let high = FARTHEST
  if (at(low) > chance || at(high) < chance) return null
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (at(middle) < chance) low = middle
    else high = middle
  }
  return (low + high) / 2
}
