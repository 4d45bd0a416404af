import type { Profile } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import { codes } from '../indicators/codes.ts'

/** What tells how many have a result; participation is about those who were to sit a test as well. */
const ofResults: readonly string[] = [codes.meanResult, codes.meanMonitoring]

/** Tests of the year a page is about in which the unit has results, with the number of pupils who have one; in the order of their names. */
export function newResults({
  assessments,
  figures,
}: Pick<Profile, 'assessments' | 'figures'>): { assessment: Assessment; n: number }[] {
  return assessments.flatMap((assessment) => {
    const told = figures.filter(
      ({ indicator, subject }) => subject === assessment.subject && ofResults.includes(indicator),
    )
    const n = Math.max(0, ...told.map(({ cell }) => cell.n ?? 0))
    return n > 0 ? [{ assessment, n }] : []
  })
}
