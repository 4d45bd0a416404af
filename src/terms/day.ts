import { z } from 'zod'
import type { Locale } from './locale.ts'

/** A calendar day in Latvia, `YYYY-MM-DD`. Instants become days here and nowhere else. */
export const Day = z.iso.date()
export type Day = z.infer<typeof Day>

const inRiga = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Riga',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

const timeInRiga = {
  lv: new Intl.DateTimeFormat('lv', { timeZone: 'Europe/Riga', hour: '2-digit', minute: '2-digit' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Riga', hour: '2-digit', minute: '2-digit' }),
}

/** The day in Latvia at an instant. */
export function dayOf(instant: Date): Day {
  return inRiga.format(instant)
}

/** „22.11.2026.” in Latvian, “22 November 2026” in English. */
export function dayLabel(day: Day, locale: Locale): string {
  const [year, month, date] = day.split('-') as [string, string, string]
  if (locale === 'lv') return `${date}.${month}.${year}.`
  return `${Number(date)} ${englishMonths[Number(month) - 1]} ${year}`
}

/** Day and time in Latvia, to the minute. */
export function instantLabel(instant: Date, locale: Locale): string {
  return `${dayLabel(dayOf(instant), locale)} ${timeInRiga[locale].format(instant)}`
}

const englishMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
