import { z } from 'zod'

/** The languages of the portal. Latvian comes first, English is complete too. */
export const Locale = z.enum(['lv', 'en'])
export type Locale = z.infer<typeof Locale>
export const locales: readonly Locale[] = Locale.options

/** Words that come with data, in both languages. */
export const Words = z.object({ lv: z.string(), en: z.string() })
export type Words = z.infer<typeof Words>

/** Name of a place, with the Latvian cases that sentences need. A case is null where the source gives none. */
export const PlaceName = Words.extend({
  genitive: z.string().nullable().describe('Latvian genitive: „Rīgas” vidējais'),
  locative: z.string().nullable().describe('Latvian locative: „Rīgā” mācās'),
})
export type PlaceName = z.infer<typeof PlaceName>
