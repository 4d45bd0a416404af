import { z } from 'zod'

const Count = z.object({ name: z.string(), count: z.number().int() })

/** How the listed refusals of an import are spread, for choosing among them. */
export const RefusalCounts = z
  .object({
    listed: z.number().int().describe('refusals that are kept; the first 1,000'),
    rules: z.array(Count).describe('by rule, the most frequent first'),
    columns: z
      .array(Count)
      .describe('by column, the most frequent first; those of no column are not among them'),
  })
  .meta({ id: 'RefusalCounts' })
export type RefusalCounts = z.infer<typeof RefusalCounts>
