import { SchoolYear } from '#terms/school-year.ts'
import { notFound } from './read.ts'

/** The school year in an address; null where there is none, which means the latest. Anything but a year is not found. */
export function yearFrom(step: string | undefined): number | null {
  if (step === undefined) return null
  const year = /^\d{4}$/.test(step) ? SchoolYear.safeParse(step) : null
  if (!year?.success) throw notFound()
  return year.data
}
