import { type KnownItem, testInformation } from '#stats/irt/index.ts'
import type { RoundData } from './round-data.ts'

/** Where levels begin, points of the scale. */
export interface Standard {
  version: number
  scale: string
  cuts: readonly number[]
}

/** Level 1–4 of a score: a score equal to a cut reaches it. */
export const levelOf = (score: number, cuts: readonly number[]): number =>
  1 + cuts.filter((cut) => score >= cut).length

/** How far somebody came in a strand: points, and the level they are typical of. */
export interface StrandResult {
  strand: string
  points: number
  most: number
  level: number | null
}

/**
 * What a pupil did in each strand of the own form. The level says how many cuts were reached: a cut is where the points are at
 * least those expected, on the items of that strand, of somebody who just reaches it on the whole test.
 *
 * @param cuts  in logits of the items; null: no standard
 */
export function strandsOf(
  data: RoundData,
  known: readonly KnownItem[],
  forPeople: Int8Array,
  cuts: readonly number[] | null,
): (person: number) => StrandResult[] {
  const width = data.items.length
  const plans = data.forms.map(({ items }) => {
    const strands = [...new Set(items.map((at) => data.items[at]!.strand))].sort()
    return strands.map((strand) => {
      const own = items.filter((at) => data.items[at]!.strand === strand)
      const most = own.reduce((sum, at) => sum + data.items[at]!.most, 0)
      const said = own.map((at) => known[at]!).filter(({ scores }) => scores.length > 1)
      const expected = cuts && said.length > 0 ? [...testInformation(said, cuts).expectedScore] : null
      return { strand, own, most, expected }
    })
  })
  return (person) =>
    plans[data.people.form[person]!]!.map(({ strand, own, most, expected }) => {
      const points = own.reduce((sum, at) => sum + Math.max(0, forPeople[person * width + at]!), 0)
      return { strand, points, most, level: expected && levelOf(points, expected) }
    })
}
