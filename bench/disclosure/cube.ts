import { type LinkedTables, tablesBuilder } from '#stats/disclosure/index.ts'
import { philox } from '#stats/numeric/random.ts'

/** A breakdown: parts of one total, or a tree; number 0 is the top, a parent comes before its parts. */
export interface Dimension {
  readonly parents: readonly number[] // −1 for the top
}

export const flat = (parts: number): Dimension => ({ parents: [-1, ...Array<number>(parts).fill(0)] })

/** The state, five regions, 42 municipalities, schools; the first municipalities have many. */
export function places(schools: number): Dimension {
  const random = philox(1)
  const parents = [-1, 0, 0, 0, 0, 0]
  const first = parents.length
  for (let m = 0; m < 42; m++) parents.push(1 + (m % 5))
  for (let s = 0; s < schools; s++) parents.push(first + Math.floor(42 * random.uniform() ** 2))
  return { parents }
}

/**
 * Every breakdown crossed with every other, all totals linked: the hardest that can be asked.
 *
 * @param mean    expected number of an atom before the factors of its places, which are 0.87 on average
 * @param pupils  when given, all of them together instead
 */
export function cube(
  dimensions: readonly Dimension[],
  { mean = 1, pupils }: { mean?: number; pupils?: number },
): LinkedTables {
  const random = philox(2)
  const sizes = dimensions.map(({ parents }) => parents.length)
  const strides = sizes.map((_, at) => sizes.slice(at + 1).reduce((a, b) => a * b, 1))
  const children = dimensions.map(({ parents }) => {
    const parts: number[][] = parents.map(() => [])
    parents.forEach((parent, node) => {
      parts[parent]?.push(node)
    })
    return parts
  })
  const total = sizes.reduce((a, b) => a * b, 1)
  const values = new Float64Array(total)
  const factor = dimensions.map(({ parents }) => parents.map(() => 0.2 + 2 * random.uniform() ** 2))
  const nodeOf = (cell: number, d: number) => Math.floor(cell / strides[d]!) % sizes[d]!
  const atoms: number[] = []
  for (let cell = 0; cell < total; cell++) {
    if (dimensions.every((_, d) => children[d]![nodeOf(cell, d)]!.length === 0)) atoms.push(cell)
  }
  const expected = atoms.map((cell) =>
    dimensions.reduce((product, _, d) => product * factor[d]![nodeOf(cell, d)]!, 1),
  )
  const scale = pupils ? pupils / expected.reduce((a, b) => a + b, 0) : mean
  atoms.forEach((cell, at) => {
    const n = scale * expected[at]!
    values[cell] = Math.max(0, Math.round(n + Math.sqrt(n) * random.normal()))
  })
  // totals one dimension after the other, parts before their totals
  dimensions.forEach(({ parents }, d) => {
    for (let cell = total - 1; cell >= 0; cell--) {
      const node = nodeOf(cell, d)
      const parent = parents[node]!
      if (parent >= 0) values[cell + (parent - node) * strides[d]!]! += values[cell]!
    }
  })
  const builder = tablesBuilder()
  for (let cell = 0; cell < total; cell++) {
    builder.cell(
      dimensions.map((_, d) => nodeOf(cell, d).toString().padStart(3, '0')).join('|'),
      values[cell]!,
    )
  }
  for (let cell = 0; cell < total; cell++) {
    dimensions.forEach((_, d) => {
      const node = nodeOf(cell, d)
      const parts = children[d]![node]!
      if (parts.length === 0) return
      builder.total(
        cell,
        parts.map((part) => cell + (part - node) * strides[d]!),
      )
    })
  }
  return builder.build()
}
