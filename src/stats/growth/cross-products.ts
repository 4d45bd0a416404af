import type { SparsePattern } from './sparse-cholesky.ts'

/** One grouping of the rows whose groups have effects of their own. */
export interface RandomTerm {
  readonly name: string
  /** group of each row: whole numbers 0 … groups − 1; names of groups are the caller's */
  readonly group: ArrayLike<number>
  readonly groups: number
  /** columns whose effect differs from group to group beside the level; one number for each row */
  readonly slopes?: readonly ArrayLike<number>[]
}

/** Sums of products of everything in a mixed model: all that its likelihood needs of the rows. */
export interface CrossProducts {
  readonly rows: number
  /** fixed effects */
  readonly columns: number
  readonly terms: readonly TermShape[]
  /** lower triangle of Z′Z with whole blocks on its diagonal */
  readonly pattern: SparsePattern
  readonly blocks: readonly Block[]
  /** Z′[X y], pattern.size × (columns + 1) */
  readonly random: Float64Array
  /** [X y]′[X y], (columns + 1)² */
  readonly fixed: Float64Array
}

export interface TermShape {
  readonly name: string
  readonly groups: number
  /** effects of a group: its level and its slopes */
  readonly width: number
  /** column of Z where the effects of group 0 begin */
  readonly offset: number
  /** place of the term in the list as given */
  readonly given: number
  /** rows of each group */
  readonly counts: Float64Array
}

/** Products of the effects of one group with those of another (or itself) that share rows. */
export interface Block {
  readonly rowTerm: number
  readonly rowGroup: number
  readonly columnTerm: number
  readonly columnGroup: number
  /** rowTerm.width × columnTerm.width */
  readonly values: Float64Array
  /** place in the pattern of the first entry of each row of the block */
  readonly places: Int32Array
}

/**
 * @param xy  rows × (columns + 1), row-major: fixed columns, then the outcome
 */
export function crossProducts(
  xy: Float64Array,
  rows: number,
  columns: number,
  terms: readonly RandomTerm[],
): CrossProducts {
  const wide = columns + 1
  const shapes = termShapes(terms, rows)
  const size = shapes.reduce((total, { groups, width }) => total + groups * width, 0)
  const random = new Float64Array(size * wide)
  const fixed = new Float64Array(wide * wide)
  const pairs = shapes.map(() => shapes.map(() => new Map<number, Float64Array>()))
  const ordered = shapes.map(({ given }) => terms[given]!)
  const z = shapes.map(({ width }) => new Float64Array(width).fill(1))
  for (let i = 0; i < rows; i++) {
    const at = i * wide
    for (let j = 0; j < wide; j++) {
      for (let k = 0; k <= j; k++) fixed[j * wide + k]! += xy[at + j]! * xy[at + k]!
    }
    for (const [t, term] of ordered.entries()) {
      const shape = shapes[t]!
      const group = term.group[i]!
      const own = z[t]!
      for (let a = 1; a < shape.width; a++) own[a] = term.slopes![a - 1]![i]!
      shape.counts[group]!++
      for (let a = 0; a < shape.width; a++) {
        const to = (shape.offset + group * shape.width + a) * wide
        for (let j = 0; j < wide; j++) random[to + j]! += own[a]! * xy[at + j]!
      }
      for (let s = 0; s <= t; s++) {
        const other = z[s]!
        const key = group * shapes[s]!.groups + ordered[s]!.group[i]!
        const found = pairs[t]![s]!
        let values = found.get(key)
        if (!values) {
          values = new Float64Array(own.length * other.length)
          found.set(key, values)
        }
        for (let a = 0, k = 0; a < own.length; a++) {
          for (let b = 0; b < other.length; b++) values[k++]! += own[a]! * other[b]!
        }
      }
    }
  }
  for (let j = 0; j < wide; j++) for (let k = 0; k < j; k++) fixed[k * wide + j] = fixed[j * wide + k]!
  return { rows, columns, terms: shapes, ...patternOf(shapes, pairs), random, fixed }
}

/** The term with most effects first: elimination then fills in least. */
function termShapes(terms: readonly RandomTerm[], rows: number): TermShape[] {
  const order = terms
    .map((_, given) => given)
    .sort((a, b) => effectsOf(terms[b]!) - effectsOf(terms[a]!) || a - b)
  let offset = 0
  return order.map((given) => {
    const { name, groups, group, slopes = [] } = terms[given]!
    if (!(Number.isInteger(groups) && groups >= 2)) {
      throw new RangeError(`a mixed model requires two or more groups of ${name}`)
    }
    if (group.length !== rows || slopes.some((slope) => slope.length !== rows)) {
      throw new RangeError(`a mixed model requires a group of ${name} and its slopes for each row`)
    }
    const shape = { name, groups, width: 1 + slopes.length, offset, given, counts: new Float64Array(groups) }
    offset += groups * shape.width
    return shape
  })
}

function effectsOf({ groups, slopes }: RandomTerm): number {
  return groups * (1 + (slopes?.length ?? 0))
}

function patternOf(shapes: readonly TermShape[], pairs: readonly (readonly Map<number, Float64Array>[])[]) {
  const start = [0]
  const column: number[] = []
  const blocks: Block[] = []
  for (const [t, shape] of shapes.entries()) {
    const partners = partnersOf(t, shapes, pairs)
    for (let group = 0; group < shape.groups; group++) {
      const own = partners[group]!
      const places = own.map(() => new Int32Array(shape.width))
      for (let a = 0; a < shape.width; a++) {
        for (const [k, partner] of own.entries()) {
          places[k]![a] = column.length
          const other = shapes[partner.term]!
          const first = other.offset + partner.group * other.width
          const last = partner.term === t ? a : other.width - 1
          for (let b = 0; b <= last; b++) column.push(first + b)
        }
        start.push(column.length)
      }
      for (const [k, partner] of own.entries()) {
        blocks.push({
          rowTerm: t,
          rowGroup: group,
          columnTerm: partner.term,
          columnGroup: partner.group,
          values: partner.values,
          places: places[k]!,
        })
      }
    }
  }
  const pattern = { size: start.length - 1, start: Int32Array.from(start), column: Int32Array.from(column) }
  return { pattern, blocks }
}

/** For each group of a term the groups of the terms up to it that share rows with it, itself last. */
function partnersOf(
  t: number,
  shapes: readonly TermShape[],
  pairs: readonly (readonly Map<number, Float64Array>[])[],
) {
  const { groups, width } = shapes[t]!
  const partners: { term: number; group: number; values: Float64Array }[][] = Array.from(
    { length: groups },
    () => [],
  )
  for (let s = 0; s < t; s++) {
    const others = shapes[s]!.groups
    for (const key of Array.from(pairs[t]![s]!.keys()).sort((a, b) => a - b)) {
      const values = pairs[t]![s]!.get(key)!
      partners[Math.floor(key / others)]!.push({ term: s, group: key % others, values })
    }
  }
  for (let group = 0; group < groups; group++) {
    const values = pairs[t]![t]!.get(group * groups + group) ?? new Float64Array(width * width)
    partners[group]!.push({ term: t, group, values })
  }
  return partners
}
