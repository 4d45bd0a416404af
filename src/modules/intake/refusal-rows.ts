import type { Locale } from '#terms/locale.ts'
import type { Refusal } from './model.ts'

const heads = {
  lv: ['rinda', 'aile', 'vērtība', 'noteikums', 'kas nav kārtībā'],
  en: ['line', 'column', 'value', 'rule', 'what is wrong'],
} satisfies Record<Locale, string[]>

/** Refusals as lines of a table, for files. */
export function refusalRows(
  refusals: readonly Refusal[],
  locale: Locale,
): { header: string[]; rows: (string | number | null)[][] } {
  return {
    header: heads[locale],
    rows: refusals.map(({ line, column, value, rule, message }) => [
      line,
      column,
      value,
      rule,
      message[locale],
    ]),
  }
}
