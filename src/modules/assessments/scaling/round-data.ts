import type { Domain } from './model.ts'

/** An item as a round gave it. */
export interface RoundItem {
  /** of assessments.item_version; the name by which rounds recognise an item again */
  versionId: number
  code: string
  strand: string
  /** whole points one can get */
  most: number
  /** marked as an anchor on some form of the round */
  isAnchor: boolean
}

/** People who were tested, as columns: person i has the i-th entry of each. In order of `id`. */
export interface RoundPeople {
  id: Float64Array
  learner: Float64Array
  institution: Float64Array
  /** place of the form among `forms` */
  form: Int32Array
  weight: Float64Array
  sex: readonly ('female' | 'male' | 'unknown')[]
  /** language of instruction of the class; null: not said */
  language: readonly (string | null)[]
  /** code of the region of the school; null: not known */
  region: readonly (string | null)[]
}

/** Everything a scaling reads about a round. */
export interface RoundData {
  code: string
  kind: 'census' | 'sample' | 'rehearsal'
  domain: Domain
  grade: number
  schoolYear: number
  items: readonly RoundItem[]
  forms: readonly RoundForm[]
  people: RoundPeople
  /** people × items, row by row: points, or one of the two gaps below */
  points: Int8Array
}

export interface RoundForm {
  code: string
  /** places among `items`, in the order of the form */
  items: readonly number[]
}

/** The form of this person does not have the item. */
export const NOT_GIVEN = -1
/** The form has it, and the person ended before it. */
export const NOT_REACHED = -2

/** Answers as an estimation takes them: −1 is no answer. */
export interface Responses {
  /** not reached is no answer: what nobody looked at says nothing about the item */
  forItems: Int8Array
  /** not reached is 0 points: somebody who reached less showed less */
  forPeople: Int8Array
}

export function responsesOf(points: Int8Array): Responses {
  return {
    forItems: points.map((x) => (x < 0 ? -1 : x)),
    forPeople: points.map((x) => (x === NOT_REACHED ? 0 : x)),
  }
}

/** Some columns of a matrix of people × items, for some people. */
export function part(
  matrix: Int8Array,
  width: number,
  columns: readonly number[],
  people: ArrayLike<number>,
): Int8Array {
  const out = new Int8Array(people.length * columns.length)
  for (let row = 0; row < people.length; row++) {
    const from = people[row]! * width
    for (let c = 0; c < columns.length; c++) out[row * columns.length + c] = matrix[from + columns[c]!]!
  }
  return out
}

/** Places of the people for whom something holds. */
export function peopleWhere(count: number, holds: (person: number) => boolean): number[] {
  const found: number[] = []
  for (let i = 0; i < count; i++) if (holds(i)) found.push(i)
  return found
}
