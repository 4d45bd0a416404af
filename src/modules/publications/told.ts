import type { z } from 'zod'
import type { FreeRow } from '#modules/disclosure/index.ts'
import type { Cell } from '#terms/cell.ts'
import {
  FreeTable,
  type FreeTableRow,
  Peers,
  Profile,
  type ProfileFigure,
  Series,
  type SeriesPoint,
  type Trend,
  Trends,
  type Unit,
  UnitFigure,
} from './model.ts'

/**
 * A figure made from cells that its caller may see (visible.ts). Made in figures.ts only; what routes answer with is typed to
 * take nothing else. The mark is in the type alone: no such field exists. It is a word, because symbols fall off on the
 * way to the type of a JSON answer.
 */
export type Told<T> = T & { readonly 'made from visible cells': true }

export interface ToldUnitFigure {
  unit: Unit
  cell: Told<Cell>
}
export type ToldProfile = Omit<Profile, 'figures'> & { figures: Told<ProfileFigure>[] }

export interface ToldSeries extends Omit<Series, 'points'> {
  points: (Omit<SeriesPoint, 'cell'> & { cell: Told<Cell> })[]
}

export interface ToldTrend extends Omit<Trend, 'points'> {
  points: (Omit<Trend['points'][number], 'cell'> & { cell: Told<Trend['points'][number]['cell']> })[]
}
export interface ToldTrends extends Omit<Trends, 'trends'> {
  trends: ToldTrend[]
}

export interface ToldPeers extends Omit<Peers, 'cell' | 'around' | 'similar'> {
  cell: Told<Cell> | null
  around: Told<ProfileFigure>['against']
  similar:
    | (Omit<NonNullable<Peers['similar']>, 'schools'> & {
        schools: (ToldUnitFigure & { distance: number })[]
      })
    | null
}

/** The schemas of the answers that hold figures: the same as in model.ts, to be filled with told ones only. */
export const ToldUnitFigure = UnitFigure as unknown as z.ZodType<ToldUnitFigure>
export const ToldProfile = Profile as unknown as z.ZodType<ToldProfile>
export const ToldSeries = Series as unknown as z.ZodType<ToldSeries>
export const ToldPeers = Peers as unknown as z.ZodType<ToldPeers>
export const ToldTrends = Trends as unknown as z.ZodType<ToldTrends>

/** The answer of a free table, to be filled with rows that were told with noise only. */
export type ToldFreeTable = Omit<FreeTable, 'rows'> & { rows: (FreeTableRow & Pick<FreeRow, 'cell'>)[] }
export const ToldFreeTable = FreeTable as unknown as z.ZodType<ToldFreeTable>
