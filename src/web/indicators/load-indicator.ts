import type { LoaderFunctionArgs } from 'react-router'
import type { Indicator } from '#modules/indicators/model.ts'
import { Profile, type Series, type UnitFigure } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import { BoundaryMap, TileMap } from '#modules/registry/model.ts'
import { schoolYearDays } from '#terms/school-year.ts'
import { portalContext } from '../context.ts'
import { loadSeries } from '../publications/load-series.ts'
import { mainAssessment, UnitFigures } from '../publications/load-unit.ts'
import { query } from '../query.ts'
import { notFound, read } from '../read.ts'
import { yearFrom } from '../year.ts'
import { readCatalogue } from './catalogue.ts'

export interface IndicatorData {
  indicator: Indicator
  catalogue: Indicator[]
  /** the state's page of the year; null where there are no data */
  state: Profile | null
  /** the test chosen; null where the indicator has none */
  assessment: Assessment | null
  /** tests to choose from */
  assessments: Assessment[]
  /** municipalities by name */
  units: UnitFigure[]
  /** squares of the municipalities with which the school year began; null where there is no tile map, or borders were asked for */
  map: TileMap | null
  /** the same in their borders; null where they are not asked for */
  borders: BoundaryMap | null
  /** the reader may choose between squares and borders */
  mayChooseMap: boolean
  /** the state over the years; null where there are no data */
  series: Series | null
  /** only part of the units came */
  partial: boolean
  yearInAddress: number | null
}

/** An indicator of one year and test: its definition, the state's figure, the municipalities. */
export async function loadIndicator({
  context,
  params,
  request,
}: LoaderFunctionArgs): Promise<IndicatorData> {
  const { config } = context.get(portalContext)
  const year = yearFrom(params.year)
  const catalogue = await readCatalogue(context)
  const indicator = catalogue.find(({ code }) => code === params.code)
  if (!indicator) throw notFound()
  const { countryId } = config
  const asLeading = year ?? (countryId && (await latestWithoutTest(context, countryId, indicator.code)))
  const state = countryId
    ? await read(context, `/profiles/${countryId}?${query({ year: asLeading })}`, Profile)
    : null
  const base = { indicator, catalogue, yearInAddress: year }
  if (!state?.schoolYear) {
    return {
      ...base,
      state: null,
      assessment: null,
      assessments: [],
      units: [],
      map: null,
      borders: null,
      mayChooseMap: false,
      series: null,
      partial: false,
    }
  }
  const subjects = new Set(
    state.figures.filter((figure) => figure.indicator === indicator.code).map(({ subject }) => subject),
  )
  const assessments = state.assessments.filter(({ subject }) => subjects.has(subject))
  const asked = new URL(request.url).searchParams.get('subject')
  const inBorders =
    config.boundaries && (!config.tiles || new URL(request.url).searchParams.get('map') === 'borders')
  const { from: on } = schoolYearDays(state.schoolYear)
  const assessment =
    asked === null ? mainAssessment(assessments) : assessments.find(({ subject }) => subject === asked)
  if (assessment === undefined) throw notFound()
  const [found, map, borders, series] = await Promise.all([
    read(
      context,
      `/cells?${query({
        indicator: indicator.code,
        year: state.schoolYear,
        subject: assessment?.subject,
        level: 'municipality',
        limit: 1000,
      })}`,
      UnitFigures,
    ),
    config.tiles && !inBorders ? read(context, `/tile-map?${query({ on })}`, TileMap) : null,
    inBorders ? read(context, `/boundaries?${query({ on })}`, BoundaryMap) : null,
    loadSeries(context, {
      unit: state.unit.id,
      indicator: indicator.code,
      subject: assessment?.subject,
      borders: 'then',
    }),
  ])
  return {
    ...base,
    state,
    assessment,
    assessments,
    units: found.items,
    map,
    borders,
    mayChooseMap: config.tiles && config.boundaries,
    series,
    partial: found.next !== null,
  }
}

/** The latest year of what is told without a test, such as the number of pupils; null for what is told of tests. */
async function latestWithoutTest(
  context: LoaderFunctionArgs['context'],
  unit: string,
  indicator: string,
): Promise<number | null> {
  const { points } = await loadSeries(context, { unit, indicator, borders: 'then' })
  return points.at(-1)?.schoolYear ?? null
}
