import type { LoaderFunctionArgs } from 'react-router'
import type { SchoolGrowth } from '#modules/growth/model.ts'
import { type Series, type Trend, Trends } from '#modules/publications/model.ts'
import { InstitutionRegister, TerritoryRegister } from '#modules/registry/model.ts'
import type { Borders } from '#terms/borders.ts'
import type { Level } from '#terms/level.ts'
import { loadGrowth } from '../growth/load-growth.ts'
import { codes } from '../indicators/codes.ts'
import { query } from '../query.ts'
import { read } from '../read.ts'
import { type ClassifierWords, classifierWords, registerClassifiers } from '../registry/classifier-words.ts'
import { bordersFrom, loadSeries } from './load-series.ts'
import { loadUnit, type UnitData } from './load-unit.ts'

/** A unit with what the register holds of it and how it changed over the years. */
export interface UnitPageData extends UnitData {
  register: InstitutionRegister | TerritoryRegister
  /** of a school, for whoever answers for it; null for everybody else */
  growth: SchoolGrowth | null
  /** what the codes of the register mean */
  words: ClassifierWords
  /** every indicator over the years, briefly */
  trends: readonly Trend[]
  series: {
    borders: Borders
    /** null: no figure has been computed yet */
    learners: Series | null
    /** of the test the page leads with; null where there is none */
    result: Series | null
    /** the same of the state, to lay beside; null on the state's own page */
    resultOfState: Series | null
  }
}

export async function loadUnitPage(args: LoaderFunctionArgs, level: Level): Promise<UnitPageData | null> {
  const data = await loadUnit(args, level)
  if (!data) return null
  const borders = bordersFrom(args.request)
  const { unit, path } = data.profile
  const state = path.find((above) => above.level === 'state')
  const subject = data.main?.subject
  const resultOf = (id: string) =>
    loadSeries(args.context, { unit: id, indicator: data.resultCode, subject, borders })
  const [register, growth, words, { trends }, learners, result, resultOfState] = await Promise.all([
    unit.level === 'school'
      ? read(args.context, `/institutions/${unit.id}/register`, InstitutionRegister)
      : read(args.context, `/territories/${unit.id}/register`, TerritoryRegister),
    unit.level === 'school' ? loadGrowth(args.context, unit.id) : null,
    classifierWords(args.context, unit.level === 'school' ? registerClassifiers : []),
    read(args.context, `/trends?${query({ unit: unit.id })}`, Trends),
    data.catalogue.some(({ code }) => code === codes.learners)
      ? loadSeries(args.context, { unit: unit.id, indicator: codes.learners, borders })
      : null,
    subject ? resultOf(unit.id) : null,
    subject && state ? resultOf(state.id) : null,
  ])
  return { ...data, register, growth, words, trends, series: { borders, learners, result, resultOfState } }
}
