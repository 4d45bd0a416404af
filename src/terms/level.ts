import { z } from 'zod'

/** Levels at which cells exist, from the whole to the part. Class level arrives with class registers. */
export const Level = z.enum(['state', 'region', 'municipality', 'school'])
export type Level = z.infer<typeof Level>

export const TerritoryKind = z.enum(['state', 'region', 'municipality'])
export type TerritoryKind = z.infer<typeof TerritoryKind>
