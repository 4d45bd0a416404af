import { dayOfYear } from '../calendar.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Network } from '../network/network.ts'
import type { School } from '../network/school.ts'
import type { TaughtClass } from '../records/lessons.ts'
import { mixed } from '../words/people.ts'
import type { Classes } from './classes.ts'
import { type LeaveReason, leaveReasons, NONE } from './events.ts'
import type { Year } from './history.ts'
import { OUT } from './population.ts'
import { isMinorityGrade, type ProgrammesInUse, programmeCode } from './programmes.ts'
import type { SecondPlaces } from './second.ts'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const IN_SPECIAL_CLASS = 58 // programme of a special class in an ordinary school
const GRADES = 14
const COMPLETED = leaveReasons.indexOf('completed')
const WITHOUT_CERTIFICATE: LeaveReason = 'graduated_without_certificate'
const ROOM_BESIDE = 20 // learners of a group in music, art, sport and interest education
const LONGEST_WAY = 115 // minutes
const SUMMER = 303 // 1 July, day of the school year

/** What the rows of a year need to know besides the year. */
export interface Saying {
  network: Network
  /** learners who finish the year's grade 9 or 12 without having passed */
  without: ReadonlySet<number>
  codeOf: (learner: number) => string
  programmes: ProgrammesInUse
  second: SecondPlaces
  /** code of the class teacher of the n-th class of a school, or null */
  teacherOf: (school: number, n: number) => string | null
}

export const letterOf = (n: number) =>
  n < LETTERS.length ? LETTERS[n]! : `${LETTERS[n % LETTERS.length]}${Math.floor(n / LETTERS.length)}`

/** Code of a class: institution, school year, grade and letter. */
function classCode(school: School, year: number, grade: number, letter: number): string {
  return `${school.reg}-${year}-${String(grade).padStart(2, '0')}${letterOf(letter)}`
}

/** The classes of a year whose lessons are told: those of general, special and vocational education. */
export function taughtClasses({ year, classes }: Year, { schools }: Network): TaughtClass[] {
  return Array.from({ length: classes.count }, (_, group) => group).flatMap((group) => {
    const [school, grade, letter] = [classes.school[group]!, classes.grade[group]!, classes.letter[group]!]
    if (grade === 0 || classes.home[group] === 1) return []
    return [{ id: classCode(schools[school]!, year, grade, letter), school, grade, letter }]
  })
}

/** The classes of a year. */
export function* classRows({ year, classes }: Year, saying: Saying): Generator<Batch> {
  const { network, programmes, teacherOf } = saying
  const rows = new Rows('class_groups')
  const manyOf = classesByGrade(classes)
  for (let group = 0; group < classes.count; group++) {
    const school = network.schools[classes.school[group]!]!
    const grade = classes.grade[group]!
    const letter = classes.letter[group]!
    const isMinority = isMinorityGrade(school, grade, year)
    const code =
      school.kind === 'vocational'
        ? school.trades[classes.trade[group]!]!.code
        : programmeCode(
            school,
            grade,
            isMinority,
            classes.special[group] === 1 ? IN_SPECIAL_CLASS : school.need,
            classes.home[group] === 1,
          )
    programmes.use(school, code, year)
    const isOnly = manyOf.get(school.at * 16 + grade) === 1
    rows.add({
      class_id: classCode(school, year, grade, letter),
      reg_number: school.reg,
      site_id: school.sites[letter % school.sites.length]!.id,
      school_year: year,
      grade,
      name: className(school, grade, letter, isOnly),
      combined: classes.combined[group] === 1,
      language: isMinority ? 'minority' : 'lv',
      programme_code: code,
      class_teacher_uid: teacherOf(school.at, grade * 3 + letter),
    })
    yield* rows.full()
  }
  yield* rows.rest()
}

function className({ kind }: School, grade: number, letter: number, isOnly: boolean): string {
  if (kind === 'vocational') return `${letterOf(letter).toUpperCase()}-${grade - 9}`
  if (grade === 0) return `${letterOf(letter).toUpperCase()} grupa`
  return isOnly ? `${grade}.` : `${grade}.${letterOf(letter)}`
}

function classesByGrade(classes: Classes): Map<number, number> {
  const many = new Map<number, number>()
  for (let group = 0; group < classes.count; group++) {
    const key = classes.school[group]! * 16 + classes.grade[group]!
    many.set(key, (many.get(key) ?? 0) + 1)
  }
  return many
}

