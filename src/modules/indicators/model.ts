import { z } from 'zod'
import { Level } from '#terms/level.ts'
import { Words } from '#terms/locale.ts'

/** What kind of figure an indicator is, and therefore how its cells are added up and shown. */
export const IndicatorKind = z.enum(['count', 'share', 'mean', 'gap'])
export type IndicatorKind = z.infer<typeof IndicatorKind>

/** The definition of an indicator as readers see it. */
export const Indicator = z
  .object({
    code: z.string().describe('e.g. ACH-05'),
    version: z.number().int(),
    kind: IndicatorKind,
    area: z
      .enum(['context', 'purpose.achievement', 'purpose.equity'])
      .describe('area and criterion of the framework'),
    topic: z.string().describe('which disclosure rule applies'),
    name: Words,
    short: Words.describe('for a column or an axis'),
    definition: Words.describe('one or two sentences: what, of whom, when'),
    doesNotSay: Words.describe('what the figure must not be used for'),
    unit: z.enum(['pupils', 'share', 'points', 'points_difference']),
    better: z.enum(['higher', 'lower', 'neutral']),
    of: Words.describe('the people it is about'),
    source: Words,
    levels: z.array(Level),
    breakdowns: z.array(z.string()),
    showsSpread: z.boolean().describe('cells carry a distribution'),
    derivedFrom: z
      .string()
      .nullable()
      .describe('a gap is the difference of two categories of this indicator'),
    hash: z.string().describe('SHA-256 of the definition with its SQL'),
  })
  .meta({ id: 'Indicator' })
export type Indicator = z.infer<typeof Indicator>
