import type { LoaderFunctionArgs } from 'react-router'
import type { SchoolResults } from '#modules/assessments/model.ts'
import { Peers, Profile } from '#modules/publications/model.ts'
import { portalContext } from '../../context.ts'
import { loadGrowth } from '../../growth/load-growth.ts'
import { readCatalogue } from '../../indicators/catalogue.ts'
import { codes } from '../../indicators/codes.ts'
import type { UnitData } from '../../publications/load-unit.ts'
import { query } from '../../query.ts'
import { read } from '../../read.ts'

/** What stands beside the results of a school: growth, and the schools most alike in the latest of its tests that figures tell of. */
export async function loadBesides(
  context: LoaderFunctionArgs['context'],
  { school, tests }: Pick<SchoolResults, 'school' | 'tests'>,
) {
  const { config } = context.get(portalContext)
  const [growth, catalogue, profile] = await Promise.all([
    loadGrowth(context, school.id),
    readCatalogue(context),
    read(context, `/profiles/${school.id}?${query({ year: yearOf(tests, config.schoolYears) })}`, Profile),
  ])
  const told = new Set(
    profile.figures
      .filter(({ indicator }) => indicator === codes.meanMonitoring)
      .map(({ subject }) => subject),
  )
  const main = profile.assessments.findLast(({ subject }) => told.has(subject)) ?? null
  const data: UnitData = {
    profile,
    catalogue,
    main,
    resultCode: codes.meanMonitoring,
    children: null,
    yearInAddress: null,
  }
  const asked = {
    unit: school.id,
    indicator: codes.meanMonitoring,
    year: profile.schoolYear,
    subject: main?.subject,
  }
  const peers = main && profile.schoolYear ? await read(context, `/peers?${query(asked)}`, Peers) : null
  return { data, growth, peers, rules: config.rules }
}
export type SchoolBesides = Awaited<ReturnType<typeof loadBesides>>

/** The latest school year of the tests of which there are data; null: none. */
function yearOf(tests: SchoolResults['tests'], years: readonly number[]): number | null {
  const tested = tests.map(({ schoolYear }) => schoolYear).filter((year) => years.includes(year))
  return tested.length > 0 ? Math.max(...tested) : null
}
