import { CsvError, parse } from 'csv-parse/sync'
import { Day } from '#terms/day.ts'

/** One line of a file of tiles, as far as the line itself can be checked. */
export interface TileLine {
  /** of the file; the header is line 1 */
  line: number
  /** ATVK code; empty for a territory that no longer has one: then the name finds it */
  code: string
  name: string
  short: string
  column: number
  row: number
  /** first day on the map; null: since ever */
  from: Day | null
  /** last day on the map; null: until further notice */
  to: Day | null
}

/** A tile map that cannot be taken over, with everything that is wrong, each with its line. */
export class TilesRefused extends Error {
  constructor(faults: readonly string[]) {
    super(`The tile map was not taken over:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'TilesRefused'
  }
}

const required = ['atvk', 'short', 'col', 'row'] as const
const MOST_PLACES = 40 // columns and rows of the grid
const LONGEST = 6 // letters in a square

/**
 * Reads a file of tiles: CSV in UTF-8 with a header. `atvk`, `short`, `col` and `row` must be there; `name`, `valid_from` and `valid_to`
 * (first and last day, YYYY-MM-DD) may; other columns are left alone.
 *
 * @throws TilesRefused naming every line that is wrong
 */
export function readTiles(content: string): TileLine[] {
  const { header, records } = split(content)
  const missing = required.filter((name) => !header.includes(name))
  if (missing.length > 0) throw new TilesRefused([`line 1: there is no column ${missing.join(', ')}`])
  const faults: string[] = []
  const lines = records.map(({ line, values }) => {
    const value = (name: string) => values[header.indexOf(name)]?.trim() ?? ''
    const wrong = (what: string) => faults.push(`line ${line}: ${what}`)
    const place = (name: 'col' | 'row') => {
      const isPlace = /^\d{1,2}$/.test(value(name)) && Number(value(name)) < MOST_PLACES
      if (!isPlace) {
        wrong(
          `${name} must be a whole number from 0 to ${MOST_PLACES - 1}, not ${JSON.stringify(value(name))}`,
        )
      }
      return Number(value(name))
    }
    const day = (name: string) => {
      if (value(name) === '') return null
      if (!Day.safeParse(value(name)).success) {
        wrong(`${name} must be a day YYYY-MM-DD, not ${JSON.stringify(value(name))}`)
      }
      return value(name)
    }
    const tile: TileLine = {
      line,
      code: value('atvk'),
      name: value('name'),
      short: value('short'),
      column: place('col'),
      row: place('row'),
      from: day('valid_from'),
      to: day('valid_to'),
    }
    if (tile.code === '' && tile.name === '') wrong('atvk and name are both empty')
    if (tile.short === '' || [...tile.short].length > LONGEST) {
      wrong(`short must have 1 to ${LONGEST} letters, not ${JSON.stringify(tile.short)}`)
    }
    if (tile.from !== null && tile.to !== null && tile.to < tile.from)
      wrong('valid_to lies before valid_from')
    return tile
  })
  if (lines.length === 0) faults.push('the file has no lines')
  if (faults.length === 0) faults.push(...takenTwice(lines))
  if (faults.length > 0) throw new TilesRefused(faults)
  return lines
}

function split(content: string): { header: string[]; records: { line: number; values: string[] }[] } {
  try {
    const [first, ...rest] = parse(content, {
      bom: true,
      info: true,
      relax_column_count_less: true,
      skip_empty_lines: true,
    }) as unknown as { info: { lines: number }; record: string[] }[]
    return {
      header: first?.record.map((name) => name.trim()) ?? [],
      records: rest.map(({ info, record }) => ({ line: info.lines, values: record })),
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new TilesRefused([`it is no CSV file: ${error.message}`])
  }
}

/** Two lines that at some time claim the same square, the same territory or the same letters. */
function takenTwice(lines: readonly TileLine[]): string[] {
  return lines.flatMap((tile, index) =>
    lines.slice(0, index).flatMap((earlier) => {
      if (!overlap(tile, earlier)) return []
      const both = `line ${tile.line}: as line ${earlier.line}`
      if (tile.code !== '' && tile.code === earlier.code) return [`${both}, the territory ${tile.code}`]
      if (tile.column === earlier.column && tile.row === earlier.row) {
        return [`${both}, the square at column ${tile.column}, row ${tile.row}`]
      }
      return tile.short === earlier.short ? [`${both}, the letters ${tile.short}`] : []
    }),
  )
}

/** Whether two lines hold at the same time, be it a day. */
export function overlap(a: TileLine, b: TileLine): boolean {
  return (
    (a.to === null || b.from === null || b.from <= a.to) &&
    (b.to === null || a.from === null || a.from <= b.to)
  )
}
