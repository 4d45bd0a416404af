import { z } from 'zod'
import type { Borders } from '#terms/borders.ts'
import { Area } from '#terms/criteria.ts'
import { Day } from '#terms/day.ts'
import { Level } from '#terms/level.ts'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** What kind of figure an indicator is, and therefore how its cells are added up and shown. */
export const IndicatorKind = z.enum(['count', 'share', 'mean', 'ratio', 'gap'])
export type IndicatorKind = z.infer<typeof IndicatorKind>

/**
 * What a figure is measured in. `percentile`: a place among a hundred, 1–99; `per_100`: so many to a hundred; `ratio`: so many to one; `eur_per_pupil` and `m2` (square
 * metres to a pupil) are ratios too.
 */
export const IndicatorUnit = z.enum([
  'pupils',
  'share',
  'points',
  'points_difference',
  'percentile',
  'ratio',
  'per_100',
  'eur',
  'eur_per_pupil',
  'm2',
  'lessons',
  'minutes',
  'kilometres',
  'years',
  'courses',
  'people',
])
export type IndicatorUnit = z.infer<typeof IndicatorUnit>

/** The definition of an indicator as readers see it. */
export const Indicator = z
  .object({
    code: z.string().describe('e.g. ACH-05'),
    version: z.number().int(),
    kind: IndicatorKind,
    area: Area.describe('area and criterion of the framework; context: beside it'),
    topic: z.string().describe('which disclosure rule applies'),
    name: Words,
    short: Words.describe('for a column or an axis'),
    definition: Words.describe('one or two sentences: what, of whom, when'),
    doesNotSay: Words.describe('what the figure must not be used for'),
    unit: IndicatorUnit,
    better: z.enum(['higher', 'lower', 'neutral']),
    of: Words.describe('the people it is about'),
    people: z
      .string()
      .optional()
      .describe('indicators with the same word count the same people; left out: nobody else counts them'),
    ofPeople: z
      .boolean()
      .optional()
      .describe('false: a ratio of amounts with nobody behind it, so that its n is null; left out: true'),
    isSigned: z
      .boolean()
      .optional()
      .describe(
        'true: a figure may be below zero in a unit that otherwise has no such number; left out: false',
      ),
    source: Words,
    owner: Words.optional().describe('who answers for the definition'),
    levels: z.array(Level),
    breakdowns: z.array(z.string()),
    showsSpread: z.boolean().describe('cells carry a distribution'),
    derivedFrom: z
      .string()
      .nullable()
      .describe('a gap is the difference of two categories of this indicator'),
    between: z
      .object({ breakdown: z.string(), first: z.string(), second: z.string() })
      .nullable()
      .describe('a gap is the first category minus the second'),
    linkages: z
      .array(z.string())
      .optional()
      .describe('data that came for different purposes and are joined for it (GET /processing)'),
    switchedOff: z
      .object({ linkage: Words, reason: z.string().nullable().describe('null: off as delivered') })
      .nullable()
      .optional()
      .describe('it is not computed now: a linkage it needs is off'),
    breakdownsOff: z
      .array(z.object({ breakdown: z.string(), linkage: Words, reason: z.string().nullable() }))
      .optional()
      .describe(
        'breakdowns that have no figures now: the linkage they need is off; reason null: off as delivered',
      ),
    hash: z.string().describe('SHA-256 of the definition with its SQL'),
  })
  .meta({ id: 'Indicator' })
export type Indicator = z.infer<typeof Indicator>

const TargetLevel = z.enum(['state', 'region', 'municipality'])

/** What is aimed at, from a day on. Never of a single school. */
export const Target = z
  .object({
    indicator: z.string(),
    subject: z.string(),
    level: TargetLevel,
    unit: z.uuid().nullable().describe('null: every unit of the level'),
    value: z.number().describe('unit of the indicator; a share is 0–1'),
    from: Day,
    until: Day.nullable().describe('last day; null: no end is set'),
    source: Words.describe('the document that sets it'),
  })
  .meta({ id: 'Target' })
export type Target = z.infer<typeof Target>

/** From which school year on a series cannot be compared with the years before. */
export const SeriesBreak = z
  .object({
    indicator: z.string(),
    subject: z.string().describe('-: all subjects'),
    schoolYear: SchoolYear.describe('the first one that is different'),
    words: Words,
  })
  .meta({ id: 'SeriesBreak' })
export type SeriesBreak = z.infer<typeof SeriesBreak>

const code = z.string().regex(/^[A-Z]{3}-\d\d$/, 'a code of the catalogue, e.g. ACH-05')
const said = z.object({ lv: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) })

/** A target that was decided on. */
export const NewTarget = z.object({
  indicator: code,
  subject: z.string().min(1).max(100),
  level: TargetLevel,
  unitCode: z.string().nullable().describe('code of the territory; null: every unit of the level'),
  value: z.number(),
  from: Day,
  until: Day.nullable(),
  source: said,
})
export type NewTarget = z.infer<typeof NewTarget>

export const NewSeriesBreak = z.object({
  indicator: code,
  subject: z.string().min(1).max(100),
  schoolYear: SchoolYear,
  words: said,
})
export type NewSeriesBreak = z.infer<typeof NewSeriesBreak>

/**
 * A cell of a cube: what adds up exactly and what mean, spread and error are derived from. Internal ids; nothing of
 * this shape leaves the system.
 */
export interface CubeCell {
  indicator: string
  version: number
  schoolYear: number
  level: Level
  unitId: number
  subject: string
  breakdown: string
  category: string
  /** 'both' where the territory is made of the same institutions in the borders of its time and of today */
  borders: 'both' | Borders
  /** people */
  n: number
  /** sum of the value; number of hits in a share; null in a count */
  sumY: number | null
  sumYY: number | null
  /** distinct values, ascending, where quantiles are shown */
  values: number[] | null
  /** people at each value */
  counts: number[] | null
  /** of a mean: the sum of the value under each plausible value, of which sumY is the mean; null: values are known without */
  plausible?: readonly number[] | null
  /** of a ratio: the rows added up, and the sums of what y is divided by, of its square, and of the products with y */
  facts: number | null
  sumW: number | null
  sumWW: number | null
  sumWY: number | null
}

/** A figure walked back to the files and lines it was made from. */
export const TraceAnswer = z
  .object({
    indicator: z.string(),
    version: z.number().int(),
    formula: z.string().describe('SHA-256 of the formula'),
    part: z
      .object({ hash: z.string(), madeAt: z.iso.datetime({ offset: true }), cells: z.number().int() })
      .nullable()
      .describe('the part of the cube that holds the cell, by the hash of its content'),
    asOfImport: z.number().int().describe('the bank as it was known after this import'),
    files: z.array(
      z.object({
        import: z.uuid(),
        file: z.string(),
        sha256: z.string().nullable(),
        lines: z.number().int().describe('lines of this file behind the figure of the whole unit'),
      }),
    ),
    lines: z.array(z.object({ file: z.string(), line: z.number().int() })).describe('the first 200'),
  })
  .meta({ id: 'Trace' })
export type TraceAnswer = z.infer<typeof TraceAnswer>
