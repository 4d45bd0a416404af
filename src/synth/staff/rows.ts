import { type Batch, Rows } from '../contract.ts'
import type { Network } from '../network/network.ts'
import { personName } from '../words/people.ts'
import type { Roster } from './roster.ts'

const LESSONS = 22 // contact lessons a week in a full load
const NAMES_FROM = 2_000_000 // numbers of people before are learners

/** Every contract of one of the years, and everybody who had one. */
export function* staffRows(
  roster: Roster,
  { schools }: Network,
  codeOf: (person: number) => string,
  seed: number,
): Generator<Batch> {
  const contracts = new Rows('employments')
  for (const { n, person, school, post, rate, from, to, reason } of roster.employments()) {
    const isTeaching = post.subject !== null || post.position.endsWith('_teacher')
    contracts.add({
      employment_id: `E-${n}`,
      staff_uid: codeOf(person.n),
      reg_number: schools[school]!.reg,
      position_code: post.position,
      subject_code: post.subject,
      stage: post.stage,
      rate,
      contact_lessons: isTeaching ? Math.round(rate * LESSONS) : null,
      from,
      to,
      leave_reason: reason,
    })
    yield* contracts.full()
  }
  yield* contracts.rest()
  const rows = new Rows('staff')
  for (const person of roster.people) {
    rows.add({
      staff_uid: codeOf(person.n),
      name: personName(NAMES_FROM + person.n, NAMES_FROM + person.n, person.isMan ? 'male' : 'female', seed),
      birth_year: person.born,
      sex: person.isMan ? 'male' : 'female',
      education_level: person.education,
      qualification_subjects: person.subjects.join(' '),
      quality_degree: person.degree || null,
      cpd_hours_3y: person.hours,
    })
    yield* rows.full()
  }
  yield* rows.rest()
}
