import type { SchoolYear } from '#terms/school-year.ts'
import type { ClassLearner, ClassTest, ResultDomain } from './model.ts'
import { needsOf } from './needs.ts'
import type { ReadableResult, YearMark } from './readable.ts'
import { domainName, sheetOf, strandName } from './sheet.ts'

const domains: readonly ResultDomain[] = ['reading', 'numeracy', 'science']

/** A learner as the database hands them out, with the name opened. */
export interface NamedResults {
  id: string
  name: string | null
  code: string
  sex: ClassLearner['sex']
  results: readonly ReadableResult[]
  marks: readonly YearMark[]
  requests: readonly { id: string; domain: ResultDomain; madeOn: string }[]
}

/** The latest result of each domain, in the order of domains. */
export function latestOf(results: readonly ReadableResult[]): ReadableResult[] {
  return domains.flatMap((domain) => {
    const own = results.filter((each) => each.domain === domain)
    return own.toSorted((a, b) => b.schoolYear - a.schoolYear).slice(0, 1)
  })
}

/** The first school year whose results say something of a class today: the last it was tested in, and the one before. */
export function firstOfToday(learners: readonly Pick<NamedResults, 'results'>[]): SchoolYear {
  return Math.max(...learners.flatMap(({ results }) => results.map(({ schoolYear }) => schoolYear))) - 1
}

/**
 * A learner with the latest sheet of each domain and where support may be needed.
 * @param since  the first school year whose results are reasons for support
 */
export function classLearner(
  { results, marks, requests, ...learner }: NamedResults,
  since: SchoolYear,
): ClassLearner {
  const latest = latestOf(results)
  return {
    ...learner,
    sheets: latest.map((result) => sheetOf(result, results)),
    needs: needsOf(latest, since, results, marks, requests),
  }
}

/** Tests whose results are the latest of somebody in the class: of each domain the one most of them took. */
export function testsOf(learners: readonly ClassLearner[]): ClassTest[] {
  return domains.flatMap((domain) => {
    const byRound = Map.groupBy(
      learners.flatMap(({ sheets }) => sheets.filter((sheet) => sheet.domain === domain)),
      ({ round }) => round,
    )
    const [most] = [...byRound.values()].toSorted((a, b) => b.length - a.length)
    const sheet = most?.[0]
    if (!most || !sheet) return []
    const { round, name, grade, schoolYear, isOfficial } = sheet
    const strands = [...new Set(most.flatMap((each) => each.strands.map(({ strand }) => strand)))]
    return [
      {
        round,
        name,
        domain,
        domainName: domainName(domain),
        grade,
        schoolYear,
        isOfficial,
        tested: most.length,
        strands: strands.map((strand) => ({ strand, name: strandName(domain, strand) })),
      },
    ]
  })
}
