import type { Indicator } from '#modules/indicators/model.ts'
import type { ProfileFigure, Trend } from '#modules/publications/model.ts'
import { type Area, Criterion } from '#terms/criteria.ts'
import { type FrameworkIndicator, frameworkIndicators } from '#terms/framework-indicators.ts'
import { codes } from '../indicators/codes.ts'
import { mainAssessment, type UnitData } from '../publications/load-unit.ts'

/** One figure of a unit as a row: of the year of the page, or of the last year that has one. */
export interface FigureRow {
  figure: ProfileFigure
  schoolYear: number
  points: Trend['points']
}

/** One indicator of a criterion: the subject it leads with, and the others. */
export interface IndicatorRows {
  indicator: Indicator
  lead: FigureRow
  others: readonly FigureRow[]
}

/** A criterion at a unit: what is measured, what has no data here, what is not measured yet. */
export interface CriterionView {
  area: Area
  indicators: readonly IndicatorRows[]
  without: readonly Indicator[]
  planned: readonly FrameworkIndicator[]
}

/** The twelve criteria of a unit in the order of the framework; within one in the order of the catalogue, never by result. */
export function criteriaOf(data: UnitData, trends: readonly Trend[]): CriterionView[] {
  return Criterion.options.map((area) => areaOf(data, trends, area))
}

/** The circumstances, which are no quality. */
export function contextOf(data: UnitData, trends: readonly Trend[]): CriterionView {
  return areaOf(data, trends, 'context')
}

function areaOf(data: UnitData, trends: readonly Trend[], area: Area): CriterionView {
  const { unit } = data.profile
  const asked = data.catalogue.filter(
    (indicator) => indicator.area === area && indicator.levels.includes(unit.level),
  )
  // In the state as a whole progress is zero by definition, and growth fifty: a figure would say nothing.
  const isGiven = ({ code }: Indicator) =>
    unit.level === 'state' && (code === codes.progress || code === codes.growth)
  const rows = asked.map((indicator) => ({
    indicator,
    figures: isGiven(indicator) ? [] : rowsOf(data, trends, indicator),
  }))
  return {
    area,
    indicators: rows.flatMap(({ indicator, figures }) => {
      const lead = leadOf(figures, data)
      return lead ? [{ indicator, lead, others: figures.filter((each) => each !== lead) }] : []
    }),
    without: rows.filter(({ figures }) => figures.length === 0).map(({ indicator }) => indicator),
    planned: frameworkIndicators.filter(
      ({ code, criterion }) => criterion === area && !data.catalogue.some((live) => live.code === code),
    ),
  }
}

function rowsOf({ profile }: UnitData, trends: readonly Trend[], { code }: Indicator): FigureRow[] {
  const own = trends.filter(({ indicator }) => indicator === code)
  const pointsOf = (subject: string) => own.find((trend) => trend.subject === subject)?.points ?? []
  const shownYear = profile.schoolYear ?? 0
  const ofThisYear = profile.figures
    .filter(({ indicator }) => indicator === code)
    .map((figure) => ({
      figure,
      schoolYear: shownYear,
      points: pointsOf(figure.subject).filter(({ schoolYear }) => schoolYear <= shownYear),
    }))
  if (ofThisYear.length > 0) return ofThisYear
  return own.flatMap(({ subject, points }): FigureRow[] => {
    const until = points.filter(({ schoolYear }) => schoolYear <= shownYear)
    const last = until.at(-1)
    if (!last) return []
    const cell = {
      ...last.cell,
      indicator: code,
      schoolYear: last.schoolYear,
      level: profile.unit.level,
      unitId: profile.unit.id,
      subject,
      breakdown: '-',
      category: '-',
      sd: null,
      se: null,
      spread: null,
      spreadAbsent: null,
    }
    return [
      {
        figure: { indicator: code, subject, cell, parts: [], against: [] },
        schoolYear: last.schoolYear,
        points: until,
      },
    ]
  })
}

/**
 * The subject an indicator leads with: the test of the page, else all subjects together, else the test everybody takes,
 * else mathematics, else the first.
 */
function leadOf(figures: readonly FigureRow[], { main, profile }: UnitData): FigureRow | undefined {
  const subjects = new Set(figures.map(({ figure }) => figure.subject))
  const test = mainAssessment(profile.assessments.filter(({ subject }) => subjects.has(subject)))
  const of = (fits: (subject: string) => boolean) => figures.find(({ figure }) => fits(figure.subject))
  return (
    of((subject) => subject === main?.subject) ??
    of((subject) => subject === '-') ??
    of((subject) => subject === test?.subject) ??
    of((subject) => subject === 'mathematics') ??
    figures[0]
  )
}