/** Who was where in a year: the main places, one after the other, never two at once. */
export function* enrolmentRows(of: Year, saying: Saying): Generator<Batch> {
  const { year, people, events, classes } = of
  const { network, codeOf, programmes } = saying
  const rows = new Rows('enrolments')
  for (let learner = 0; learner < people.count; learner++) {
    const first = people.school[learner]!
    if (first === OUT) continue
    people.seen[learner] = 1
    const to = events.to[learner]!
    const moved = events.movedTo[learner]!
    const grade = people.grade[learner]!
    const endReason = events.endReason[learner]!
    const common = {
      learner_uid: codeOf(learner),
      main: true,
      repeated: people.repeats[learner] === 1,
    }
    const place = (at: number, group: number) => {
      const school = network.schools[at]!
      const letter = classes.letter[group]!
      const need = people.need[learner]! || school.need
      const code =
        school.kind === 'vocational'
          ? school.trades[classes.trade[group]!]!.code
          : programmeCode(
              school,
              grade,
              isMinorityGrade(school, grade, year),
              need,
              classes.home[group] === 1,
            )
      programmes.use(school, code, year)
      return {
        ...common,
        class_id: classCode(school, year, grade, letter),
        programme_code: code,
        transport_minutes: grade === 0 ? null : minutesOf(learner, school),
      }
    }
    const from = events.from[learner]!
    const isPassed = !saying.without.has(learner)
    const why = (isPassed || endReason !== COMPLETED ? leaveReasons[endReason] : WITHOUT_CERTIFICATE) || null
    const isLast = moved === OUT
    const endDay = endReason === 0 ? null : lastDayOf(year, learner, grade, endReason)
    rows.add({
      ...place(first, classes.of[learner]!),
      from: from === 0 ? null : dayOfYear(year, from),
      to: to === NONE ? endDay : dayOfYear(year, to),
      leave_reason: to === NONE ? why : leaveReasons[events.reason[learner]!] || null,
    })
    if (!isLast) {
      rows.add({
        ...place(moved, classes.ofMoved[learner]!),
        from: dayOfYear(year, to + 1),
        to: endDay,
        leave_reason: why,
        repeated: false,
      })
    }
    yield* rows.full()
  }
  yield* rows.rest()
}

/** Whoever finishes goes at the end of June, who goes abroad some time in summer, others with the year. */
function lastDayOf(year: number, learner: number, grade: number, reason: number): string {
  const why = leaveReasons[reason]
  if (why === 'completed' && grade >= 9) return `${year}-06-30`
  return why === 'abroad' ? dayOfYear(year, SUMMER + (learner % 60)) : `${year}-08-31`
}

/** Minutes one way, about the same every year: log-normal, longer in the countryside and to vocational schools. */
function minutesOf(learner: number, { isRural, kind, form }: School): number | null {
  if (form === 'distance') return null
  const median = kind === 'vocational' || kind === 'special' ? 34 : isRural ? 22 : 15
  const chunk = mixed(learner, 77)
  const spread = ((chunk & 1023) + ((chunk >>> 10) & 1023) + ((chunk >>> 20) & 1023)) / 1023 - 1.5
  return Math.min(LONGEST_WAY, Math.max(1, Math.round(median * Math.exp(1.1 * spread))))
}

/** Places beside the main one, with the groups there. */
export function* secondRows(of: Year, saying: Saying): Generator<Batch> {
  const { year, people, events } = of
  const { network, codeOf, programmes, second, teacherOf } = saying
  const groups = new Map<number, { learners: number; seated: number }>()
  const groupOf = (learner: number) => {
    const key = people.second[learner]! * GRADES + second.gradeOf(learner)
    const known = groups.get(key) ?? { learners: 0, seated: 0 }
    groups.set(key, known)
    return known
  }
  for (let learner = 0; learner < people.count; learner++) {
    if (people.second[learner] !== OUT) groupOf(learner).learners += 1
  }
  const partsOf = (learners: number) => Math.ceil(learners / ROOM_BESIDE)
  const rows = new Rows('enrolments')
  for (let learner = 0; learner < people.count; learner++) {
    const at = people.second[learner]!
    if (at === OUT) continue
    const school = network.schools[at]!
    const grade = second.gradeOf(learner)
    const group = groupOf(learner)
    const part = group.seated++ % partsOf(group.learners)
    const to = events.to[learner]!
    rows.add({
      learner_uid: codeOf(learner),
      class_id: classCode(school, year, grade, part),
      programme_code: directionProgramme(school),
      from: null,
      to: to === NONE ? null : dayOfYear(year, to),
      main: false,
      leave_reason: to === NONE ? null : 'other',
      repeated: false,
      transport_minutes: null,
    })
    yield* rows.full()
  }
  yield* rows.rest()
  const classes = new Rows('class_groups')
  for (const [key, { learners }] of [...groups].sort(([a], [b]) => a - b)) {
    const school = network.schools[Math.floor(key / GRADES)]!
    const grade = key % GRADES
    const code = directionProgramme(school)
    if (code) programmes.use(school, code, year)
    for (let part = 0; part < partsOf(learners); part++) {
      const word = school.kind === 'direction' ? 'klase' : 'grupa'
      classes.add({
        class_id: classCode(school, year, grade, part),
        reg_number: school.reg,
        site_id: school.sites[0]!.id,
        school_year: year,
        grade,
        name: partsOf(learners) === 1 ? `${grade}. ${word}` : `${grade}.${letterOf(part)} ${word}`,
        combined: false,
        language: 'lv',
        programme_code: code,
        class_teacher_uid: teacherOf(school.at, grade + part),
      })
    }
    yield* classes.full()
  }
  yield* classes.rest()
}

/** Professional direction has licensed programmes, interest education none. */
function directionProgramme({ kind, type }: School): string | null {
  if (kind !== 'direction') return null
  return type === 'sport' ? '20V81301' : '20V21201'
}
