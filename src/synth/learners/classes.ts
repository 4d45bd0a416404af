import type { School } from '../network/school.ts'
import { mixed } from '../words/people.ts'
import { type Events, NONE } from './events.ts'
import { OUT, type Population } from './population.ts'

/** Classes of one school year, in columns; a class is a number. */
export interface Classes {
  count: number
  school: Int16Array
  grade: Int8Array
  /** 0 is a; different within the grade of a school */
  letter: Int8Array
  /** number of the trade in a vocational school; NONE */
  trade: Int8Array
  /** 1: for learners with a special programme, within an ordinary school */
  special: Uint8Array
  /** 1: of those who learn at home in the family, and are on the roll of the school */
  home: Uint8Array
  learners: Int16Array
  /** several grades are taught together */
  combined: Uint8Array
  /** number of the class of each learner in the first and the second school of the year; NONE */
  of: Int32Array
  ofMoved: Int32Array
}

const GRADES = 14
const STREAMS = 9 // ordinary classes, and one for each trade or for special programmes
const COMBINED_BELOW = 6 // learners a grade: there, grades sit together
const SPECIAL_CLASS_FROM = 4 // learners of a grade who would otherwise sit among the others
const LETTER_OF_SPECIAL = 18 // s
const LETTER_OF_HOME = 12 // m, as in „mājas”
const SPECIAL_STREAM = 1
const HOME_STREAM = 2
const AT_HOME = { families: 4, of: 1_000, lastGrade: 6 }
const IN_SPECIAL_CLASS = new Set([58, 59])

/** Learners a class takes, as schools of a kind divide them. */
function roomOf({ kind, form, isRural, municipality }: School, grade: number): number {
  if (kind === 'special') return 10
  if (grade === 0) return kind === 'general' ? 20 : 21
  if (kind === 'vocational') return 28
  if (form !== 'full_time') return 30
  return isRural ? 22 : municipality === 0 ? 28 : 26
}

/**
 * Puts everybody into classes. Who comes up with a class stays in it while there is room; newcomers go into the smallest. A vocational
 * school has classes for each trade and course; where several learners of a grade have intellectual disabilities, they have a class of
 * their own.
 */
export function formClasses(people: Population, schools: readonly School[], events: Events): Classes {
  const streamOf = streams(people, schools)
  const plan = planClasses(people, schools, events, streamOf)
  const classes = emptyClasses(plan.count, people.school.length)
  for (const school of schools) {
    for (let grade = 0; grade < GRADES; grade++) describe(classes, plan, school, grade)
  }
  seat(people, schools, classes, plan, streamOf)
  for (let learner = 0; learner < people.count; learner++) {
    const to = events.movedTo[learner]!
    if (people.school[learner] === OUT || to === OUT) continue
    const at = keyOf(to, people.grade[learner]!, 0)
    classes.ofMoved[learner] = plan.firstOf[at]! + (learner % plan.many[at]!)
  }
  return classes
}

const keyOf = (school: number, grade: number, stream: number) => (school * GRADES + grade) * STREAMS + stream

/** Whether a learner of a school is taught at home: the families are always the same. */
function isAtHome({ family, need, grade }: Population, learner: number, { kind, form }: School): boolean {
  return (
    kind === 'general' &&
    form === 'full_time' &&
    grade[learner]! >= 1 &&
    grade[learner]! <= AT_HOME.lastGrade &&
    need[learner] === 0 &&
    mixed(family[learner]!, 31) % AT_HOME.of < AT_HOME.families
  )
}

/** Which of the streams of a grade a learner belongs to. */
function streams(
  people: Population,
  schools: readonly School[],
): (learner: number, school: number) => number {
  const special = new Map<number, number>()
  const isSpecial = (learner: number, { kind, form }: School) =>
    kind === 'general' && form === 'full_time' && IN_SPECIAL_CLASS.has(people.need[learner]!)
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    const grade = people.grade[learner]!
    if (school === OUT || grade === 0 || grade > 9 || !isSpecial(learner, schools[school]!)) continue
    const key = keyOf(school, grade, SPECIAL_STREAM)
    special.set(key, (special.get(key) ?? 0) + 1)
  }
  return (learner, at) => {
    const school = schools[at]!
    if (school.kind === 'vocational') return 1 + people.letter[learner]!
    if (isAtHome(people, learner, school)) return HOME_STREAM
    if (!isSpecial(learner, school)) return 0
    const many = special.get(keyOf(at, people.grade[learner]!, SPECIAL_STREAM)) ?? 0
    return many >= SPECIAL_CLASS_FROM ? SPECIAL_STREAM : 0
  }
}

