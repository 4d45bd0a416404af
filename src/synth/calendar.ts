/** Days of a school year, counted from 1 September (day 0). */
const MS = 86_400_000

const known = new Map<number, string[]>()

/** The n-th day of the school year that ends in `year`, `YYYY-MM-DD`; day 0 is 1 September of the year before. */
export function dayOfYear(year: number, n: number): string {
  let days = known.get(year)
  if (!days) {
    const first = Date.UTC(year - 1, 8, 1)
    const length = Math.round((Date.UTC(year, 8, 1) - first) / MS)
    days = Array.from({ length }, (_, at) => new Date(first + at * MS).toISOString().slice(0, 10))
    known.set(year, days)
  }
  return days[Math.min(n, days.length - 1)]!
}

/** Number of a day within its school year. */
export function numberOfDay(year: number, day: string): number {
  return Math.round((Date.parse(day) - Date.UTC(year - 1, 8, 1)) / MS)
}

const FIRST_YEAR = 1900

/** The unit in which births are kept: months since January 1900. */
export function monthOf(year: number, month: number): number {
  return (year - FIRST_YEAR) * 12 + month - 1
}

/** The calendar year of a month. */
export function yearOfMonth(months: number): number {
  return FIRST_YEAR + Math.floor(months / 12)
}

/** A month as it is written, `YYYY-MM`. */
export function monthText(months: number): string {
  return `${yearOfMonth(months)}-${String((months % 12) + 1).padStart(2, '0')}`
}
