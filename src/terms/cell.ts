import { z } from 'zod'
import { Level } from './level.ts'
import type { Words } from './locale.ts'
import { SchoolYear } from './school-year.ts'

/**
 * Why a number is not there. An absent number is a value with a reason, never a gap:
 * `too_few`           fewer people than the rule for this audience and topic asks for
 * `same_for_all`      everybody in the cell has the same value, so the figure would tell it of each of them
 * `few_dominate`      a few people hold nearly all of what is added up
 * `would_reveal`      shown, it would give away a neighbour that is hidden
 * `not_public`        there is no decision to publish it at this level
 * `not_applicable`    the question does not arise here
 * `unavailable`       the source has no data
 */
export const AbsenceReason = z.enum([
  'too_few',
  'same_for_all',
  'few_dominate',
  'would_reveal',
  'not_public',
  'not_applicable',
  'unavailable',
])
export type AbsenceReason = z.infer<typeof AbsenceReason>

/** One symbol a reason, the same in every table, chart and file: c confidential, z not applicable, x unavailable. */
export const absenceSymbol: Record<AbsenceReason, 'c' | 'z' | 'x'> = {
  too_few: 'c',
  same_for_all: 'c',
  few_dominate: 'c',
  would_reveal: 'c',
  not_public: 'c',
  not_applicable: 'z',
  unavailable: 'x',
}

/** Each reason in a few words, for files, lists and the description of the API. */
export const absenceWords: Record<AbsenceReason, Words> = {
  too_few: { lv: 'pārāk maz cilvēku', en: 'too few people' },
  same_for_all: { lv: 'visiem viens un tas pats', en: 'all have the same' },
  few_dominate: { lv: 'gandrīz visu summu veido daži', en: 'a few make up nearly all of the sum' },
  would_reveal: {
    lv: 'no tā varētu aprēķināt citu aizsargātu skaitli',
    en: 'another protected number could be worked out from it',
  },
  not_public: { lv: 'nav lēmuma publicēt šajā līmenī', en: 'no decision to publish at this level' },
  not_applicable: { lv: 'neattiecas', en: 'not applicable' },
  unavailable: { lv: 'avotā nav datu', en: 'no data in the source' },
}

const meanings = AbsenceReason.options.map((reason) => `${reason}: ${absenceWords[reason].en}`).join('; ')

/** What a cell is about. `-` stands for "all": no subject, no breakdown, every category. */
export const CellKey = z.object({
  indicator: z.string().describe('code of the catalogue, e.g. ACH-05'),
  schoolYear: SchoolYear,
  level: Level,
  unitId: z.uuid().describe('territory or institution'),
  subject: z.string().describe('what was tested; - where the indicator has none'),
  breakdown: z.string().describe('- or the attribute, e.g. sex'),
  category: z.string().describe('- or its value, e.g. female'),
})
export type CellKey = z.infer<typeof CellKey>

export const Spread = z.object({
  quantiles: z
    .object({ p10: z.number(), p25: z.number(), p50: z.number(), p75: z.number(), p90: z.number() })
    .describe('type 7, unit of the indicator'),
  values: z.array(z.object({ value: z.number(), n: z.number().int() })).describe('people at each value'),
})
export type Spread = z.infer<typeof Spread>

/** A cell as people may see it: the figure with n and uncertainty, or the reason why it is absent. */
export const Cell = CellKey.extend({
  n: z.number().int().nullable().describe('people behind the figure'),
  value: z.number().nullable().describe('unit of the indicator; a share is 0–1'),
  sd: z.number().nullable().describe('standard deviation (n − 1), unit of the indicator'),
  se: z.number().nullable().describe('standard error, unit of the indicator'),
  low: z.number().nullable().describe('lower end of the 95 % interval'),
  high: z.number().nullable().describe('upper end of the 95 % interval'),
  spread: Spread.nullable().describe('distribution, for indicators that show one'),
  absent: AbsenceReason.nullable().describe(`why there is no figure; null: it is shown. ${meanings}`),
  spreadAbsent: AbsenceReason.nullable().describe(
    'why there is no distribution; null: it is shown, or there is none',
  ),
}).meta({ id: 'Cell' })
export type Cell = z.infer<typeof Cell>

/**
 * One figure compared with another. "Different" is said only when the interval of the difference excludes zero:
 * overlap of two intervals proves nothing either way.
 */
export const Difference = z
  .object({
    difference: z.number().describe('this minus the other, unit of the indicator'),
    se: z.number(),
    low: z.number(),
    high: z.number(),
    verdict: z.enum(['higher', 'lower', 'no_clear_difference']),
  })
  .meta({ id: 'Difference' })
export type Difference = z.infer<typeof Difference>
