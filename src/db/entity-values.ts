import { z } from 'zod'

/** Values that come again in the import contract. */

/** A code of some system: text, never a number. */
export const Code = z.string().min(1).max(50)
/** Several of them, with spaces between. */
export const Codes = z.string().min(1).max(500)
export const Name = z.string().min(1).max(200)
export const Flag = z.boolean()
export const Grade = z.int().min(0).max(13)
/** A school year by the year it ends. */
export const Year = z.int().min(1990).max(2100)
/** `YYYY-MM`; a day is taken too and kept as its month. */
export const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/)
