import type { School } from '../network/school.ts'
import { type Events, NONE } from './events.ts'
import { OUT, type Population } from './population.ts'

/** Classes of one school year, in columns; a class is a number. */
export interface Classes {
  count: number
  school: Int16Array
  grade: Int8Array
  /** 0 is a; in vocational schools the number of the trade */
  letter: Int8Array
  learners: Int16Array
  /** several grades are taught together */
  combined: Uint8Array
  /** number of the class of each learner in the first and the second school of the year; NONE */
  of: Int32Array
  ofMoved: Int32Array
}

const GRADES = 14
const COMBINED_BELOW = 6 // learners a grade: there, grades sit together

/** Learners a class takes, as schools of a kind divide them. */
function roomOf({ kind, form, isRural, municipality }: School): number {
  if (kind === 'special') return 10
  if (kind === 'preschool') return 21
  if (kind === 'vocational') return 32
  if (form !== 'full_time') return 30
  return isRural ? 22 : municipality === 0 ? 28 : 26
}

/**
 * Puts everybody into classes. Who comes up with a class stays in it while there is room; newcomers go into the smallest. A vocational
 * school has a class for each trade and course.
 */
export function formClasses(people: Population, schools: readonly School[], events: Events): Classes {
  const size = schools.length * GRADES
  const counts = new Int32Array(size)
  const moved = new Int32Array(size)
  const key = (school: number, grade: number) => school * GRADES + grade
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT) continue
    const at = key(school, people.grade[learner]!)
    counts[at] = counts[at]! + 1
    const to = events.movedTo[learner]!
    if (to !== OUT) {
      const there = key(to, people.grade[learner]!)
      moved[there] = moved[there]! + 1
    }
  }
  const firstOf = new Int32Array(size).fill(NONE)
  const many = new Int32Array(size)
  let count = 0
  for (const school of schools) {
    for (let grade = 0; grade < GRADES; grade++) {
      const at = key(school.at, grade)
      if (counts[at]! + moved[at]! === 0) continue
      const small = grade === 0 && school.kind === 'general' ? 20 : roomOf(school)
      many[at] =
        school.kind === 'vocational' ? school.trades.length : Math.max(1, Math.ceil(counts[at]! / small))
      firstOf[at] = count
      count += many[at]!
    }
  }
  const classes = emptyClasses(count, people.school.length)
  for (const school of schools) {
    for (let grade = 0; grade < GRADES; grade++) {
      const at = key(school.at, grade)
      for (let letter = 0; letter < many[at]!; letter++) {
        const group = firstOf[at]! + letter
        classes.school[group] = school.at
        classes.grade[group] = grade
        classes.letter[group] = letter
        const perGrade = school.size / Math.max(1, school.to - school.from + 1)
        const isCombined =
          school.kind === 'general' &&
          grade > 0 &&
          school.to <= 9 &&
          perGrade < COMBINED_BELOW &&
          counts[at]! < 12
        classes.combined[group] = isCombined ? 1 : 0
      }
    }
  }
  const join = (learner: number, group: number) => {
    classes.of[learner] = group
    classes.learners[group] = classes.learners[group]! + 1
  }
  const waiting: number[] = []
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT) continue
    const at = key(school, people.grade[learner]!)
    const letter = people.letter[learner]!
    const isTrade = schools[school]!.kind === 'vocational'
    const room = Math.ceil(counts[at]! / many[at]!) + 2
    const hasPlace = letter >= 0 && letter < many[at]!
    if (hasPlace && (isTrade || classes.learners[firstOf[at]! + letter]! < room)) {
      join(learner, firstOf[at]! + letter)
    } else waiting.push(learner)
  }
  for (const learner of waiting) {
    const at = key(people.school[learner]!, people.grade[learner]!)
    let best = firstOf[at]!
    for (let group = best + 1; group < firstOf[at]! + many[at]!; group++) {
      if (classes.learners[group]! < classes.learners[best]!) best = group
    }
    people.letter[learner] = best - firstOf[at]!
    join(learner, best)
  }
  for (let learner = 0; learner < people.count; learner++) {
    const to = events.movedTo[learner]!
    if (people.school[learner] === OUT || to === OUT) continue
    const at = key(to, people.grade[learner]!)
    classes.ofMoved[learner] = firstOf[at]! + (learner % many[at]!)
  }
  return classes
}

function emptyClasses(count: number, room: number): Classes {
  return {
    count,
    school: new Int16Array(count),
    grade: new Int8Array(count),
    letter: new Int8Array(count),
    learners: new Int16Array(count),
    combined: new Uint8Array(count),
    of: new Int32Array(room).fill(NONE),
    ofMoved: new Int32Array(room).fill(NONE),
  }
}
