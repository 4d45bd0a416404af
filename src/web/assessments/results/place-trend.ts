import type { ToldRound } from '#modules/assessments/model.ts'
import type { Cell } from '#terms/cell.ts'
import { linkErrorBetween } from '#terms/link-error.ts'

/** What can be said of a round against the one before: nothing yet, nothing at all, or by how much it changed. */
export type RoundTrend =
  | { is: 'first' }
  | { is: 'apart'; before: number }
  | {
      is: 'change'
      before: number
      difference: number
      low: number
      high: number
      /** points; 0: the scale is the same one */
      linkError: number
      verdict: 'higher' | 'lower' | 'no_clear_difference'
    }

const Z = 1.96 // of a 95 % interval
type Mean = Pick<Cell, 'value' | 'se'>

/** The round of the same test told of the latest school year before. */
export function roundBefore(round: ToldRound, told: readonly ToldRound[]): ToldRound | undefined {
  return told
    .filter(({ subject, schoolYear }) => subject === round.subject && schoolYear < round.schoolYear)
    .toSorted((a, b) => b.schoolYear - a.schoolYear)[0]
}

/** Whether two rounds are on one scale, so that their results may be subtracted. */
export function isComparable(round: ToldRound, before: ToldRound): boolean {
  return round.scale !== null && round.scale === before.scale
}

/**
 * How the mean changed since the round before. Both means have their errors, and the link between the scales has one that moves
 * everybody alike and does not shrink with pupils.
 */
export function trendOf(
  round: ToldRound,
  before: ToldRound | undefined,
  now: Mean | undefined,
  then: Mean | undefined,
): RoundTrend {
  if (!before) return { is: 'first' }
  if (!isComparable(round, before) || now?.value == null || then?.value == null || !now.se || !then.se) {
    return { is: 'apart', before: before.schoolYear }
  }
  const linkError = linkErrorBetween(before, round)
  const difference = now.value - then.value
  const reach = Z * Math.hypot(now.se, then.se, linkError)
  const [low, high] = [difference - reach, difference + reach]
  return {
    is: 'change',
    before: before.schoolYear,
    difference,
    low,
    high,
    linkError,
    verdict: low > 0 ? 'higher' : high < 0 ? 'lower' : 'no_clear_difference',
  }
}
