import type { LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import type { Indicator } from '#modules/indicators/model.ts'
import { Profile, type ProfileFigure, UnitFigure } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Level } from '#terms/level.ts'
import { portalContext } from '../context.ts'
import { readCatalogue } from '../indicators/catalogue.ts'
import { codes } from '../indicators/codes.ts'
import { query } from '../query.ts'
import { notFound, read } from '../read.ts'
import { yearFrom } from '../year.ts'

/** Answer of `/cells`. */
export const UnitFigures = z.object({ items: z.array(UnitFigure), next: z.string().nullable() })

/** Everything the page of a unit shows; null where there are no data at all. */
export interface UnitData {
  profile: Profile
  catalogue: Indicator[]
  /** the test the page leads with; null where there is none */
  main: Assessment | null
  /** code of the indicator that holds its mean result: exams and monitoring tests have one each */
  resultCode: string
  /** schools of a municipality, municipalities of a region or the state, with their mean result */
  children: { items: UnitFigure[]; next: string | null } | null
  /** the year stands in the address, so links keep it */
  yearInAddress: number | null
}

/** Loads a unit. A unit of another level than the address says is not found there. */
export async function loadUnit(
  { context, params }: LoaderFunctionArgs,
  level: Level,
): Promise<UnitData | null> {
  const { config } = context.get(portalContext)
  const year = yearFrom(params.year)
  const id = level === 'state' ? config.countryId : params.id
  if (!id) {
    if (level === 'state' && year === null) return null
    throw notFound()
  }
  const [profile, catalogue] = await Promise.all([
    read(context, `/profiles/${encodeURIComponent(id)}?${query({ year })}`, Profile),
    readCatalogue(context),
  ])
  if (profile.unit.level !== level) throw notFound()
  const tested = new Set(profile.figures.filter(isResult).map(({ subject }) => subject))
  const main = mainAssessment(profile.assessments.filter(({ subject }) => tested.has(subject)))
  const resultCode =
    profile.figures.find((each) => isResult(each) && each.subject === main?.subject)?.indicator ??
    codes.meanResult
  // The state shows its municipalities, not the handful of regions between.
  const childLevel = level === 'state' ? 'municipality' : profile.children?.level
  const children =
    childLevel && profile.schoolYear
      ? await read(
          context,
          `/cells?${query({
            indicator: main ? resultCode : codes.learners,
            year: profile.schoolYear,
            subject: main?.subject,
            level: childLevel,
            parent: level === 'state' ? null : profile.unit.id,
            limit: 500,
          })}`,
          UnitFigures,
        )
      : null
  return { profile, catalogue, main, resultCode, children, yearInAddress: year }
}

function isResult({ indicator }: ProfileFigure): boolean {
  return indicator === codes.meanResult || indicator === codes.meanMonitoring
}

/** Which tests a page would rather lead with, best first: what everybody takes. */
const leading = [
  /^exam-9-mathematics/,
  /^exam-9-/,
  /^exam-12-mathematics-ol/,
  /^exam-12-/,
  /^numeracy-6/,
  /-6$/,
]

/** The test a page leads with, by the list above; among equals the later of two between which progress is measured, else the last. */
export function mainAssessment(assessments: readonly Assessment[]): Assessment | null {
  const place = ({ subject }: Assessment) => {
    const found = leading.findIndex((pattern) => pattern.test(subject))
    return found === -1 ? leading.length : found
  }
  const first = Math.min(...assessments.map(place))
  const best = assessments.filter((each) => place(each) === first)
  return best.find(({ startsFrom }) => startsFrom !== null) ?? best.at(-1) ?? null
}
