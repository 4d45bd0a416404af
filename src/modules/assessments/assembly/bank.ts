import { type KnownItem, testInformation } from '#stats/irt/index.ts'
import type { Scale } from '../scaling/model.ts'
import type { Candidate } from './assemble.ts'
import { minutesOf } from './minutes.ts'

/** An item as the bank offers it for a form. */
export interface OfferedItem {
  /** uuid */
  id: string
  code: string
  state: string
  grade: number
  strand: string
  process: string
  points: number
  /** expected */
  minutes: number
  stimulus: string | null
  isAnchor: boolean
  /** 0–1, of the fixed forms of the domain and grade */
  exposure: number
  /** null: not measured on the scale of this form */
  measured: Measured | null
}

/** How an item measures, in logits of the base of its scale, and the way from those to points. */
export interface Measured {
  item: KnownItem
  reporting: { stretch: number; shift: number }
}

/** A row as the database gives it. */
export interface BankRow {
  id: string
  code: string
  state: string
  grade: number
  strand: string
  process: string
  points: number
  interactions: string[]
  stimulus: string | null
  isAnchor: boolean
  forms: number
  measured:
    | (Omit<KnownItem, 'id' | 'scores'> & { scale: Pick<Scale, 'name' | 'reporting'>; round: string })
    | null
}

/** Information is told per 100 points of the scale, squared: its unit does not depend on the logits of a round. */
export const UNIT = 100

/**
 * What the bank offers for a form.
 *
 * @param scale  name of the scale cuts are points of; items that were measured on another one count as not measured
 * @param forms  how many fixed forms there are
 */
export function offerOf(rows: readonly BankRow[], scale: string | null, forms: number): OfferedItem[] {
  return rows.map(({ interactions, forms: own, measured, ...row }) => ({
    ...row,
    minutes: minutesOf(interactions, row.points),
    exposure: forms === 0 ? 0 : Math.min(1, own / forms),
    measured: measured && measured.scale.name === scale ? measuredOf(row, measured) : null,
  }))
}

/** Parameters are of scores 0, 1, 2 …; where some score was never given, they say too little to be counted. */
function measuredOf(
  { code, points }: Pick<BankRow, 'code' | 'points'>,
  { scale, model, slope, intercepts, guessing }: NonNullable<BankRow['measured']>,
): Measured | null {
  if (intercepts.length !== points || !(slope > 0)) return null
  const scores = Array.from({ length: points + 1 }, (_, score) => score)
  return { item: { id: code, model, scores, slope, intercepts, guessing }, reporting: scale.reporting }
}

/** The scale most of the items are on, where no standard says which one counts; null: none was measured. */
export function usualScale(rows: readonly BankRow[]): string | null {
  const names = rows.flatMap(({ measured }) => (measured ? [measured.scale.name] : []))
  const [most] = [...Map.groupBy(names, (name) => name)].sort(
    (a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  )
  return most?.[0] ?? null
}

/**
 * Information of an item at points of the scale, per (100 points)²; 0 for one that was not measured.
 *
 * @param at  points
 */
export function informationAt(measured: Measured | null, at: readonly number[]): number[] {
  if (!measured) return at.map(() => 0)
  const { stretch, shift } = measured.reporting
  const { information } = testInformation(
    [measured.item],
    at.map((point) => (point - shift) / stretch),
  )
  return Array.from(information, (own) => own * (UNIT / stretch) ** 2)
}

/** Standard error that so much information leaves, points; null: there is none. */
export const errorOf = (information: number) => (information > 0 ? UNIT / Math.sqrt(information) : null)

/** As the programme sees what is offered. */
export function candidatesOf(offer: readonly OfferedItem[], cuts: readonly number[]): Candidate[] {
  return offer.map(({ code, strand, process, points, minutes, stimulus, isAnchor, exposure, measured }) => ({
    code,
    strand,
    process,
    points,
    minutes,
    information: informationAt(measured, cuts),
    isAnchor,
    exposure,
    stimulus: stimulus ?? undefined,
  }))
}
