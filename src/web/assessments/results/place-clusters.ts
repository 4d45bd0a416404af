import type { RouterContextProvider } from 'react-router'
import { RoundClusters, type ToldRound } from '#modules/assessments/model.ts'
import type { Profile } from '#modules/publications/model.ts'
import type { Cell } from '#terms/cell.ts'
import { UnitFigures } from '../../publications/load-unit.ts'
import { query } from '../../query.ts'
import { read } from '../../read.ts'
import { clusterEffect, widened, widenedDifference } from './clustered.ts'

/** How alike pupils of one school are in a round, and in how many schools those of each place sit. */
export interface KnownClusters {
  spread: number
  /** by id of the place */
  schools: ReadonlyMap<string, number>
  /** of the country: share of the variance between schools */
  correlation: number
}

/** @returns null where the country is not told how much its schools differ: errors then know of no schools */
export async function readClusters(
  context: Readonly<RouterContextProvider>,
  { code, subject, schoolYear }: ToldRound,
): Promise<KnownClusters | null> {
  const asked = query({ indicator: 'EQU-02', year: schoolYear, subject, level: 'state' })
  const [{ spread, places }, { items }] = await Promise.all([
    read(context, `/results/told-rounds/${encodeURIComponent(code)}/clusters`, RoundClusters),
    read(context, `/cells?${asked}`, UnitFigures),
  ])
  const correlation = items[0]?.cell.value ?? null
  if (correlation === null) return null
  return { spread, correlation, schools: new Map(places.map(({ id, schools }) => [id, schools])) }
}

const effectAt = (place: string, { n }: Cell, { spread, correlation, schools }: KnownClusters) =>
  clusterEffect({ pupils: n ?? 0, schools: schools.get(place) ?? 0, spread, correlation })

/** The figure of a place with an error that knows of its schools; that of a school stays as it is. */
export function figureInClusters<Told extends { unit: { id: string }; cell: Cell }>(
  figure: Told,
  known: KnownClusters,
): Told {
  return { ...figure, cell: widened(figure.cell, effectAt(figure.unit.id, figure.cell, known)) }
}

/** The page of a place, with errors of these indicators that know of schools. */
export function profileInClusters(
  profile: Profile,
  { subject, indicators }: { subject: string; indicators: readonly string[] },
  known: KnownClusters,
): Profile {
  return {
    ...profile,
    figures: profile.figures.map((figure) => {
      if (figure.subject !== subject || !indicators.includes(figure.indicator)) return figure
      const effect = effectAt(profile.unit.id, figure.cell, known)
      return {
        ...figure,
        cell: widened(figure.cell, effect),
        against: figure.against.map((other) => ({
          ...figureInClusters(other, known),
          // The error of a place is the larger part of that of a difference from what it lies in.
          difference: other.difference && widenedDifference(other.difference, effect),
        })),
      }
    }),
  }
}
