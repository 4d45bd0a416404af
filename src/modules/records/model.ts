import { z } from 'zod'
import { Words } from '#terms/locale.ts'
import { SchoolYear } from '#terms/school-year.ts'

/** What was tested, in one year: a round on its scale. */
export const Assessment = z
  .object({
    id: z.uuid(),
    code: z.string(),
    subject: z.string().describe('the series the round belongs to; the subject of cells'),
    name: Words,
    schoolYear: SchoolYear,
    scale: z.object({ name: Words, minimum: z.number(), maximum: z.number() }),
    linkedTo: z.string().nullable().describe('code of the round over whose items its scale was carried here'),
    linkError: z
      .number()
      .nullable()
      .describe('points, of its scale against the first round on it; null: not a round given here'),
    startsFrom: z.string().nullable().describe('subject of the earlier round progress is measured from'),
  })
  .meta({ id: 'Assessment' })
export type Assessment = z.infer<typeof Assessment>
