import type { LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import type { Indicator } from '#modules/indicators/model.ts'
import { Profile, UnitFigure } from '#modules/publications/model.ts'
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
  /** the test the page leads with: the later one, where progress is measured between two */
  main: Assessment | null
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
  const main = mainAssessment(profile.assessments)
  // The state shows its municipalities, not the handful of regions between.
  const childLevel = level === 'state' ? 'municipality' : profile.children?.level
  const children =
    childLevel && profile.schoolYear
      ? await read(
          context,
          `/cells?${query({
            indicator: main ? codes.meanResult : codes.learners,
            year: profile.schoolYear,
            subject: main?.subject,
            level: childLevel,
            parent: level === 'state' ? null : profile.unit.id,
            limit: 500,
          })}`,
          UnitFigures,
        )
      : null
  return { profile, catalogue, main, children, yearInAddress: year }
}

/** The later of two tests, or the last of several. */
export function mainAssessment(assessments: readonly Assessment[]): Assessment | null {
  return assessments.find(({ startsFrom }) => startsFrom !== null) ?? assessments.at(-1) ?? null
}
