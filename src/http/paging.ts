import { z } from 'zod'
import { Problem } from './problem.ts'

/** A page of a list: where it starts (opaque) and how long it is. */
export const PageQuery = z.object({
  cursor: z.string().max(400).optional().describe('`next` of the page before; opaque'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
})

/** A list that goes on where `next` is not null. */
export function pageOf<Schema extends z.ZodType>(item: Schema) {
  return z.object({ items: z.array(item), next: z.string().nullable().describe('cursor of the next page') })
}

/** The place after which a page starts, as an opaque cursor. */
export function toCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** @throws Problem invalid_request if the cursor is not one of ours */
export function fromCursor<Place extends z.ZodType>(
  cursor: string | undefined,
  shape: Place,
): z.infer<Place> | null {
  if (cursor === undefined) return null
  const place = shape.safeParse(parsed(cursor))
  if (place.success) return place.data
  const fault = { lv: 'Tāda turpinājuma šim sarakstam nav.', en: 'Not a cursor of this list.' }
  throw new Problem('invalid_request', { errors: [{ field: 'cursor', fault }] })
}

function parsed(cursor: string): unknown {
  try {
    const text = Buffer.from(cursor, 'base64url').toString('utf8')
    return /\\u0000|\0/.test(text) ? null : JSON.parse(text) // PostgreSQL has no text with a NUL in it
  } catch {
    return null
  }
}
