import type { Indicator } from '#modules/indicators/model.ts'
import type { Profile, ProfileFigure } from '#modules/publications/model.ts'
import type { Assessment } from '#modules/records/model.ts'
import type { Config } from '#terms/config.ts'
import type { Origin } from '../charts/chart-frame.tsx'
import { type Scale, scaleFrom } from '../charts/scale.ts'
import { query } from '../query.ts'
import { type FigureWriter, figureWriter } from '../text/figure.ts'
import type { Language } from '../text/language.ts'
import { isShown } from '../text/sentences.ts'
import type { UnitData } from './load-unit.ts'

/** What the sections of a unit's page need to know of it, worked out once. */
export interface UnitView {
  language: Language
  data: UnitData
  rules: Config['rules']
  indicatorOf: (code: string) => Indicator | undefined
  assessmentOf: (subject: string) => Assessment | undefined
  /** writes the figure and its neighbours with the same decimals: as many as its own interval asks for, or the nearest neighbour's */
  writerOf: (figure: ProfileFigure) => FigureWriter
  /** where the figures of an indicator come from, for the foot of a chart */
  originOf: (figure: ProfileFigure, people?: string) => Origin
}

export function viewOf(data: UnitData, language: Language, rules: Config['rules']): UnitView {
  const indicatorOf = (code: string) => data.catalogue.find((indicator) => indicator.code === code)
  return {
    language,
    data,
    rules,
    indicatorOf,
    assessmentOf: (subject) => data.profile.assessments.find((assessment) => assessment.subject === subject),
    writerOf: (figure) => {
      const own = [figure.cell, ...figure.parts].filter(isShown)
      const nearest = figure.against
        .map(({ cell }) => cell)
        .filter(isShown)
        .slice(0, 1)
      const unit = indicatorOf(figure.indicator)?.unit ?? 'points'
      return figureWriter(language, unit, own.length > 0 ? own : nearest)
    },
    originOf: (figure, people) => {
      const indicator = indicatorOf(figure.indicator)
      return {
        people,
        year: data.profile.schoolYear,
        source: indicator && language.name(indicator.source),
        version: versionOf(language, data.profile),
        csv: csvAddress({
          indicator: figure.indicator,
          year: data.profile.schoolYear,
          subject: figure.subject,
          level: data.profile.unit.level,
          unit: data.profile.unit.id,
        }),
        definition: language.to('indicator', { code: figure.indicator }),
        trace: data.profile.audience === 'analyst' ? traceAddress(language, data, figure) : undefined,
      }
    },
  }
}

/** The figure of an indicator (and subject) on a unit's page. */
export function figureOf(data: UnitData, code: string, subject?: string): ProfileFigure | undefined {
  return data.profile.figures.find(
    (figure) => figure.indicator === code && (subject === undefined || figure.subject === subject),
  )
}

/** The gap between girls and boys in the result a page leads with: exams and monitoring tests have one each. */
export function gapBySexOf({ catalogue, resultCode }: UnitData): Indicator | undefined {
  return catalogue.find(
    ({ derivedFrom, between }) => derivedFrom === resultCode && between?.breakdown === 'sex',
  )
}

/** „Datu laidiens 1.0, 22.11.2026.”; unprotected figures are of no release, they were only computed. */
export function versionOf(language: Language, { dataVersion, audience }: Profile): string | undefined {
  const { release, madeAt } = dataVersion
  if (!madeAt) return undefined
  const day = language.dayOfInstant(madeAt)
  return release && audience === 'public'
    ? language.t('chart.release', { number: release, day })
    : language.t('chart.computed', { day })
}

/** Where an analyst sees the files and lines behind a figure. */
function traceAddress(
  { to }: Language,
  { profile }: UnitData,
  { indicator, subject }: ProfileFigure,
): string {
  return `${to('trace')}?${query({ indicator, year: profile.schoolYear, unit: profile.unit.id, subject })}`
}

export function csvAddress(params: Record<string, string | number | null | undefined>): string {
  return `/api/v1/cells.csv?${query(params)}`
}

/** The line a figure is drawn on: points on the scale of their test, shares on 0–1, differences around zero. */
export function scaleOf(view: UnitView, figure: ProfileFigure): Scale {
  const unit = view.indicatorOf(figure.indicator)?.unit
  if (unit === 'share') return scaleFrom(0, 1)
  const assessment = view.assessmentOf(figure.subject)
  if (unit === 'points' && assessment) return scaleFrom(assessment.scale.minimum, assessment.scale.maximum)
  const shown = [figure.cell, ...figure.against.map(({ cell }) => cell)].filter(isShown)
  const reach = Math.max(
    0,
    ...shown.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value].map(Math.abs)),
  )
  return scaleFrom(-1.1 * (reach || 1), 1.1 * (reach || 1))
}
