import type { ProfileFigure } from '#modules/publications/model.ts'
import { roundCodes } from './load-place.ts'

/** Gaps of a round in the order of the page; from which breakdown of the mean result each is made. */
export const gaps = [
  { code: roundCodes.gapBySex, breakdown: 'sex' },
  { code: roundCodes.gapByLanguage, breakdown: 'language' },
  { code: roundCodes.gapByNeeds, breakdown: 'special_needs' },
] as const

/**
 * Why a gap has no figure though nothing protects it (what is protected says so itself in its row):
 * `nobody`  one of the two groups has no pupil with a result
 * `unknown` of no pupil with a result is it known to which group they belong
 * `undivided` the mean was not broken down so when this release was made
 */
export type GapReason = 'nobody' | 'unknown' | 'undivided'

/** @param mean  the mean result of the place with its breakdowns */
export function gapReason(
  gap: Pick<ProfileFigure, 'cell'> | undefined,
  mean: Pick<ProfileFigure, 'parts'> | undefined,
  breakdown: string,
): GapReason | null {
  if (gap) return gap.cell.absent === 'not_applicable' ? 'nobody' : null
  return mean?.parts.some((part) => part.breakdown === breakdown) ? 'unknown' : 'undivided'
}

/** From 2025/26 on all of grades 1–9 are taught in Latvian: between languages there is then no gap. */
export function isAllInLatvian({ schoolYear, grade }: { schoolYear: number; grade: number }): boolean {
  return schoolYear >= 2026 && grade <= 9
}
