import { type Batch, Rows } from './contract.ts'
import type { Year } from './learners/history.ts'
import { OUT } from './learners/population.ts'
import type { Network } from './network/network.ts'
import { NEVER } from './network/school.ts'

const SMALL = 45

/** Schools that are worth a look, as they are in the newest year: a small one with combined classes, the largest, and rare sorts. */
export function* specialSchoolRows({ people, classes }: Year, { schools }: Network): Generator<Batch> {
  const learners = new Int32Array(schools.length)
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school !== OUT && people.grade[learner]! > 0) learners[school] = learners[school]! + 1
  }
  const [combines, hasHome] = [new Set<number>(), new Set<number>()]
  for (let group = 0; group < classes.count; group++) {
    if (classes.combined[group] === 1) combines.add(classes.school[group]!)
    if (classes.home[group] === 1) hasHome.add(classes.school[group]!)
  }
  const open = schools.filter(({ at }) => learners[at]! > 0)
  const first = (sort: (at: number) => number) =>
    [...open].sort((a, b) => sort(a.at) - sort(b.at) || a.at - b.at)[0]
  const rows = new Rows('true_special_schools')
  const add = (what: string, found: { reg: string } | undefined) => {
    if (found) rows.add({ reg_number: found.reg, what })
  }
  const far = (at: number) => (combines.has(at) ? Math.abs(learners[at]! - SMALL) : 1e6)
  add('about_45_pupils_combined_classes', combines.size > 0 ? first(far) : undefined)
  add(
    'largest',
    first((at) => -learners[at]!),
  )
  add(
    'home_education',
    open.find(({ at }) => hasHome.has(at)),
  )
  add(
    'distance',
    open.find(({ form }) => form === 'distance'),
  )
  add(
    'hospital',
    open.find(({ type }) => type === 'hospital'),
  )
  add(
    'special',
    open.find(({ kind }) => kind === 'special'),
  )
  add(
    'lost_secondary_grades',
    open.find(({ before }) => before !== null),
  )
  const closed = schools.find(({ closes, successor }) => closes !== NEVER && successor >= 0)
  add('closed_with_successor', closed)
  add('successor', closed && schools[closed.successor])
  yield* rows.rest()
}
