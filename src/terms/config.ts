import { z } from 'zod'
import { PlaceName, Words } from './locale.ts'
import { SchoolYear } from './school-year.ts'

/** The pinned data a page or answer was made from. */
export const DataVersion = z
  .object({
    id: z.string().describe('changes when any figure changes; part of the ETag of every answer'),
    release: z.string().nullable().describe('number of the public release, e.g. 1.0'),
    madeAt: z.iso.datetime({ offset: true }).nullable(),
    asOfImport: z.number().int().nullable().describe('the bank as it was known after this import'),
  })
  .meta({ id: 'DataVersion' })
export type DataVersion = z.infer<typeof DataVersion>

/** What kind of data this system holds. One database holds one kind. */
export const DataKind = z.enum(['none', 'made_up', 'reference', 'real'])
export type DataKind = z.infer<typeof DataKind>

/** What a client must know before it asks anything else. */
export const Config = z
  .object({
    data: DataKind,
    dataVersion: DataVersion,
    schoolYears: z.array(SchoolYear).describe('years with figures, ascending'),
    countryId: z.uuid().nullable().describe('the state, where there is one'),
    country: PlaceName.nullable(),
    tiles: z.boolean().describe('municipalities have places in the tile map'),
    boundaries: z.boolean().describe('borders of municipalities are known'),
    rules: z.array(
      z.object({
        audience: z.string(),
        topic: z.string(),
        minimum: z.number().int().describe('fewest people behind a shown figure'),
        reason: Words,
      }),
    ),
  })
  .meta({ id: 'Config' })
export type Config = z.infer<typeof Config>
