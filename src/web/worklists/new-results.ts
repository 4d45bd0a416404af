import type { Profile } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'

/** Tests of the year a page is about in which the unit has results, with the number of pupils; in the order of their names. */
export function newResults({ assessments, figures }: Profile): { assessment: Assessment; n: number }[] {
  return assessments.flatMap((assessment) => {
    const told = figures.filter(({ subject }) => subject === assessment.subject)
    const n = Math.max(0, ...told.map(({ cell }) => cell.n ?? 0))
    return n > 0 ? [{ assessment, n }] : []
  })
}
