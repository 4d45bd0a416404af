import { publicBounds } from './bounds.ts'
import type { ProgrammeSolver } from './programme.ts'
import { tablesBuilder } from './tables.ts'

/** A released count over atoms: the smallest groups that any table tells apart. */
export interface CountQuery {
  readonly name: string
  /** numbers of the atoms that are counted */
  readonly atoms: readonly number[]
}

/** Two counts whose difference is a count of few people. */
export interface UnsafePair {
  readonly larger: string
  readonly smaller: string
  /** people in the larger and not in the smaller */
  readonly difference: number
}

/** What a set of released counts gives away about the atoms. */
export interface DifferencingReport {
  readonly unsafe: readonly UnsafePair[]
  /** atoms whose count follows exactly, also from more than two counts together */
  readonly derived: ReadonlyMap<number, number>
}

/**
 * Differencing: one count within another, where few people make the difference; and atoms that follow exactly from
 * all counts together.
 *
 * @param counts     true people per atom, whole numbers ≥ 0
 * @param queries    released counts, over the same people on the same day
 * @param threshold  fewest people that may be told apart
 * @throws           RangeError if a query names no atom, an unknown one or one twice, or two have one name
 */
export function differencing(
  counts: readonly number[],
  queries: readonly CountQuery[],
  threshold: number,
  solver: ProgrammeSolver,
): DifferencingReport {
  const sets = queries.map((query) => bitset(query, counts.length))
  if (new Set(queries.map((query) => query.name)).size < queries.length) {
    throw new RangeError('differencing requires queries with different names')
  }
  const totals = queries.map((query) => query.atoms.reduce((sum, atom) => sum + counts[atom]!, 0))
  const bySize = [...queries.keys()].sort((a, b) => queries[b]!.atoms.length - queries[a]!.atoms.length)
  const unsafe: UnsafePair[] = []
  for (const [at, larger] of bySize.entries()) {
    for (const smaller of bySize.slice(at + 1)) {
      const difference = totals[larger]! - totals[smaller]!
      if (difference <= 0 || difference >= threshold || !isWithin(sets[smaller]!, sets[larger]!)) continue
      unsafe.push({ larger: queries[larger]!.name, smaller: queries[smaller]!.name, difference })
    }
  }
  return { unsafe, derived: derivedAtoms(counts, queries, totals, solver) }
}

function derivedAtoms(
  counts: readonly number[],
  queries: readonly CountQuery[],
  totals: readonly number[],
  solver: ProgrammeSolver,
): Map<number, number> {
  const builder = tablesBuilder()
  const atoms = counts.map((count, atom) => builder.cell(`atom ${atom}`, count))
  for (const [at, query] of queries.entries()) {
    const total = totals[at]!
    builder.fact(
      query.atoms.map((atom) => atoms[atom]!),
      query.atoms.map(() => 1),
      total,
      total,
    )
  }
  const tables = builder.build()
  const { low, high } = publicBounds(tables, new Uint8Array(counts.length).fill(1), solver)
  const known = [...counts.keys()].filter((atom) => low[tables.order[atom]!] === high[tables.order[atom]!])
  return new Map(known.map((atom) => [atom, counts[atom]!]))
}

function bitset({ name, atoms }: CountQuery, count: number): Uint32Array {
  const set = new Uint32Array(Math.ceil(count / 32))
  for (const atom of atoms) {
    const isNew =
      Number.isInteger(atom) && atom >= 0 && atom < count && !(set[atom >> 5]! & (1 << (atom & 31)))
    if (!isNew) throw new RangeError(`differencing requires different known atoms: ${name}`)
    set[atom >> 5]! |= 1 << (atom & 31)
  }
  if (atoms.length === 0) throw new RangeError(`differencing requires one or more atoms: ${name}`)
  return set
}

function isWithin(inner: Uint32Array, outer: Uint32Array): boolean {
  return inner.every((word, at) => (word & ~outer[at]!) === 0)
}
