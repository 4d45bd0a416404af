import { dayLabel, instantLabel } from '#terms/day.ts'
import type { Locale } from '#terms/locale.ts'
import { schoolYearLabel } from '#terms/school-year.ts'

// Between thousands, and between a number and its unit. In Source Sans it is a fifth of an em wide, which is a thin
// space; the narrow no-break space U+202F is half that and cannot be seen in running text.
const NBSP = '\u00a0'
const MINUS = '\u2212'

/** How numbers, days and years are written in one language. A share comes in as 0–1 and is shown per cent. */
export interface Formats {
  /** People or things: „31 022”. */
  count: (n: number) => string
  /** A number with fixed decimals and a real minus: „−0,8”. */
  number: (x: number, decimals?: number) => string
  /** The same with its sign always shown, for differences: „+2,5”, „0,0”. */
  signed: (x: number, decimals?: number) => string
  /** 0.521 → „52 %” or, with one decimal, „52,1 %”. */
  share: (x: number, decimals?: number) => string
  year: (year: number) => string
  /** The same without the words, for an axis: „2025./2026.”. */
  shortYear: (year: number) => string
  day: (day: string) => string
  /** Day and time in Latvia of an ISO instant. */
  instant: (iso: string) => string
  /** Only the day in Latvia of an ISO instant. */
  dayOfInstant: (iso: string) => string
}

function formatsOf(locale: Locale): Formats {
  const tag = locale === 'lv' ? 'lv' : 'en-GB'
  const byDecimals = [0, 1, 2, 3, 4].map(
    (decimals) =>
      new Intl.NumberFormat(tag, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
  )
  const number = (x: number, decimals = 0) => {
    if (!Number.isFinite(x)) throw new RangeError(`a number to be shown must be finite, got ${x}`)
    const text = byDecimals[decimals]!.format(Math.abs(x))
    const rounded = Number(Math.abs(x).toFixed(decimals))
    return x < 0 && rounded !== 0 ? MINUS + text : text
  }
  return {
    count: (n) => number(n, 0),
    number,
    signed: (x, decimals = 0) =>
      Number(x.toFixed(decimals)) > 0 ? `+${number(x, decimals)}` : number(x, decimals),
    share: (x, decimals = 0) => `${number(100 * x, decimals)}${locale === 'lv' ? NBSP : ''}%`,
    year: (year) => schoolYearLabel(year, locale).replaceAll(' ', NBSP),
    shortYear: (year) => schoolYearLabel(year, locale).replace(' m. g.', ''),
    day: (day) => dayLabel(day, locale),
    instant: (iso) => instantLabel(new Date(iso), locale),
    dayOfInstant: (iso) => instantLabel(new Date(iso), locale).replace(/ \S+$/, ''),
  }
}

export const formats: Record<Locale, Formats> = { lv: formatsOf('lv'), en: formatsOf('en') }
