import { philox } from '#stats/numeric/random.ts'

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
 * @param effort   most rows of groups looked at in all
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
      const { verdict, looked } = smallGroupIn(
        more,
        groups,
        minimum,
        Math.min(left, effort / 10), // a hard one leaves some for the others
      )
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

/** A group with its row in a basis of the null space, less what the groups chosen so far explain of it. */
interface Row {
  people: number
  row: Float64Array
}

/**
 * Is there a sum of answers that is about fewer than the minimum of people only? It exists exactly when the rows of a
 * set of groups with so few people, in a basis of the null space, are dependent.
 *
 * Rows are as long as such a set can be large: the null space is projected at random, which keeps every dependence and
 * makes a new one about once in 10⁷ times. Sets are built depth first; the last two of each are found together, as two
 * rows in one direction.
 */
function smallGroupIn(
  basis: ReadonlyMap<number, Float64Array>,
  groups: readonly Group[],
  minimum: number,
  effort: number,
): { verdict: 'would_reveal' | 'unproved' | null; looked: number } {
  const small = groups.filter(({ people }) => people < minimum).sort((a, b) => a.people - b.people)
  if (small.length === 0) return { verdict: null, looked: 0 }
  const largestSet = Math.floor((minimum - 1) / Math.min(...small.map(({ people }) => people)))
  let looked = 0

  /** rows of groups that may still be added, few people first, and how many people more there may be */
  const search = (rows: readonly Row[], left: number): 'would_reveal' | 'unproved' | null => {
    looked += rows.length
    if (looked > effort) return 'unproved'
    if (hasParallel(rows, left)) return 'would_reveal'
    for (let at = 0; at + 2 < rows.length; at++) {
      const { people, row } = rows[at]!
      // with fewer than two more the set was looked at above
      if (people + rows[at + 1]!.people + rows[at + 2]!.people > left) break
      const pivot = row.findIndex((x) => x !== 0)
      const factor = inverse(row[pivot]!)
      const next: Row[] = []
      for (let after = at + 1; after < rows.length && rows[after]!.people <= left - people; after++) {
        const rest = rows[after]!.row.slice()
        subtract(rest, row, (rest[pivot]! * factor) % PRIME)
        next.push({ people: rows[after]!.people, row: rest })
      }
      const found = search(next, left - people)
      if (found) return found
    }
    return null
  }
  return { verdict: search(nullRows(basis, groups, small, largestSet), minimum - 1), looked }
}

/** Whether a row is nothing, or two rows with few enough people point in one direction. Few people come first. */
function hasParallel(rows: readonly Row[], left: number): boolean {
  const firsts = rows.map(({ row }) => row.find((x) => x !== 0) ?? 0)
  if (firsts.includes(0)) return true
  const inverses = allInverse(firsts)
  const fewest = new Map<number, number>()
  for (const [at, { people, row }] of rows.entries()) {
    // two weighted sums of the direction stand for it
    let [one, two] = [0, 0]
    for (let column = 0; column < row.length; column++) {
      const x = (row[column]! * inverses[at]!) % PRIME
      one = (one * 40_503_127 + x) % PRIME
      two = (two * 15_485_863 + x) % PRIME
    }
    const direction = one * PRIME + two
    const other = fewest.get(direction)
    if (other === undefined) fewest.set(direction, people)
    else if (other + people <= left) return true
  }
  return false
}

/** One division for all. */
function allInverse(values: readonly number[]): number[] {
  const products = [1]
  for (const value of values) products.push((products.at(-1)! * value) % PRIME)
  let rest = inverse(products.at(-1)!)
  const found = values.slice()
  for (let at = values.length - 1; at >= 0; at--) {
    found[at] = (rest * products[at]!) % PRIME
    rest = (rest * values[at]!) % PRIME
  }
  return found
}

/** Rows of the small groups in a basis of the null space, projected to a length. */
function nullRows(
  basis: ReadonlyMap<number, Float64Array>,
  groups: readonly Group[],
  small: readonly Group[],
  length: number,
): Row[] {
  const random = philox(length)
  // a pivot is the first atom of its group, because rows are alike within groups
  const free = groups
    .filter(({ own }) => !basis.has(own))
    .map(({ own }) => ({
      own,
      onto: Float64Array.from({ length }, () => Math.floor(random.uniform() * PRIME)),
    }))
  const ontoOf = new Map(free.map(({ own, onto }) => [own, onto]))
  return small.map(({ own, people }) => {
    const pivotRow = basis.get(own)
    if (!pivotRow) return { people, row: ontoOf.get(own)! }
    const row = new Float64Array(length)
    for (const { own: column, onto } of free) subtract(row, onto, pivotRow[column]!)
    return { people, row }
  })
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
