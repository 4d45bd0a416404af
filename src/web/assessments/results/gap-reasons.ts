import type { ProfileFigure } from '#modules/publications/model.ts'
import { roundCodes } from './load-place.ts'

/** Gaps of a round in the order of the page. */
export const gapCodes = [roundCodes.gapBySex, roundCodes.gapByLanguage, roundCodes.gapByNeeds] as const

/**
 * Why a gap has no figure though nothing protects it (what is protected says so itself in its row):
 * `nobody`  one of the two groups has no pupil with a result
 * `unknown` the release does not know of any pupil with a result in which of the groups they are
 */
export type GapReason = 'nobody' | 'unknown'

/** @param gap  of the place and the round; missing where neither group is known */
export function gapReason(gap: Pick<ProfileFigure, 'cell'> | undefined): GapReason | null {
  if (gap === undefined) return 'unknown'
  return gap.cell.absent === 'not_applicable' ? 'nobody' : null
}

/** From 2025/26 on all of grades 1–9 are taught in Latvian: between languages there is then no gap. */
export function isAllInLatvian({ schoolYear, grade }: { schoolYear: number; grade: number }): boolean {
  return schoolYear >= 2026 && grade <= 9
}
