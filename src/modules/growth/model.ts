import { z } from 'zod'
import { PlaceName } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

export const GrowthDomain = z.enum(['reading', 'numeracy', 'science'])
export type GrowthDomain = z.infer<typeof GrowthDomain>

/** Quantiles over the schools of the country with at least ten pupils behind their figure; of no school by itself. */
export const SchoolSpread = z
  .object({
    schools: z.number().int(),
    p10: z.number(),
    p25: z.number(),
    p50: z.number(),
    p75: z.number(),
    p90: z.number(),
  })
  .meta({ id: 'SchoolSpread' })
export type SchoolSpread = z.infer<typeof SchoolSpread>

/** What a run says of the country. */
export interface GrowthSummary {
  /** variance between schools of the same starting points and within them, squared points; null: no model could be fitted */
  between: number | null
  within: number | null
  schools: Record<'percentile' | 'valueAdded' | 'valueAddedB', SchoolSpread | null>
  warnings: string[]
}

const Estimate = z.object({
  value: z.number(),
  low: z.number().describe('lower end of the 95 % interval'),
  high: z.number().describe('upper end of the 95 % interval'),
})

/** Growth of the pupils of one school in one domain, from grade 3 to grade 6. */
export const GrowthFigure = z
  .object({
    domain: GrowthDomain,
    schoolYear: SchoolYear.describe('of the later test'),
    fromYear: SchoolYear.describe('of the earlier test'),
    pupils: z.number().int().describe('with both results, of this year'),
    years: z.number().int().describe('years behind the figures: 3 where one has fewer than 20 pupils'),
    pooled: z.number().int().describe('pupils behind the figures'),
    stayed: z.number().int().describe('of them, took both tests in this school'),
    status: z.enum(['preliminary', 'official']),
    absent: z.enum(['too_few']).nullable().describe('too_few: fewer than ten pupils in three years'),
    percentile: Estimate.nullable().describe(
      'mean growth percentile, drawn towards the mean of schools: of a hundred pupils who started level, how many these outgrew',
    ),
    valueAdded: Estimate.nullable().describe(
      'points above (+) or below (−) pupils elsewhere who started level, company of the school included',
    ),
    valueAddedB: Estimate.nullable().describe(
      'the same with the mean start of the school taken into account',
    ),
    verdict: z
      .enum(['higher', 'lower', 'no_clear_difference'])
      .nullable()
      .describe('of value added against schools elsewhere: clear only where the interval leaves zero out'),
    elsewhere: SchoolSpread.nullable().describe('value added of all schools'),
  })
  .meta({ id: 'GrowthFigure' })
export type GrowthFigure = z.infer<typeof GrowthFigure>

export const SchoolGrowth = z
  .object({
    school: z.object({ id: z.uuid(), name: PlaceName }),
    knownFrom: z
      .array(z.object({ domain: GrowthDomain, schoolYear: SchoolYear }))
      .describe('when growth can be known first: three years after the first test of grade 3'),
    figures: z.array(GrowthFigure).describe('the latest year first, then by domain'),
  })
  .meta({ id: 'SchoolGrowth' })
export type SchoolGrowth = z.infer<typeof SchoolGrowth>
