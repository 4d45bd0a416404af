import { z } from 'zod'

/** In which borders a territory's figure of an earlier year is told. */
export const Borders = z
  .enum(['then', 'today'])
  .describe('then: the territory as it was on 1 October of each school year; today: as it is today')
export type Borders = z.infer<typeof Borders>
