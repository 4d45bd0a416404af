import { z } from 'zod'

/**
 * Cells that hold a list: pieces with spaces between them, all of one shape, kept as arrays of equal length. `10 8 -` is a list of
 * numbers, `latvian:7/8/8 music:9/-/9` one of names with numbers.
 */
export interface ListShape {
  /** How a piece is written: `subject:first/second/year`. */
  pattern: string
  /** Column of the names; left out where pieces have none. Small letters, digits, dashes; no name comes twice. */
  names?: string
  /** Columns of the numbers of a piece, in order; a dash stands for one that is missing. */
  numbers: readonly ListNumbers[]
  /** How many pieces there are; any number when left out. */
  length?: number
}

export interface ListNumbers {
  column: string
  type: 'smallint' | 'double precision'
  lowest: number
  highest: number
  isOptional?: boolean
}

/** What is wrong with a list: the piece as it stands there, and what was asked for. */
export type ListFault =
  | { is: 'shape'; piece: string }
  | { is: 'repeated'; piece: string }
  | { is: 'length'; found: number; expected: number }
  | { is: 'range'; piece: string; lowest: number; highest: number }

const NAME = /^[a-z][a-z0-9-]{0,49}$/
const WHOLE = /^\d{1,6}$/
const DECIMAL = /^\d{1,9}(\.\d{1,6})?$/
/** Between the arrays of one cell on their way into the database. */
const BETWEEN = '|'

/**
 * @returns  the arrays as PostgreSQL writes them, in the order of `listColumns`, with a bar between them; or the first fault
 */
export function readList(raw: string, { names, numbers, length }: ListShape): string | ListFault {
  const pieces = raw.split(' ')
  if (length !== undefined && pieces.length !== length) {
    return { is: 'length', found: pieces.length, expected: length }
  }
  const named: string[] = []
  const arrays: string[] = numbers.map(() => '')
  for (const piece of pieces) {
    let values = piece
    if (names !== undefined) {
      const colon = piece.indexOf(':')
      const name = piece.slice(0, colon)
      if (colon < 0 || name === 'null' || !NAME.test(name)) return { is: 'shape', piece }
      if (named.includes(name)) return { is: 'repeated', piece: name }
      named.push(name)
      values = piece.slice(colon + 1)
    }
    const each = numbers.length === 1 ? [values] : values.split('/')
    if (each.length !== numbers.length) return { is: 'shape', piece }
    for (let at = 0; at < each.length; at++) {
      const fault = faultOf(each[at]!, numbers[at]!, piece)
      if (fault) return fault
      const written = each[at] === '-' ? 'NULL' : each[at]!
      arrays[at] = arrays[at] === '' ? written : `${arrays[at]},${written}`
    }
  }
  const all = names === undefined ? arrays : [named.join(','), ...arrays]
  return all.map((array) => `{${array}}`).join(BETWEEN)
}

function faultOf(written: string, wanted: ListNumbers, piece: string): ListFault | undefined {
  const { type, lowest, highest, isOptional } = wanted
  if (written === '-') return isOptional ? undefined : { is: 'shape', piece }
  if (!(type === 'smallint' ? WHOLE : DECIMAL).test(written)) return { is: 'shape', piece }
  const value = Number(written)
  return value < lowest || value > highest ? { is: 'range', piece, lowest, highest } : undefined
}

const shapes = z.registry<ListShape>()

/** Schema of a cell with such a list: text, right where `readList` finds no fault. */
export function listOf(shape: ListShape): z.ZodString {
  return z
    .string()
    .refine((raw) => typeof readList(raw, shape) === 'string')
    .register(shapes, shape)
}

/** The shape of a cell's list; undefined for a cell that holds one value. */
export function listShape(schema: z.ZodType): ListShape | undefined {
  return shapes.get(schema)
}

/** Columns a list is kept in, with their types, in order. */
export function listColumns({ names, numbers }: ListShape): { column: string; type: string }[] {
  const arrays = numbers.map(({ column, type }) => ({ column, type: `${type}[]` }))
  return names === undefined ? arrays : [{ column: names, type: 'text[]' }, ...arrays]
}

/** SQL of one of these columns, from what `readList` wrote. */
export function listSql(shape: ListShape, column: string, staged: string): string {
  const columns = listColumns(shape)
  const at = columns.findIndex((each) => each.column === column)
  return `split_part(${staged}, '${BETWEEN}', ${at + 1})::${columns[at]!.type}`
}
