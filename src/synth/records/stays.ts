import { NONE } from '../learners/events.ts'
import type { Year } from '../learners/history.ts'
import { OUT } from '../learners/population.ts'

/** 31 May, counted from 1 September: the last day of lessons. */
export const LAST_LESSON = 272
/** About 22 December: the first term is over. */
export const END_OF_FIRST_TERM = 112

/** A learner in one school within a year; days are counted from 1 September, both ends inclusive. */
export interface Stay {
  school: number
  from: number
  to: number
}

/** Where a learner was taught in a year, one school after the other, as far as lessons go. */
export function staysOf({ people, events }: Year, learner: number): readonly Stay[] {
  const school = people.school[learner]!
  if (school === OUT) return []
  const from = events.from[learner]!
  const left = events.to[learner]!
  const stays: Stay[] = []
  const add = (at: number, first: number, last: number) => {
    if (first <= last) stays.push({ school: at, from: first, to: Math.min(last, LAST_LESSON) })
  }
  add(school, from, left === NONE ? LAST_LESSON : Math.min(left, LAST_LESSON))
  const next = events.movedTo[learner]!
  if (left !== NONE && next !== OUT) add(next, left + 1, LAST_LESSON)
  return stays
}
