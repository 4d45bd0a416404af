import type { SchoolYear } from '#terms/school-year.ts'
import type { ResultDomain, SupportNeed, SupportReason } from './model.ts'
import type { ReadableResult, YearMark } from './readable.ts'

/** The school subject whose mark stands beside a domain. */
const subjectOf: Record<ResultDomain, string> = {
  reading: 'latvian',
  numeracy: 'mathematics',
  science: 'science',
}
const GOOD_MARK = 7 // of ten: "good"
const ACQUIRED = 3 // of the four levels of grades 1–3: "acquired"
const levelLetters = ['S', 'T', 'A', 'P']

/**
 * Where a child may need support, and why: the lowest level; a result that fell back since the test before by more than its error;
 * good marks beside the lowest level, which is a reason to talk about how that day went.
 *
 * An old result is no reason today: a child of grade 6 is not judged by what it knew of science in grade 3.
 *
 * @param latest    the latest result of each domain
 * @param since     the first school year whose results are reasons
 * @param all       every result that may be read
 * @param requests  plans that were asked for, by domain
 */
export function needsOf(
  latest: readonly ReadableResult[],
  since: SchoolYear,
  all: readonly ReadableResult[],
  marks: readonly YearMark[],
  requests: readonly { id: string; domain: ResultDomain; madeOn: string }[],
): SupportNeed[] {
  return latest.flatMap((result) => {
    const { domain } = result
    const mark = marks.find(
      (each) => each.schoolYear === result.schoolYear && each.subject === subjectOf[domain],
    )
    const isOld = result.schoolYear < since
    const isMarkedHigher = !isOld && result.level === 1 && mark !== undefined && isGood(mark)
    const reasons: SupportReason[] = [
      ...(!isOld && result.level === 1 ? (['lowest_level'] as const) : []),
      ...(!isOld && fellBack(result, all) ? (['fell_back'] as const) : []),
      ...(isMarkedHigher ? (['marks_higher'] as const) : []),
    ]
    const request = requests.find((each) => each.domain === domain)
    if (reasons.length === 0 && !request) return []
    return [
      {
        domain,
        reasons,
        mark: isMarkedHigher ? written(mark) : null,
        request: request ? { id: request.id, madeOn: request.madeOn } : null,
      },
    ]
  })
}

const isGood = ({ scale, mark }: YearMark) => mark >= (scale === 'ten' ? GOOD_MARK : ACQUIRED)
const written = ({ scale, mark }: YearMark) =>
  scale === 'ten' ? String(mark) : (levelLetters[mark - 1] ?? '–')

/**
 * Came less far than those who started level by more than one standard error; where that is not known, is at a lower level than
 * before, and not only just so.
 */
function fellBack(result: ReadableResult, all: readonly ReadableResult[]): boolean {
  const { growth, level, cuts, error, score } = result
  if (growth?.error)
    return growth.residual < -growth.error && level !== null && level < 4 && isLower(result, all)
  if (!isLower(result, all)) return false
  const border = level === null || !cuts ? undefined : cuts[level - 1]
  return border === undefined || error === null || border - score > error
}

/** At a lower level than in the test before of the same domain. */
function isLower({ domain, schoolYear, level }: ReadableResult, all: readonly ReadableResult[]): boolean {
  const before = all
    .filter((each) => each.domain === domain && each.schoolYear < schoolYear)
    .toSorted((a, b) => b.schoolYear - a.schoolYear)[0]
  return level !== null && before?.level != null && level < before.level
}
