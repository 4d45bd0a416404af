import { z } from 'zod'
import { Words } from '#terms/locale.ts'

/** What can be found. Places come from the register, the rest are texts of this system. Nobody is ever found by name. */
export const FoundKind = z.enum([
  'state',
  'region',
  'municipality',
  'institution',
  'indicator',
  'term',
  'page',
  'rule',
  'release',
])
export type FoundKind = z.infer<typeof FoundKind>

/** One thing that was found. */
export const Found = z
  .object({
    kind: FoundKind,
    id: z
      .string()
      .describe(
        'of a place its id; else its code, number or topic; of a term or page the part of its address',
      ),
    name: Words,
    within: Words.nullable().describe('the territory a place lies in, or the page that a part belongs to'),
    excerpt: Words.nullable().describe('the sentence that answers best; null for a place'),
    address: Words.describe('of its page in the portal, by language'),
    matched: z
      .array(z.string())
      .describe('the words of name and excerpt that were meant, in small letters without marks'),
  })
  .meta({ id: 'Found' })
export type Found = z.infer<typeof Found>

/** Something to be found, before it is read word by word. */
export interface Findable extends Omit<Found, 'excerpt' | 'matched'> {
  /** other names: a short one, a code, the cases that a sentence needs */
  alsoCalled: readonly string[]
  /** what it says, sentence by sentence; empty for a place */
  says: Words
}
