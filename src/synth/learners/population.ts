/** Citizenship groups, by the number kept for each learner. */
export const citizenshipGroups = ['latvia', 'non_citizen', 'eu', 'ukraine', 'other'] as const
export const UKRAINE = 3

/** Where a learner is who is not taught any more. */
export const OUT = -1

/**
 * The learners of a country in columns: what is true of each, and where each is now. A learner is a number, from 0 on in the order in
 * which they turn up; numbers are never used again.
 */
export class Population {
  count = 0
  /** months since January 1900 */
  readonly born: Int16Array
  /** 0 female, 1 male */
  readonly sex: Uint8Array
  readonly home: Uint8Array
  readonly group: Uint8Array
  /** type of special need 51–59; 0: none */
  readonly need: Uint8Array
  readonly family: Int32Array
  /** context, standard deviations; NaN before the first school */
  readonly context: Float32Array
  /** what of ability neither context nor school explains, standard normal */
  readonly residual: Float32Array
  /** place in the list of schools, or OUT */
  readonly school: Int16Array
  readonly grade: Int8Array
  /** letter of the class (0 is a); in vocational schools the number of the trade */
  readonly letter: Int8Array
  /** 1: repeats the grade this year */
  readonly repeats: Uint8Array
  /** a school beside the main one, or OUT; and the grade there */
  readonly second: Int16Array
  readonly secondGrade: Int8Array
  /** 1: was enrolled in one of the years */
  readonly seen: Uint8Array
  /** 1: was enrolled under another number first */
  readonly renumbered: Uint8Array

  constructor(room: number) {
    this.born = new Int16Array(room)
    this.sex = new Uint8Array(room)
    this.home = new Uint8Array(room)
    this.group = new Uint8Array(room)
    this.need = new Uint8Array(room)
    this.family = new Int32Array(room)
    this.context = new Float32Array(room).fill(Number.NaN)
    this.residual = new Float32Array(room)
    this.school = new Int16Array(room).fill(OUT)
    this.grade = new Int8Array(room)
    this.letter = new Int8Array(room).fill(OUT)
    this.repeats = new Uint8Array(room)
    this.second = new Int16Array(room).fill(OUT)
    this.secondGrade = new Int8Array(room)
    this.seen = new Uint8Array(room)
    this.renumbered = new Uint8Array(room)
  }

  /** The number of a new learner. */
  add(): number {
    if (this.count === this.school.length) throw new RangeError('there is no room for another learner')
    return this.count++
  }
}

/** Ability as schools see it when they choose: context and what else there is, in standard deviations. */
export function promise({ context, residual, need }: Population, learner: number): number {
  const own = context[learner]!
  return 0.33 * (Number.isNaN(own) ? 0 : own) + 0.75 * residual[learner]! - (need[learner]! > 0 ? 0.9 : 0)
}
