import { toCsv } from '#http/csv.ts'
import { absenceSymbol, absenceWords } from '#terms/cell.ts'
import type { Locale } from '#terms/locale.ts'
import type { ToldSeries } from './told.ts'

/** Column names are the same in both languages: a program reads them. An absent figure shows its symbol, never a gap. */
const header = [
  'indicator',
  'level',
  'code',
  'name',
  'subject',
  'borders',
  'school_year',
  'n',
  'value',
  'se',
  'low',
  'high',
  'absent',
  'why',
  'break',
  'change',
  'change_low',
  'change_high',
  'verdict',
  'pooled_since',
  'pooled',
  'pooled_low',
  'pooled_high',
  'release',
]

/** A series as CSV, one row a year, with dots for decimals. */
export function seriesCsv(
  { unit, indicator, subject, borders, points, dataVersion }: ToldSeries,
  locale: Locale,
): string {
  const rows = points.map(({ schoolYear, cell, breaks, change, pooled }) => {
    const symbol = cell.absent ? absenceSymbol[cell.absent] : null
    return [
      indicator,
      unit.level,
      unit.code,
      unit.name[locale],
      subject,
      borders,
      schoolYear,
      symbol ?? cell.n,
      symbol ?? cell.value,
      symbol ?? cell.se,
      symbol ?? cell.low,
      symbol ?? cell.high,
      cell.absent,
      cell.absent && absenceWords[cell.absent][locale],
      breaks.join(' '),
      change?.difference ?? null,
      change?.low ?? null,
      change?.high ?? null,
      change?.verdict ?? null,
      pooled?.since ?? null,
      pooled?.value ?? null,
      pooled?.low ?? null,
      pooled?.high ?? null,
      dataVersion.release,
    ]
  })
  return toCsv(header, rows)
}
