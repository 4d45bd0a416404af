import { philox } from '#stats/numeric/random.ts'

/**
 * What chance decides about. Every purpose draws from a stream of its own, so that a purpose that is added, or asks more often,
 * moves none of the others. The numbers stand for ever: another number is another country.
 */
const purposes = {
  schools: 1,
  sizes: 2,
  sites: 3,
  programmes: 4,
  changes: 5,
  effects: 6,
  entries: 7,
  year: 8,
  moves: 9,
  staff: 12,
  results: 14,
  families: 15,
  second: 16,
  treatments: 18,
  marks: 20,
  absences: 21,
  lessons: 22,
  exams: 23,
  finance: 24,
  vacancies: 25,
  population: 26,
  destinations: 27,
  context: 28,
  prison: 30,
} as const

const YEARS = 4_096 // streams kept for each purpose

export interface Chance {
  /** Uniform on [0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Whole number 0 … n − 1. */
  integer(n: number): number
  /** Whether something of this probability happens. */
  happens(probability: number): boolean
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T
  /** Changes the order of the array in place and returns it. */
  shuffle<T>(list: T[]): T[]
}

/**
 * @param seed  whole number 0 … 2^53 − 1
 * @param year  a school year, where every year draws anew
 */
export function chance(seed: number, purpose: keyof typeof purposes, year = 0): Chance {
  const random = philox(seed, purposes[purpose] * YEARS + year)
  const { uniform } = random
  return {
    uniform,
    normal: () => random.normal(),
    integer: (n) => Math.floor(uniform() * n),
    happens: (probability) => uniform() < probability,
    pick: (list) => list[Math.floor(uniform() * list.length)]!,
    shuffle: (list) => random.shuffle(list),
  }
}

const GRAINS = 4096

/**
 * Makes of one draw four that are coarse (4,096 values each): where millions are made, drawing is what takes time.
 *
 * @param into  is filled
 */
export function quarter(uniform: number, into: Float64Array): Float64Array {
  let rest = uniform
  for (let at = 0; at < 4; at++) {
    const scaled = rest * GRAINS
    const whole = Math.floor(scaled)
    into[at] = whole / GRAINS
    rest = scaled - whole
  }
  return into
}

/** Draws places 0 … n − 1 with given weights. */
export class Lottery {
  private readonly sums: Float64Array

  constructor(weights: ArrayLike<number>) {
    this.sums = new Float64Array(weights.length)
    let sum = 0
    for (let at = 0; at < weights.length; at++) {
      sum += weights[at]!
      this.sums[at] = sum
    }
  }

  /** Sum of the weights; 0: nothing can be drawn. */
  get total(): number {
    return this.sums.at(-1) ?? 0
  }

  draw(uniform: number): number {
    const aim = uniform * this.total
    let low = 0
    let high = this.sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.sums[middle]! > aim) high = middle
      else low = middle + 1
    }
    return low
  }
}

/**
 * Whole numbers in the proportion of the weights that add up to the total (largest remainders).
 *
 * @param atLeast  given to each before the rest is shared out; their sum must not exceed the total
 */
export function share(total: number, weights: readonly number[], atLeast = 0): number[] {
  const rest = total - atLeast * weights.length
  if (rest < 0) throw new RangeError(`share requires a total of at least ${atLeast * weights.length}`)
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (sum === 0 ? 0 : (rest * weight) / sum))
  const whole = exact.map(Math.floor)
  let left = sum === 0 ? 0 : rest - whole.reduce((a, b) => a + b, 0)
  const byRemainder = exact
    .map((value, at) => ({ at, remainder: value - whole[at]! }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at)
  for (const { at } of byRemainder) {
    if (left-- <= 0) break
    whole[at] = whole[at]! + 1
  }
  return whole.map((value) => value + atLeast)
}
