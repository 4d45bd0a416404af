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
  const every = new Float64Array(people.length).fill(1)
  const entries = new Array<number>(k).fill(0)
  const comparing = new Array<number>(k).fill(0)
  const totals = new Array<number>(k).fill(0)
  for (const { subjects, values } of people) {
    subjects.forEach((subject, i) => {
      entries[subject]! += 1
      if (subjects.length > 1) comparing[subject]! += 1
      totals[subject]! += values[i]!
    })
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

interface PersonResults {
  readonly subjects: readonly number[]
  readonly values: readonly number[]
}

function byPerson({ person, subject, result, subjects }: SubjectResults): PersonResults[] {
  if (person.length !== subject.length || person.length !== result.length || person.length === 0) {
    throw new RangeError(
      'subjectDifficulty requires a person, a subject and a result for each of one or more entries',
    )
  }
  const people = new Map<number, { subjects: number[]; values: number[] }>()
  for (let i = 0; i < person.length; i++) {
    const [p, s, y] = [person[i]!, subject[i]!, result[i]!]
    if (!(Number.isInteger(p) && Number.isInteger(s) && s >= 0 && s < subjects && Number.isFinite(y))) {
      throw new RangeError('subjectDifficulty requires whole person and subject numbers and finite results')
    }
    let own = people.get(p)
    if (!own) {
      own = { subjects: [], values: [] }
      people.set(p, own)
    }
    if (own.subjects.includes(s))
      throw new RangeError('subjectDifficulty requires a person at most once per subject')
    own.subjects.push(s)
    own.values.push(y)
  }
  // Sorted by person and subject, so that the order of the entries changes no digit.
  return [...people]
    .sort(([a], [b]) => a - b)
    .map(([, { subjects: taken, values }]) => {
      const order = taken.map((_, i) => i).sort((i, j) => taken[i]! - taken[j]!)
      return { subjects: order.map((i) => taken[i]!), values: order.map((i) => values[i]!) }
    })
}

/** Easiness with persons counted `weights` times; null where subjects with entries are not all connected. */
function solve(people: readonly PersonResults[], k: number, weights: Float64Array): (number | null)[] | null {
  const normal = new Float64Array(k * k)
  const right = new Float64Array(k)
  const entries = new Float64Array(k)
  people.forEach(({ subjects, values }, p) => {
    const weight = weights[p]!
    const n = subjects.length
    const mean = sum(values) / n
    subjects.forEach((s, i) => {
      entries[s]! += weight
      right[s]! += weight * (values[i]! - mean)
      normal[s * k + s]! += weight
      for (const t of subjects) normal[s * k + t]! -= weight / n
    })
  })
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

function bootstrap(
  people: readonly PersonResults[],
  k: number,
  draws: number,
  seed: number,
): (number | null)[] {
  const random = philox(seed)
  const found: number[][] = Array.from({ length: k }, () => [])
  for (let draw = 0; draw < draws; draw++) {
    const weights = new Float64Array(people.length)
    for (let i = 0; i < people.length; i++) weights[random.integer(people.length)]! += 1
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
