import type { Source } from '../mapping/mapping.ts'
import type { Detail, Rule } from '../rules.ts'

/** Limits a mapping may add to those of the field. */
export type Limits = Partial<Extract<Source, { column: string }>>

/** Why a text is not such a value. */
export class Fault {
  readonly rule: Rule
  readonly detail: Detail
  constructor(rule: Rule, detail: Detail = {}) {
    this.rule = rule
    this.detail = detail
  }
}

/** What a value must be: trimmed text that is not empty → value, or the fault of it. */
export type Kind<T> = (raw: string, limits: Limits) => T | Fault

// Control characters, and those that turn the direction of what follows: neither can be seen by who checks a name.
const INVISIBLE = /[\p{Cc}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u
const ASCII = /^[\x20-\x7E]*$/

/** Words, composed (NFC) so that equal names are equal. At most `longest` characters. */
export function text(longest: number): Kind<string> {
  return (raw, { maximumLength = longest }) => {
    const words = ASCII.test(raw) ? raw : raw.normalize('NFC')
    const limit = Math.min(longest, maximumLength)
    if (words.length > limit) return new Fault('value.too_long', { length: words.length, limit })
    return words
  }
}

/** Points, shares: digits with one decimal sign, no exponent, no thousands separator. */
export function number(lowest: number, highest: number): Kind<number> {
  return (raw, limits) => {
    const decimal = limits.decimal ?? 'point'
    const shape = decimal === 'comma' ? /^-?\d{1,15}(,\d{1,15})?$/ : /^-?\d{1,15}(\.\d{1,15})?$/
    if (!shape.test(raw)) return new Fault('value.not_a_number', { decimal })
    return inRange(Number(raw.replace(',', '.')), lowest, highest, limits)
  }
}

export function integer(lowest: number, highest: number): Kind<number> {
  return (raw, limits) => {
    if (!/^-?\d{1,15}$/.test(raw)) return new Fault('value.not_an_integer')
    return inRange(Number(raw), lowest, highest, limits)
  }
}

function inRange(value: number, lowest: number, highest: number, limits: Limits): number | Fault {
  const minimum = Math.max(lowest, limits.minimum ?? lowest)
  const maximum = Math.min(highest, limits.maximum ?? highest)
  return value >= minimum && value <= maximum ? value : new Fault('value.out_of_range', { minimum, maximum })
}

export function oneOf<Name extends string>(names: readonly Name[]): Kind<Name> {
  return (raw) =>
    names.find((name) => name === raw) ?? new Fault('value.not_allowed', { allowed: names.join(', ') })
}

/** A day of the calendar, counted from 1 January 2000 (day 0): no time zone can move it. */
export const day: Kind<number> = (raw, { days = 'YYYY-MM-DD' }) => {
  const found =
    days === 'YYYY-MM-DD' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(raw) : /^(\d{2})\.(\d{2})\.(\d{4})\.?$/.exec(raw)
  const [year, month, date] = (days === 'YYYY-MM-DD' ? found?.slice(1) : found?.slice(1).reverse()) ?? []
  const number = found ? dayNumber(Number(year), Number(month), Number(date)) : undefined
  return number ?? new Fault('value.not_a_day', { written: days })
}

/** First day of a month `YYYY-MM`. */
export const month: Kind<number> = (raw) => {
  const found = /^(\d{4})-(\d{2})$/.exec(raw)
  const number = found ? dayNumber(Number(found[1]), Number(found[2]), 1) : undefined
  return number ?? new Fault('value.not_a_month')
}

/** First day of the month that lies `raw` months before `from` (`YYYY-MM`). */
export function monthBefore(from: string): Kind<number> {
  const [year, at] = from.split('-').map(Number) as [number, number]
  return (raw, limits) => {
    const months = integer(-2400, 2400)(raw, limits)
    if (months instanceof Fault) return months
    const moved = year * 12 + (at - 1) - months
    return dayNumber(Math.floor(moved / 12), (moved % 12) + 1, 1)!
  }
}

const MS = 86_400_000
const EPOCH = Date.UTC(2000, 0, 1) / MS

/** Days since 1 January 2000; undefined when the calendar has no such day. Years 1900–2199. */
export function dayNumber(year: number, month: number, date: number): number | undefined {
  const instant = new Date(Date.UTC(year, month - 1, date))
  const exists = instant.getUTCMonth() === month - 1 && instant.getUTCDate() === date
  return exists && year >= 1900 && year < 2200 ? instant.getTime() / MS - EPOCH : undefined
}

/** `YYYY-MM-DD` of such a number. */
export function dayText(number: number): string {
  return new Date((number + EPOCH) * MS).toISOString().slice(0, 10)
}

export function isInvisible(raw: string): boolean {
  return !ASCII.test(raw) && INVISIBLE.test(raw)
}

/** A value to be kept: a piece cut from a text keeps the whole text in memory. */
export function ownCopy(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8')
}
