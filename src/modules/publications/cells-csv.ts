import { toCsv } from '#http/csv.ts'
import { absenceSymbol, absenceWords } from '#terms/cell.ts'
import type { DataVersion } from '#terms/config.ts'
import type { Locale } from '#terms/locale.ts'
import type { ToldUnitFigure } from './told.ts'

/** Column names are the same in both languages: a program reads them. An absent figure shows its symbol, never a gap. */
const header = [
  'indicator',
  'school_year',
  'level',
  'code',
  'name',
  'subject',
  'breakdown',
  'category',
  'n',
  'value',
  'se',
  'low',
  'high',
  'absent',
  'why',
  'release',
]

/** Figures as CSV, with dots for decimals. */
export function cellsCsv(figures: readonly ToldUnitFigure[], locale: Locale, version: DataVersion): string {
  const rows = figures.map(({ unit, cell }) => {
    const symbol = cell.absent ? absenceSymbol[cell.absent] : null
    return [
      cell.indicator,
      cell.schoolYear,
      cell.level,
      unit.code,
      unit.name[locale],
      cell.subject,
      cell.breakdown,
      cell.category,
      symbol ?? cell.n,
      symbol ?? cell.value,
      symbol ?? cell.se,
      symbol ?? cell.low,
      symbol ?? cell.high,
      cell.absent,
      cell.absent && absenceWords[cell.absent][locale],
      version.release,
    ]
  })
  return toCsv(header, rows)
}
