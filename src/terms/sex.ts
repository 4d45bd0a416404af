import { z } from 'zod'

/** Sex as the registers record it. `unknown` where the source does not say. */
export const Sex = z.enum(['female', 'male', 'unknown'])
export type Sex = z.infer<typeof Sex>
