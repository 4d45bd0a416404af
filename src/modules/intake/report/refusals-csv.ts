import { toCsv } from '#http/csv.ts'
import type { Locale } from '#terms/locale.ts'
import type { Refusal } from '../model.ts'

const heads = {
  lv: ['rinda', 'aile', 'vērtība', 'noteikums', 'kas nav kārtībā'],
  en: ['line', 'column', 'value', 'rule', 'what is wrong'],
} satisfies Record<Locale, string[]>

/** Refusals as a file for spreadsheets. */
export function refusalsCsv(refusals: readonly Refusal[], locale: Locale): string {
  return toCsv(
    heads[locale],
    refusals.map(({ line, column, value, rule, message }) => [line, column, value, rule, message[locale]]),
  )
}
