import { stringify } from 'csv-stringify/sync'

/**
 * Rows as CSV for people and spreadsheets: UTF-8 with BOM, commas, one header line. Text that a spreadsheet would run as
 * a formula is defused by a leading apostrophe; numbers stay numbers.
 */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return stringify([header as string[], ...rows.map((row) => row.map(defuse))], { bom: true })
}

function defuse(value: string | number | null): string | number | null {
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
}