/** How many classes every stream has, and the number of the first. */
interface ClassPlan {
  count: number
  counts: Int32Array
  many: Int32Array
  firstOf: Int32Array
}

function planClasses(
  people: Population,
  schools: readonly School[],
  events: Events,
  streamOf: (learner: number, school: number) => number,
): ClassPlan {
  const size = schools.length * GRADES * STREAMS
  const counts = new Int32Array(size)
  const moved = new Int32Array(size)
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT) continue
    const grade = people.grade[learner]!
    const at = keyOf(school, grade, streamOf(learner, school))
    counts[at] = counts[at]! + 1
    const to = events.movedTo[learner]!
    if (to === OUT) continue
    const there = keyOf(to, grade, 0)
    moved[there] = moved[there]! + 1
  }
  const many = new Int32Array(size)
  const firstOf = new Int32Array(size).fill(NONE)
  let count = 0
  for (let at = 0; at < size; at++) {
    if (counts[at]! + moved[at]! === 0) continue
    const school = schools[Math.floor(at / (GRADES * STREAMS))]!
    const isSpecial = at % STREAMS > 0 && school.kind === 'general'
    const room = isSpecial ? 10 : roomOf(school, Math.floor(at / STREAMS) % GRADES)
    many[at] = Math.max(1, Math.ceil(counts[at]! / room))
    firstOf[at] = count
    count += many[at]!
  }
  return { count, counts, many, firstOf }
}

/** What the classes of a grade are: letters go on from stream to stream. */
function describe(classes: Classes, { many, firstOf, counts }: ClassPlan, school: School, grade: number) {
  const isVocational = school.kind === 'vocational'
  const perGrade = school.size / Math.max(1, school.to - school.from + 1)
  const isSmall = school.kind === 'general' && grade > 0 && school.to <= 9 && perGrade < COMBINED_BELOW
  let letter = 0
  for (let stream = 0; stream < STREAMS; stream++) {
    const at = keyOf(school.at, grade, stream)
    const isSpecial = stream === SPECIAL_STREAM && !isVocational
    const isHome = stream === HOME_STREAM && !isVocational
    for (let nth = 0; nth < many[at]!; nth++) {
      const group = firstOf[at]! + nth
      classes.school[group] = school.at
      classes.grade[group] = grade
      classes.letter[group] = isSpecial ? LETTER_OF_SPECIAL + nth : isHome ? LETTER_OF_HOME + nth : letter++
      classes.trade[group] = isVocational ? stream - 1 : NONE
      classes.special[group] = isSpecial ? 1 : 0
      classes.home[group] = isHome ? 1 : 0
      classes.combined[group] = isSmall && !isHome && counts[at]! < 12 ? 1 : 0
    }
  }
}

/** Everybody into a class of the own stream: the old one where there is room, else the smallest. */
function seat(
  people: Population,
  schools: readonly School[],
  classes: Classes,
  { counts, many, firstOf }: ClassPlan,
  streamOf: (learner: number, school: number) => number,
): void {
  const join = (learner: number, group: number) => {
    classes.of[learner] = group
    classes.learners[group] = classes.learners[group]! + 1
  }
  const waiting: number[] = []
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT) continue
    const at = keyOf(school, people.grade[learner]!, streamOf(learner, school))
    const letter = people.letter[learner]!
    const room = Math.ceil(counts[at]! / many[at]!) + 2
    const isOrdinary = at % STREAMS === 0 && letter >= 0 && letter < many[at]!
    if (isOrdinary && classes.learners[firstOf[at]! + letter]! < room) join(learner, firstOf[at]! + letter)
    else waiting.push(learner)
  }
  for (const learner of waiting) {
    const school = people.school[learner]!
    const at = keyOf(school, people.grade[learner]!, streamOf(learner, school))
    let best = firstOf[at]!
    for (let group = best + 1; group < firstOf[at]! + many[at]!; group++) {
      if (classes.learners[group]! < classes.learners[best]!) best = group
    }
    if (schools[school]!.kind !== 'vocational') people.letter[learner] = best - firstOf[at]!
    join(learner, best)
  }
}

function emptyClasses(count: number, room: number): Classes {
  return {
    count,
    school: new Int16Array(count),
    grade: new Int8Array(count),
    letter: new Int8Array(count),
    trade: new Int8Array(count).fill(NONE),
    special: new Uint8Array(count),
    home: new Uint8Array(count),
    learners: new Int16Array(count),
    combined: new Uint8Array(count),
    of: new Int32Array(room).fill(NONE),
    ofMoved: new Int32Array(room).fill(NONE),
  }
}
