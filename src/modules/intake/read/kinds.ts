import { z } from 'zod'
import { type ListFault, type ListShape, listShape, readList } from '#db/entity-lists.ts'
import { Month } from '#db/entity-values.ts'
import { day, dayText, Fault, integer, type Kind, month, number, oneOf, text } from './values.ts'

/** Types of staging tables that values of a file come in. */
export type Staged = 'text' | 'int4' | 'int8' | 'float8' | 'date' | 'bool' | 'bytea'

const LARGEST = 1e15

/**
 * How values of a zod schema are read from text. Compiled once per column: a schema parsed for every value would be ten times as
 * slow, and could not tell the rule that was broken.
 *
 * @throws  TypeError for a schema no column of the contract has
 */
export function kindOf(schema: z.ZodType): { kind: Kind<number | string | boolean>; staged: Staged } {
  if (schema === Month) return { kind: monthOrDay, staged: 'date' }
  const shape = listShape(schema)
  if (shape) return { kind: list(shape), staged: 'text' }
  if (schema instanceof z.ZodEnum) return { kind: oneOf(schema.options.map(String)), staged: 'text' }
  if (schema instanceof z.ZodISODate) return { kind: day, staged: 'date' }
  if (schema instanceof z.ZodBoolean) return { kind: flag, staged: 'bool' }
  if (schema instanceof z.ZodNumber) {
    const [lowest, highest] = [schema.minValue ?? -LARGEST, schema.maxValue ?? LARGEST]
    return schema.isInt || schema.format === 'safeint'
      ? { kind: integer(lowest, highest), staged: 'int4' }
      : { kind: number(lowest, highest), staged: 'float8' }
  }
  if (schema instanceof z.ZodString) return { kind: words(schema), staged: 'text' }
  throw new TypeError(`no values of ${schema.def.type} are read from files`)
}

/** Words of a certain length and, where the schema has a pattern, of that shape. */
function words(schema: z.ZodString): Kind<string> {
  const plain = text(schema.maxLength ?? 200)
  const shortest = schema.minLength ?? 0
  const patterns = (schema.def.checks ?? []).flatMap((check) => {
    const { pattern } = check._zod.def as { pattern?: RegExp }
    return pattern ? [pattern] : []
  })
  if (shortest <= 1 && patterns.length === 0) return plain
  return (raw, limits) => {
    const value = plain(raw, limits)
    if (value instanceof Fault) return value
    if (value.length < shortest)
      return new Fault('value.too_short', { length: value.length, limit: shortest })
    const missed = patterns.find((pattern) => !pattern.test(value))
    return missed ? new Fault('value.not_in_shape', { shape: missed.source }) : value
  }
}

/** A list, as the arrays it is kept in. */
function list(shape: ListShape): Kind<string> {
  return (raw) => {
    const read = readList(raw, shape)
    return typeof read === 'string' ? read : asFault(read, shape)
  }
}

function asFault(fault: ListFault, { pattern }: ListShape): Fault {
  switch (fault.is) {
    case 'shape':
      return new Fault('list.shape', { piece: fault.piece.slice(0, 60), pattern })
    case 'repeated':
      return new Fault('list.repeated', { piece: fault.piece })
    case 'length':
      return new Fault('list.length', { found: fault.found, expected: fault.expected })
    case 'range':
      return new Fault('list.out_of_range', {
        piece: fault.piece.slice(0, 60),
        minimum: fault.lowest,
        maximum: fault.highest,
      })
  }
}

const flag: Kind<boolean> = (raw) => {
  if (raw === 'true' || raw === 'false') return raw === 'true'
  return new Fault('value.not_allowed', { allowed: 'true, false' })
}

/** A birth day is kept as its month only. */
export const monthOrDay: Kind<number> = (raw, limits) => {
  if (raw.length <= 7) return month(raw, limits)
  const found = day(raw, limits)
  return typeof found === 'number' ? month(dayText(found).slice(0, 7), {}) : found
}
