import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV for people and spreadsheets: UTF-8 with BOM, commas, one header line. Text that a spreadsheet would run as
 * a formula is defused by an apostrophe; numbers stay numbers.
 */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return stringify([header as string[], ...rows.map((row) => row.map(defuse))], { bom: true })
}

/** Further rows of the same file, without header and mark, for files that are written piece by piece. */
export function csvLines(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(rows.map((row) => row.map(defuse)))
}

/**
 * What begins a formula when it begins a cell; the wide forms too, which some spreadsheets read alike. A lone sign is
 * none. Where the list separator is a semicolon (as in Latvian), a cell begins after one as well.
 */
const formula = /(^|[;\t\r\n])([=+\-@＝＋－＠].|[\t\r\n])/gsu

function defuse(value: string | number | null): string | number | null {
  return typeof value === 'string' ? value.replace(formula, "$1'$2") : value
}
