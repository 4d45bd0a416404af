import type { Locale } from '#terms/locale.ts'
import { Entity, type ImportReport, type PackageReport } from '../model.ts'
import { entityWords } from '../package/contract.ts'

const LINES = 20 // refusals printed; the portal lists up to a thousand

const words = {
  lv: {
    merged: 'Importēts.',
    unchanged: 'Nekas nav mainījies: datubāzē viss no šī faila jau bija.',
    refused: 'Fails noraidīts. Nekas no tā nav pārņemts.',
    failed: 'Imports neizdevās. Nekas no faila nav pārņemts.',
    checked: 'Pārbaudīts: kļūdu nav. Tā bija tikai pārbaude, nekas nav saglabāts.',
    running: 'Imports vēl notiek.',
    file: 'Fails',
    rows: 'Rindas',
    refusedRows: 'no tām noraidītas',
    time: 'Laiks',
    perSecond: 'rindas sekundē',
    heads: ['', 'nolasīts', 'pievienots', 'mainīts', 'atsaukts', 'bez izmaiņām', 'noraidīts'],
    line: 'rinda',
    column: 'kolonna',
    value: 'vērtība',
    more: (n: string) => `Pavisam noraidījumu: ${n}. Pilns saraksts (līdz 1000) ir importa lapā portālā.`,
  },
  en: {
    merged: 'Imported.',
    unchanged: 'Nothing has changed: the bank already held all of this file.',
    refused: 'The file was refused. Nothing of it was taken over.',
    failed: 'The import failed. Nothing of the file was taken over.',
    checked: 'Checked: no mistakes. This was a trial, nothing was kept.',
    running: 'The import is still running.',
    file: 'File',
    rows: 'Rows',
    refusedRows: 'of these refused',
    time: 'Time',
    perSecond: 'rows a second',
    heads: ['', 'read', 'added', 'changed', 'withdrawn', 'unchanged', 'refused'],
    line: 'line',
    column: 'column',
    value: 'value',
    more: (n: string) =>
      `Refusals in all: ${n}. The full list (up to 1,000) is on the page of the import in the portal.`,
  },
} satisfies Record<Locale, unknown>

/** The report as the command line prints it. */
export function importReportText(report: ImportReport | PackageReport, locale: Locale): string {
  const say = words[locale]
  const format = new Intl.NumberFormat(locale === 'lv' ? 'lv' : 'en-GB', { maximumFractionDigits: 1 })
  const n = (value: number) => format.format(value)
  const rows = `${say.rows}: ${n(report.rowsRead)}`
  const refused = report.rowsRefused > 0 ? ` (${say.refusedRows}: ${n(report.rowsRefused)})` : ''
  return [
    say[report.state],
    '',
    `${say.file}: ${report.file}${report.sha256 ? ` (SHA-256 ${report.sha256})` : ''}`,
    `${rows}${refused}`,
    `${say.time}: ${n(report.seconds)} s (${n(report.rowsPerSecond)} ${say.perSecond})`,
    ...table(report, say, locale, n),
    ...refusals(report, say, locale, n),
  ].join('\n')
}

type Say = (typeof words)['lv' | 'en']

function table(
  { counts }: Pick<ImportReport, 'counts'>,
  say: Say,
  locale: Locale,
  n: (value: number) => string,
): string[] {
  const lines = Entity.options.flatMap((entity) => {
    const found = counts[entity]
    if (!found) return []
    const { read, added, changed, withdrawn, unchanged, refused } = found
    return [[entityWords(entity)[locale], ...[read, added, changed, withdrawn, unchanged, refused].map(n)]]
  })
  if (lines.length === 0) return []
  const all = [say.heads, ...lines]
  const widths = say.heads.map((_, at) => Math.max(...all.map((line) => line[at]!.length)))
  const laidOut = all.map((line) =>
    line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
  )
  return ['', ...laidOut.map((line) => line.trimEnd())]
}

function refusals(
  report: ImportReport | PackageReport,
  say: Say,
  locale: Locale,
  n: (value: number) => string,
): string[] {
  if (report.refusals === 0) return []
  // Of a package it is said which of its files a line stands in.
  const all =
    'files' in report
      ? report.files.flatMap(({ file, refusalList }) => refusalList.map((each) => ({ ...each, file })))
      : report.refusalList.map((each) => ({ ...each, file: each.line === null ? report.file : null }))
  const shown = all.slice(0, LINES).map(({ file, line, column, rule, value, message }) => {
    const place = [
      file,
      line !== null && `${say.line} ${line}`,
      column && `${say.column} ${column}`,
      value !== null && `${say.value} ${JSON.stringify(value)}`,
    ]
    return `${place.filter(Boolean).join(', ')} [${rule}]\n  ${message[locale]}`
  })
  return ['', ...shown, ...(report.refusals > shown.length ? ['', say.more(n(report.refusals))] : [])]
}
