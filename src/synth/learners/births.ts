/**
 * Live births in Latvia by year, in thousands (Central Statistical Bureau; the last two are our own guess). They make the waves that
 * the registers show: many learners born in 2007 and 2015, few in 1999 and from 2020 on.
 */
const thousands: Record<number, number> = {
  ...{ 1995: 21.6, 1996: 19.8, 1997: 18.8, 1998: 18.4, 1999: 19.4, 2000: 20.2, 2001: 19.7, 2002: 20.0 },
  ...{ 2003: 21.0, 2004: 20.3, 2005: 21.5, 2006: 22.3, 2007: 23.3, 2008: 23.8, 2009: 21.7, 2010: 19.2 },
  ...{ 2011: 18.8, 2012: 19.9, 2013: 20.6, 2014: 21.7, 2015: 22.0, 2016: 22.0, 2017: 20.8, 2018: 19.3 },
  ...{ 2019: 18.8, 2020: 17.6, 2021: 17.4, 2022: 16.0, 2023: 14.5, 2024: 12.9, 2025: 12.0, 2026: 11.6 },
}

const TAUGHT = 1.01 // those who come before they are counted, less those who go before school

/** Live births of a year. @throws RangeError before 1995 and after 2026 */
export function births(year: number): number {
  const born = thousands[year]
  if (born === undefined) throw new RangeError(`births are known from 1995 to 2026, not ${year}`)
  return born * 1_000
}

/** Children born in a year who are taught in the country sooner or later. */
export function cohort(year: number): number {
  return births(year) * TAUGHT
}

/** Share of a cohort that is in preschool by the age it reaches in the calendar year in which a school year begins. */
export const inPreschoolAt: readonly number[] = [0, 0.22, 0.68, 0.88, 0.94, 0.985, 1]

/** The age in the calendar year in which basic school begins. */
export const SCHOOL_AGE = 7
