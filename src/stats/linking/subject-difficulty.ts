import { cholesky, choleskySolve } from '../numeric/matrix.ts'
import { philox } from '../numeric/random.ts'
import { sum } from '../numeric/sum.ts'

/** Results of persons in subjects they chose: one entry each, subjects and persons numbered from 0. */
export interface SubjectResults {
  readonly person: ArrayLike<number>
  readonly subject: ArrayLike<number>
  readonly result: ArrayLike<number>
  readonly subjects: number
}

export interface SubjectDifficulty {
  /** of each subject, in units of the result: above 0 = gives higher results to the same persons; null = no entry */
  readonly easiness: readonly (number | null)[]
  /** by drawing persons anew; null without draws, or where the subject was missing from a part of them */
  readonly standardErrors: readonly (number | null)[]
  /** plain mean of each subject over all its entries; null = no entry */
  readonly means: readonly (number | null)[]
  /** entries of each subject; those of persons with one entry say nothing about easiness */
  readonly entries: readonly number[]
  readonly comparingEntries: readonly number[]
  readonly draws: number
  readonly seed: number
}

/**
 * How much easier some subjects are than others for the same persons, so that results in subjects people choose can
 * be compared: least squares on result = person + subject. The average easiness over all entries is 0; a result is
 * adjusted by subtracting the easiness of its subject. This is what Kelly's iteration converges to.
 *
 * Assumes one ability behind all subjects: a person's level in one subject is, on average, his level in another.
 *
 * @param results  a person at most once per subject; results finite
 * @param draws    bootstrap samples of persons for the standard errors; 0 = none
 * @throws         RangeError if the subjects that share persons fall into separate groups (which of them is easier
 *                 cannot be known), no person has two results, sizes differ, or a number is not finite or a whole index
 * @see            Kelly (1976), https://doi.org/10.1080/0013188760180102; Coe (2008),
 *                 https://doi.org/10.1080/03054980801970312
 */
export function subjectDifficulty(results: SubjectResults, draws = 0, seed = 1): SubjectDifficulty {
  if (!(Number.isInteger(draws) && draws >= 0 && draws !== 1)) {
    throw new RangeError('subjectDifficulty requires 0 or at least 2 draws')
  }
  const people = byPerson(results)
  const k = results.subjects
  const every = new Float64Array(people.count).fill(1)
  const entries = new Array<number>(k).fill(0)
  const comparing = new Array<number>(k).fill(0)
  const totals = new Float64Array(k)
  for (let p = 0; p < people.count; p++) {
    const [from, to] = [people.start[p]!, people.start[p + 1]!]
    for (let i = from; i < to; i++) {
      const s = people.subject[i]!
      entries[s]! += 1
      if (to - from > 1) comparing[s]! += 1
      totals[s]! += people.result[i]!
    }
  }
  const easiness = solve(people, k, every)
  if (easiness === null) {
    throw new RangeError(
      'subjectDifficulty requires subjects connected by persons with results in several of them',
    )
  }
  return {
    easiness,
    standardErrors: bootstrap(people, k, draws, seed),
    means: entries.map((n, s) => (n === 0 ? null : totals[s]! / n)),
    entries,
    comparingEntries: comparing,
    draws,
    seed,
  }
}

/** Entries person by person in order of their numbers, subjects rising: the order of the input changes no digit. */
interface ByPerson {
  readonly count: number
  /** person → first entry; one more: how many there are */
  readonly start: Uint32Array
  readonly subject: Int32Array
  readonly result: Float64Array
}

