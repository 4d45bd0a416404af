import { z } from 'zod'
import { SourceFault } from './source-fault.ts'

/** A data set in JSON-stat 2.0 (https://json-stat.org/full/), as far as it is read. */
export const JsonStat = z.object({
  class: z.literal('dataset'),
  id: z.array(z.string()).min(1),
  size: z.array(z.int().min(0)),
  dimension: z.record(
    z.string(),
    z.object({
      category: z.object({
        index: z.union([z.array(z.string()), z.record(z.string(), z.int().min(0))]).optional(),
        label: z.record(z.string(), z.string()).optional(),
      }),
    }),
  ),
  value: z.union([z.array(z.number().nullable()), z.record(z.string(), z.number().nullable())]),
})
export type JsonStat = z.output<typeof JsonStat>

/**
 * The cells of a data set, each with its category in every dimension; cells without a number are left out.
 *
 * @throws  SourceFault `source.schema` when sizes, categories and values do not fit together
 */
export function* cellsOf(data: JsonStat): Generator<{ categories: Record<string, string>; value: number }> {
  const { id, size, value } = data
  const categories = id.map((name) => categoriesOf(data, name))
  const cells = size.reduce((product, each) => product * each, 1)
  const isSound = size.length === id.length && categories.every((each, at) => each.length === size[at])
  const isWhole = Array.isArray(value)
    ? value.length === cells
    : Object.keys(value).every((at) => Number(at) < cells)
  if (!isSound || !isWhole)
    throw new SourceFault('source.schema', { fields: 'value: expected as many as the sizes say' })
  for (let cell = 0; cell < cells; cell += 1) {
    const found = Array.isArray(value) ? value[cell] : value[cell]
    if (found === null || found === undefined) continue
    let rest = cell
    const at: Record<string, string> = {}
    for (let dimension = id.length - 1; dimension >= 0; dimension -= 1) {
      at[id[dimension]!] = categories[dimension]![rest % size[dimension]!]!
      rest = Math.floor(rest / size[dimension]!)
    }
    yield { categories: at, value: found }
  }
}

/** Codes of a dimension in their order. */
function categoriesOf({ dimension }: JsonStat, name: string): string[] {
  const category = dimension[name]?.category
  const { index } = category ?? {}
  if (Array.isArray(index)) return index
  if (index) return Object.keys(index).toSorted((a, b) => index[a]! - index[b]!)
  return Object.keys(category?.label ?? {}) // of one category it need not be said
}
