import type { LoaderFunctionArgs } from 'react-router'
import type { Indicator } from '#modules/indicators/model.ts'
import { Peers, Profile, type ProfileFigure, type Series } from '#modules/publications/model.ts'
import type { Level } from '#terms/level.ts'
import { bordersFrom, loadSeries } from '../publications/load-series.ts'
import { mainAssessment, type UnitData, UnitFigures } from '../publications/load-unit.ts'
import { query } from '../query.ts'
import { notFound, read } from '../read.ts'
import { yearFrom } from '../year.ts'
import { readCatalogue } from './catalogue.ts'

/** One indicator at one unit, with its neighbours, years and parts. */
export interface UnitIndicatorData extends UnitData {
  indicator: Indicator
  /** the subject chosen; '-' where the indicator has none */
  subject: string
  /** subjects to choose from */
  subjects: string[]
  /** of the year and subject; null where the unit has none */
  figure: ProfileFigure | null
  series: Series
  /** similar schools beside it; null where the unit is no school or has no figure of the year */
  peers: Peers | null
  /** of the country; null on its own page */
  seriesOfState: Series | null
  /** years in which the indicator has a figure here */
  years: number[]
  /** the level of the units listed in `children`; null where there are none */
  childLevel: Level | null
}

export async function loadUnitIndicator({
  context,
  params,
  request,
}: LoaderFunctionArgs): Promise<UnitIndicatorData> {
  const year = yearFrom(params.year)
  const id = encodeURIComponent(params.id ?? '')
  const catalogue = await readCatalogue(context)
  const indicator = catalogue.find(({ code }) => code === params.code)
  if (!indicator) throw notFound()
  const asked = new URL(request.url).searchParams.get('subject')
  const borders = bordersFrom(request)
  const leading = await read(context, `/profiles/${id}?${query({ year })}`, Profile)
  // a year without this indicator is not the one to lead with
  const years = await yearsOf(
    context,
    leading.unit.id,
    indicator.code,
    asked ?? subjectsOf(leading, indicator)[0],
  )
  const shown = year ?? latest(leading, years, indicator)
  const profile =
    shown === leading.schoolYear
      ? leading
      : await read(context, `/profiles/${id}?${query({ year: shown })}`, Profile)
  const subjects = subjectsOf(profile, indicator)
  const subject = asked ?? leadingSubject(subjects, profile)
  const { unit, path } = profile
  const state = path.find(({ level }) => level === 'state')
  const childLevel = unit.level === 'state' ? ('municipality' as const) : (profile.children?.level ?? null)
  const seriesOf = (of: string) =>
    loadSeries(context, { unit: of, indicator: indicator.code, subject, borders })
  const [series, seriesOfState, children, peers] = await Promise.all([
    seriesOf(unit.id),
    state ? seriesOf(state.id) : null,
    childLevel && profile.schoolYear && indicator.levels.includes(childLevel)
      ? read(
          context,
          `/cells?${query({
            indicator: indicator.code,
            year: profile.schoolYear,
            subject,
            level: childLevel,
            parent: unit.level === 'state' ? null : unit.id,
            limit: 500,
          })}`,
          UnitFigures,
        )
      : null,
    unit.level === 'school' && profile.schoolYear
      ? read(
          context,
          `/peers?${query({ unit: unit.id, indicator: indicator.code, year: profile.schoolYear, subject })}`,
          Peers,
        )
      : null,
  ])
  const figure = profile.figures.find((each) => each.indicator === indicator.code && each.subject === subject)
  if (asked !== null && !figure && series.points.length === 0) throw notFound()
  return {
    profile,
    catalogue,
    main: profile.assessments.find((each) => each.subject === subject) ?? null,
    resultCode: indicator.code,
    children: children && children.items.length > 0 ? children : null,
    yearInAddress: year,
    indicator,
    subject,
    subjects,
    figure: figure ?? null,
    peers,
    series,
    seriesOfState,
    years: series.points.map(({ schoolYear }) => schoolYear),
    childLevel,
  }
}

function subjectsOf({ figures }: Profile, { code }: Indicator): string[] {
  return figures.filter(({ indicator }) => indicator === code).map(({ subject }) => subject)
}

/** All together where there is such a figure, else the test everybody takes, else mathematics, else the first. */
function leadingSubject(subjects: readonly string[], { assessments }: Profile): string {
  return (
    subjects.find((subject) => subject === '-') ??
    mainAssessment(assessments.filter(({ subject }) => subjects.includes(subject)))?.subject ??
    subjects.find((subject) => subject === 'mathematics') ??
    subjects[0] ??
    '-'
  )
}

async function yearsOf(
  context: LoaderFunctionArgs['context'],
  unit: string,
  indicator: string,
  subject = '-',
): Promise<number[]> {
  const { points } = await loadSeries(context, { unit, indicator, subject, borders: 'then' })
  return points.map(({ schoolYear }) => schoolYear)
}

/** The year the unit's page leads with if it has the indicator, else the latest that has. */
function latest(
  { schoolYear, figures }: Profile,
  years: readonly number[],
  { code }: Indicator,
): number | null {
  if (figures.some(({ indicator }) => indicator === code)) return schoolYear
  return years.findLast((year) => schoolYear === null || year <= schoolYear) ?? schoolYear
}
