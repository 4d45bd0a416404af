import { parse } from 'csv-parse/sync'
import type { LineFault } from './model.ts'

/** A line of a file that cannot be taken over. */
export interface LineRefusal {
  /** of the file, the header is line 1; 0: the file as a whole */
  line: number
  reason: LineFault
}

/** A line as it stands in the file. */
export interface FileLine {
  line: number
  /** printed code, or null where a learner is named */
  code: string | null
  /** personal code */
  learner: string | null
  /** position in the form, or code of the item */
  place: string
  /** typed in from paper; null: scored already */
  answer: string | null
  points: string | null
}

const MOST_LINES = 2_000_000

/**
 * Reads a file of answers or points. Columns, in any order: who (`code` or `learner`), where (`position` or `item`), what (`answer` or
 * `points`). Commas or semicolons; UTF-8.
 */
export function readScoreFile(text: string): { lines: FileLine[]; refusals: LineRefusal[] } {
  const refuse = (reason: LineFault, line = 0) => ({ lines: [], refusals: [{ line, reason }] })
  let rows: string[][]
  try {
    rows = parse(text, {
      bom: true,
      delimiter: [',', ';'],
      skip_empty_lines: true,
      trim: true,
      relax_column_count: true,
    })
  } catch {
    return refuse('no_csv')
  }
  const head = (rows[0] ?? []).map((name) => name.toLowerCase())
  const column = (name: string) => (head.indexOf(name) >= 0 ? head.indexOf(name) : null)
  const [code, learner, position, item] = ['code', 'learner', 'position', 'item'].map(column)
  const [answer, points] = ['answer', 'points'].map(column)
  const one = (a: number | null | undefined, b: number | null | undefined) => (a === null) !== (b === null)
  if (!one(code, learner) || !one(position, item) || !one(answer, points)) return refuse('wrong_columns', 1)
  if (rows.length === 1) return refuse('empty_file')
  if (rows.length > MOST_LINES) return refuse('too_many_lines')
  const lines: FileLine[] = []
  const refusals: LineRefusal[] = []
  for (const [at, row] of rows.slice(1).entries()) {
    const cell = (place: number | null | undefined) => (typeof place === 'number' ? (row[place] ?? '') : null)
    const line = at + 2
    if (row.length !== head.length) refusals.push({ line, reason: 'wrong_columns' })
    else
      lines.push({
        line,
        code: cell(code),
        learner: cell(learner),
        place: (cell(position) ?? cell(item))!,
        answer: cell(answer),
        points: cell(points),
      })
  }
  return { lines, refusals }
}
