/**
 * Arithmetic modulo a prime below 2²⁶, so that products are exact. What follows in fractions follows modulo the prime too,
 * but where the prime divides a determinant of zeros and ones made from the answers; views of up to 60 atoms are audited
 * without it.
 */
const PRIME = 67_108_859

/** The sums over atoms that can be made from the answers so far, and whether one more would tell of a small group. */
export interface AnswerSpan {
  /**
   * Takes an answer over these atoms, unless with it some weighted sum of answers would speak about fewer than the
   * minimum of people only; then it is left out.
   *
   * @returns  null: taken; otherwise why not
   */
  take(members: readonly number[]): 'would_reveal' | 'unproved' | null
}

/**
 * @param people   of each atom, whole, ≥ 1
 * @param minimum  fewest people that an answer, or any sum of answers, may speak about
 * @param effort   most groups looked at in all
 */
export function spanOfAnswers(people: readonly number[], minimum: number, effort: number): AnswerSpan {
  const size = people.length
  /** reduced row echelon form: pivot column → row */
  let basis = new Map<number, Float64Array>()
  /** atoms that lie in the same answers stand together in every sum; each is known by the first of them */
  let first: Int32Array = new Int32Array(size)
  let left = effort
  return {
    take(members) {
      const row = new Float64Array(size)
      for (const at of members) row[at] = 1
      const more = withRow(basis, row)
      if (more === null) return null // follows from earlier answers: it tells nothing new
      const parted = partedBy(first, row)
      const together = new Map<number, number>()
      parted.forEach((own, at) => {
        together.set(own, (together.get(own) ?? 0) + people[at]!)
      })
      const groups = [...together].map(([own, n]) => ({ own, people: n }))
      const { verdict, looked } = smallGroupIn(nullRows(more, groups), groups, minimum, left)
      left -= looked
      if (verdict !== null) return verdict
      basis = more
      first = parted
      return null
    },
  }
}

/** Groups parted into those inside and outside of an answer; each known by its first atom. */
function partedBy(first: Int32Array, row: Float64Array): Int32Array {
  const known = new Map<number, number>()
  return first.map((own, at) => {
    const part = own * 2 + row[at]!
    const found = known.get(part) ?? at
    known.set(part, found)
    return found
  })
}

/** The form with one more row; null where the row follows from it. */
function withRow(
  basis: ReadonlyMap<number, Float64Array>,
  row: Float64Array,
): Map<number, Float64Array> | null {
  const rest = row.slice()
  for (const [pivot, own] of basis) subtract(rest, own, rest[pivot]!)
  const pivot = rest.findIndex((x) => x !== 0)
  if (pivot < 0) return null
  scale(rest, inverse(rest[pivot]!))
  const next = new Map<number, Float64Array>()
  for (const [at, own] of basis) {
    const changed = own.slice()
    subtract(changed, rest, changed[pivot]!)
    next.set(at, changed)
  }
  return next.set(pivot, rest)
}

interface Group {
  /** its first atom */
  own: number
  people: number
}

/** For each group its row in a basis of the null space: a sum over some groups follows when these rows are dependent. */
function nullRows(basis: ReadonlyMap<number, Float64Array>, groups: readonly Group[]): Float64Array[] {
  // a pivot is the first atom of its group, because rows are alike within groups
  const free = groups.map(({ own }) => own).filter((at) => !basis.has(at))
  return groups.map(({ own }) => {
    const row = basis.get(own)
    return Float64Array.from(free, (column) =>
      row ? (PRIME - row[column]!) % PRIME : column === own ? 1 : 0,
    )
  })
}

/**
 * Looks at every set of groups with fewer than the minimum of people: are its rows dependent? Depth first; what is
 * independent is kept reduced.
 */
function smallGroupIn(
  rows: readonly Float64Array[],
  groups: readonly Group[],
  minimum: number,
  effort: number,
): { verdict: 'would_reveal' | 'unproved' | null; looked: number } {
  const small = [...groups.keys()].filter((at) => groups[at]!.people < minimum)
  let looked = 0
  const kept: { pivot: number; row: Float64Array }[] = []
  const search = (from: number, left: number): 'would_reveal' | 'unproved' | null => {
    for (let next = from; next < small.length; next++) {
      const at = small[next]!
      const { people } = groups[at]!
      if (people > left) continue
      if (++looked > effort) return 'unproved'
      const rest = rows[at]!.slice()
      for (const { pivot, row } of kept) subtract(rest, row, rest[pivot]!)
      const pivot = rest.findIndex((x) => x !== 0)
      if (pivot < 0) return 'would_reveal'
      scale(rest, inverse(rest[pivot]!))
      kept.push({ pivot, row: rest })
      const found = search(next + 1, left - people)
      kept.pop()
      if (found) return found
    }
    return null
  }
  return { verdict: search(0, minimum - 1), looked }
}

function subtract(row: Float64Array, other: Float64Array, factor: number): void {
  if (factor === 0) return
  for (let at = 0; at < row.length; at++) {
    if (other[at] !== 0) row[at] = (((row[at]! - factor * other[at]!) % PRIME) + PRIME) % PRIME
  }
}

function scale(row: Float64Array, factor: number): void {
  for (let at = 0; at < row.length; at++) row[at] = (row[at]! * factor) % PRIME
}

/** x⁻¹ = x^(p − 2). Products stay below 2⁵². */
function inverse(x: number): number {
  let [result, base, power] = [1, x, PRIME - 2]
  while (power > 0) {
    if (power % 2 === 1) result = (result * base) % PRIME
    base = (base * base) % PRIME
    power = Math.floor(power / 2)
  }
  return result
}
