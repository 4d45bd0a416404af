import {
  difference,
  differenceFromWhole,
  type MeanDifference,
  type Moments,
  meanOf,
  momentsOf,
  withSharedError,
} from '#stats/describe/index.ts'
import { linkErrorBetween } from '#terms/link-error.ts'
import type { Words } from '#terms/locale.ts'
import type { GroupResult, ResultClass, ResultDomain, SchoolTest, ToldRound } from './model.ts'
import { domainName } from './sheet.ts'

/** One result of a school, without whose it is. */
export interface SchoolRow {
  round: string
  name: Words
  schoolYear: number
  domain: ResultDomain
  grade: number
  classId: string | null
  className: string | null
  language: string | null
  sex: string
  supported: boolean
  score: number
  level: number | null
  isOfficial: boolean
}

/** On which scale a round given here is. */
export type ScaledRound = Pick<ToldRound, 'code' | 'scale' | 'linkedTo' | 'linkError'>

/**
 * Each domain and grade of a school with its latest test: means, levels, groups and years.
 *
 * @param told  rounds given here; years of tests from outside are compared as if their scale were one
 */
export function schoolTests(rows: readonly SchoolRow[], told: readonly ScaledRound[] = []): SchoolTest[] {
  const scaled = new Map(told.map((round) => [round.code, round]))
  const series = Map.groupBy(rows, ({ grade, domain }) => `${grade} ${domain}`)
  return [...series.values()]
    .map((own) => {
      const years = Map.groupBy(own, ({ schoolYear }) => schoolYear)
      const latest = Math.max(...years.keys())
      const test = years.get(latest)!
      const [first] = test
      return {
        round: first!.round,
        name: first!.name,
        domain: first!.domain,
        domainName: domainName(first!.domain),
        grade: first!.grade,
        schoolYear: latest,
        isOfficial: test.every(({ isOfficial }) => isOfficial),
        all: groupOf('all', 'all', test),
        groups: [
          ...groupsBy('class', test, (row) => row.className),
          ...groupsBy('sex', test, (row) => (row.sex === 'unknown' ? null : row.sex)),
          ...groupsBy('language', test, (row) => row.language),
          ...groupsBy('support', test, (row) => (row.supported ? 'with' : 'without')),
        ],
        years: [...years]
          .toSorted(([a], [b]) => a - b)
          .map(([year, those], at, all) => {
            const before = all[at - 1]?.[1]
            const own = { ...groupOf('year', String(year), those), linkError: null }
            if (!before) return own
            const linkError = linkBetween(scaled.get(before[0]!.round), scaled.get(those[0]!.round))
            if (linkError === 'apart') return own
            const change = difference(scoresOf(those), scoresOf(before))
            return { ...own, linkError, verdict: verdictOf(withSharedError(change, linkError ?? 0)) }
          }),
      }
    })
    .toSorted((a, b) => a.grade - b.grade || order.indexOf(a.domain) - order.indexOf(b.domain))
}

/** Error of the link between two tests, points; null: nothing is known of it, both came from outside; apart: they are on no common scale. */
function linkBetween(before: ScaledRound | undefined, now: ScaledRound | undefined): number | null | 'apart' {
  if (!before && !now) return null
  if (!before?.scale || before.scale !== now?.scale) return 'apart'
  return linkErrorBetween(before, now)
}

const order: readonly ResultDomain[] = ['reading', 'numeracy', 'science']
const inLatvian = new Intl.Collator('lv', { numeric: true })

/** Groups by what pupils have in common, in alphabetical order; none where all are in one. */
function groupsBy(
  by: GroupResult['by'],
  rows: readonly SchoolRow[],
  of: (row: SchoolRow) => string | null,
): GroupResult[] {
  const groups = Map.groupBy(rows, of)
  groups.delete(null)
  if (groups.size < 2) return []
  return [...groups]
    .toSorted(([a], [b]) => inLatvian.compare(a!, b!))
    .map(([key, those]) => ({
      ...groupOf(by, key!, those),
      verdict: verdictOf(differenceFromWhole(scoresOf(those), scoresOf(rows))),
    }))
}

function scoresOf(rows: readonly SchoolRow[]): Moments {
  return momentsOf(rows.map(({ score }) => score))
}

function verdictOf({ clear, value }: MeanDifference): GroupResult['verdict'] {
  if (clear === null || value === null) return null
  return clear ? (value > 0 ? 'higher' : 'lower') : 'none'
}

/** Pupils below whom no interval is told: that of two is 13 standard errors wide, of four still more than three. */
const FEWEST = 5

function groupOf(by: GroupResult['by'], key: string, rows: readonly SchoolRow[]): GroupResult {
  const { mean, low, high } = meanOf(scoresOf(rows))
  const leveled = rows.filter(({ level }) => level !== null)
  return {
    by,
    key,
    classId: by === 'class' ? (rows[0]!.classId ?? null) : null,
    n: rows.length,
    mean: mean!, // there is no group without pupils
    low: rows.length < FEWEST ? null : low,
    high: rows.length < FEWEST ? null : high,
    levels:
      leveled.length === 0
        ? null
        : [1, 2, 3, 4].map((level) => leveled.filter((row) => row.level === level).length),
    verdict: null,
  }
}

/** Classes that have results, the latest school year first. */
export function classesOf(rows: readonly SchoolRow[]): ResultClass[] {
  const known = new Map<string, ResultClass>()
  for (const { classId, className, grade, schoolYear } of rows) {
    if (classId && className) known.set(classId, { id: classId, name: className, grade, schoolYear })
  }
  return [...known.values()].toSorted(
    (a, b) => b.schoolYear - a.schoolYear || a.grade - b.grade || inLatvian.compare(a.name, b.name),
  )
}
