import { z } from 'zod'
import type { Locale } from './locale.ts'

/** A school year, named by the year it ends: 2026 is 1 September 2025 – 31 August 2026. */
export const SchoolYear = z.coerce
  .number()
  .int()
  .min(1990)
  .max(2100)
  .describe('School year by the year it ends: 2026 is 2025/26')
export type SchoolYear = z.infer<typeof SchoolYear>

/** How people write it: „2025./2026. m. g.” in Latvian, “2025/26” in English. */
export function schoolYearLabel(year: SchoolYear, locale: Locale): string {
  return locale === 'lv'
    ? `${year - 1}./${year}. m. g.`
    : `${year - 1}/${String(year % 100).padStart(2, '0')}`
}

/** First day, and the day after the last: [1 September, 1 September). Days are `YYYY-MM-DD`. */
export function schoolYearDays(year: SchoolYear): { from: string; to: string } {
  return { from: `${year - 1}-09-01`, to: `${year}-09-01` }
}

/** The day that decides where everybody is counted: 1 October. */
export function dayOfPlaces(year: SchoolYear): string {
  return `${year - 1}-10-01`
}

/** The first school year whose day of counting is not before a day: what is so on 1 October 2025 holds for 2026. */
export function schoolYearOfPlaces(day: string): SchoolYear {
  const year = Number(day.slice(0, 4))
  return day <= dayOfPlaces(year + 1) ? year + 1 : year + 2
}

/** The school year a day belongs to. 31 August 2026 → 2026, 1 September 2026 → 2027. */
export function schoolYearOfDay(day: string): SchoolYear {
  const [year, month] = day.split('-').map(Number)
  if (!year || !month) throw new RangeError(`schoolYearOfDay requires a day YYYY-MM-DD, got ${day}`)
  return month >= 9 ? year + 1 : year
}
