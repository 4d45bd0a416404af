import type { LoaderFunctionArgs } from 'react-router'
import { z } from 'zod'
import { ToldRound } from '#modules/assessments/model.ts'
import { Profile } from '#modules/publications/model.ts'
import type { Cell } from '#terms/cell.ts'
import { mustBeSignedIn } from '../../access/must-be-signed-in.ts'
import { portalContext } from '../../context.ts'
import { readCatalogue } from '../../indicators/catalogue.ts'
import { type UnitData, UnitFigures } from '../../publications/load-unit.ts'
import { query } from '../../query.ts'
import { notFound, read } from '../../read.ts'
import { figureInClusters, profileInClusters, readClusters } from './place-clusters.ts'
import { isComparable, roundBefore, trendOf } from './place-trend.ts'

/** Indicators of a round, by what the page asks of it. */
export const roundCodes = {
  mean: 'ACH-01',
  expected: 'ACH-02',
  lowest: 'ACH-03',
  tookPart: 'ACH-12',
  absent: 'ACH-13',
  exempt: 'ACH-14',
  supported: 'ACH-15',
  highest: 'ACH-16',
  gapBySex: 'EQU-06',
  gapByLanguage: 'EQU-07',
  gapByNeeds: 'EQU-08',
  betweenSchools: 'EQU-02',
  gradient: 'EQU-03',
} as const

export const ToldRounds = z.object({ items: z.array(ToldRound) })

/** A round of a municipality, a region or the state: released figures; of the own municipality its schools beside. */
export async function loadPlace({ context, request, params }: LoaderFunctionArgs) {
  const { mandate } = mustBeSignedIn(context, request)
  if (mandate?.tier !== 'municipality' && mandate?.tier !== 'analyst') throw notFound()
  const { config } = context.get(portalContext)
  const told = (await read(context, '/results/told-rounds', ToldRounds)).items.filter(
    (each) => each.isOfficial,
  )
  const round = told.find(({ code }) => code === params.round)
  if (!round) throw notFound()
  // As everybody sees them: what is read here is handed on.
  const profileOf = (year: number) =>
    read(
      context,
      `/profiles/${encodeURIComponent(params.id!)}?${query({ year, figures: 'released' })}`,
      Profile,
    )
  const before = roundBefore(round, told)
  const [profile, earlier, catalogue] = await Promise.all([
    profileOf(round.schoolYear),
    before && isComparable(round, before) ? profileOf(before.schoolYear) : null,
    readCatalogue(context),
  ])
  const { unit } = profile
  if (unit.level === 'school') throw notFound()
  const minimumOf = (code: string) => {
    const topic = catalogue.find((each) => each.code === code)?.topic
    return config.rules.find((rule) => rule.topic === topic)?.minimum ?? Number.POSITIVE_INFINITY
  }
  const below = unit.level === 'municipality' ? 'school' : 'municipality'
  const childrenOf = async (indicator: string) => {
    const asked = query({
      indicator,
      year: round.schoolYear,
      subject: round.subject,
      level: below,
      parent: unit.level === 'state' ? null : unit.id,
      limit: 500,
    })
    const { items } = await read(context, `/cells?${asked}`, UnitFigures)
    return items.map((figure) => ({ ...figure, cell: atLeast(figure.cell, minimumOf(indicator)) }))
  }
  const [means, lowest, tookPart] = await Promise.all(
    [roundCodes.mean, roundCodes.lowest, roundCodes.tookPart].map(childrenOf),
  )
  const known = await readClusters(context, round)
  const knownBefore = before && earlier && (await readClusters(context, before))
  const asked = { subject: round.subject, indicators: [roundCodes.mean, roundCodes.gapByLanguage] }
  const meanOf = (of: Profile | null) =>
    of?.figures.find((each) => each.indicator === roundCodes.mean && each.subject === round.subject)?.cell
  const main = profile.assessments.find(({ subject }) => subject === round.subject) ?? null
  const data: UnitData = {
    profile: known ? profileInClusters(profile, asked, known) : profile,
    catalogue,
    main,
    resultCode: roundCodes.mean,
    children: null,
    yearInAddress: round.schoolYear,
  }
  return {
    data,
    round,
    rounds: told,
    trend: trendOf(
      round,
      before,
      meanOf(data.profile),
      meanOf(knownBefore && earlier ? profileInClusters(earlier, asked, knownBefore) : earlier),
    ),
    /** errors of means know that pupils sit in schools; false: how alike those of one school are is not told */
    knowsSchools: known !== null,
    children: {
      means: known ? means!.map((each) => figureInClusters(each, known)) : means!,
      lowest: lowest!,
      tookPart: tookPart!,
    },
    rules: config.rules,
  }
}
export type PlaceData = Awaited<ReturnType<typeof loadPlace>>

/**
 * A figure as it may stand in a list that is printed and handed on: a municipality reads its schools unprotected, but below the least
 * number of pupils of the rule the list tells nothing.
 */
function atLeast(cell: Cell, minimum: number): Cell {
  if (cell.n === null || cell.n >= minimum) return cell
  return {
    ...cell,
    n: null,
    value: null,
    sd: null,
    se: null,
    low: null,
    high: null,
    spread: null,
    absent: 'too_few',
  }
}