function byPerson({ person, subject, result, subjects }: SubjectResults): ByPerson {
  const n = person.length
  if (n !== subject.length || n !== result.length || n === 0) {
    throw new RangeError(
      'subjectDifficulty requires a person, a subject and a result for each of one or more entries',
    )
  }
  for (let i = 0; i < n; i++) {
    const [p, s] = [person[i]!, subject[i]!]
    if (
      !(
        Number.isSafeInteger(p) &&
        Number.isInteger(s) &&
        s >= 0 &&
        s < subjects &&
        Number.isFinite(result[i]!)
      )
    ) {
      throw new RangeError('subjectDifficulty requires whole person and subject numbers and finite results')
    }
  }
  const numbers = [...new Set(Array.from(person))].sort((a, b) => a - b)
  const rank = new Map(numbers.map((number, at) => [number, at]))
  const start = new Uint32Array(numbers.length + 1)
  for (let i = 0; i < n; i++) start[rank.get(person[i]!)! + 1]! += 1
  for (let p = 0; p < numbers.length; p++) start[p + 1]! += start[p]!
  const sorted = { count: numbers.length, start, subject: new Int32Array(n), result: new Float64Array(n) }
  const filled = start.slice()
  for (let i = 0; i < n; i++) insert(sorted, rank.get(person[i]!)!, filled, subject[i]!, result[i]!)
  return sorted
}

/** Puts an entry where it belongs among those its person already has. */
function insert(
  { start, subject, result }: ByPerson,
  p: number,
  filled: Uint32Array,
  s: number,
  y: number,
): void {
  let at = filled[p]!
  filled[p]! += 1
  for (; at > start[p]! && subject[at - 1]! >= s; at--) {
    if (subject[at - 1] === s)
      throw new RangeError('subjectDifficulty requires a person at most once per subject')
    subject[at] = subject[at - 1]!
    result[at] = result[at - 1]!
  }
  subject[at] = s
  result[at] = y
}

/** Easiness with persons counted `weights` times; null where subjects with entries are not all connected. */
function solve(
  { count, start, subject, result }: ByPerson,
  k: number,
  weights: Float64Array,
): (number | null)[] | null {
  const normal = new Float64Array(k * k)
  const right = new Float64Array(k)
  const entries = new Float64Array(k)
  for (let p = 0; p < count; p++) {
    const weight = weights[p]!
    const [from, to] = [start[p]!, start[p + 1]!]
    const n = to - from
    let mean = 0
    for (let i = from; i < to; i++) mean += result[i]! / n
    for (let i = from; i < to; i++) {
      const s = subject[i]!
      entries[s]! += weight
      right[s]! += weight * (result[i]! - mean)
      normal[s * k + s]! += weight
      for (let j = from; j < to; j++) normal[s * k + subject[j]!]! -= weight / n
    }
  }
  const present = Array.from(entries.keys()).filter((s) => entries[s]! > 0)
  if (!connected(normal, k, present)) return null
  // The first subject stands at 0 for the solution, then all are centred.
  const free = present.slice(1)
  const matrix = Float64Array.from(free.flatMap((s) => free.map((t) => normal[s * k + t]!)))
  const solution = choleskySolve(
    cholesky(matrix, free.length),
    free.length,
    Float64Array.from(free, (s) => right[s]!),
  )
  const easiness = new Float64Array(k)
  free.forEach((s, i) => {
    easiness[s] = solution[i]!
  })
  const centre = sum(present.map((s) => easiness[s]! * entries[s]!)) / sum(entries)
  return Array.from(easiness, (x, s) => (entries[s]! > 0 ? x - centre : null))
}

function connected(normal: Float64Array, k: number, present: readonly number[]): boolean {
  if (present.length < 2) return false
  const reached = new Set([present[0]!])
  for (const s of reached) for (const t of present) if (normal[s * k + t]! < 0) reached.add(t)
  return reached.size === present.length
}

function bootstrap(people: ByPerson, k: number, draws: number, seed: number): (number | null)[] {
  const random = philox(seed)
  const found: number[][] = Array.from({ length: k }, () => [])
  for (let draw = 0; draw < draws; draw++) {
    const weights = new Float64Array(people.count)
    for (let i = 0; i < people.count; i++) weights[random.integer(people.count)]! += 1
    solve(people, k, weights)?.forEach((value, s) => {
      if (value !== null) found[s]!.push(value)
    })
  }
  return found.map((values) => {
    if (draws === 0 || values.length < draws) return null
    const mean = sum(values) / draws
    return Math.sqrt(sum(values.map((x) => (x - mean) ** 2)) / (draws - 1))
  })
}
