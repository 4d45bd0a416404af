import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import { leaveReasons } from '../learners/events.ts'
import type { Year } from '../learners/history.ts'
import { OUT, promise } from '../learners/population.ts'
import type { Network } from '../network/network.ts'

/** Universities nobody has founded. */
const UNIVERSITIES = ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']

/** Of grade 12 about two thirds begin to study within the year, of trades a fifth (log odds at ability 0, and more by ability). */
export const studying = { secondary: [0.6, 0.9], trade: [-1.1, 0.7] } as const
const ABROAD = 0.05
const WORK = 0.75 // of those who do neither

/** Where those went who finished grade 12 or a trade in the year. */
export function* destinationRows(
  year: Year,
  { network, codeOf, seed }: { network: Network; codeOf: (learner: number) => string; seed: number },
): Generator<Batch> {
  const { people, events } = year
  const draws = chance(seed, 'destinations', year.year)
  const rows = new Rows('destinations')
  const completed = leaveReasons.indexOf('completed')
  for (let learner = 0; learner < people.count; learner++) {
    const school = people.school[learner]!
    if (school === OUT || people.grade[learner]! < 10 || events.endReason[learner] !== completed) continue
    const isTrade = network.schools[school]!.kind === 'vocational'
    const [at, more] = isTrade ? studying.trade : studying.secondary
    const studies = draws.happens(1 / (1 + Math.exp(-(at + more * promise(people, learner)))))
    const [where, else_] = [draws.uniform(), draws.uniform()]
    if (events.nextSchool[learner] !== OUT) continue
    const learner_uid = codeOf(learner)
    const day = `${year.year}-09-01`
    if (where < ABROAD) rows.add({ learner_uid, kind: 'abroad', on: `${year.year}-08-15`, place: null })
    else if (studies) {
      const place = UNIVERSITIES[Math.floor(else_ * UNIVERSITIES.length)]!
      rows.add({ learner_uid, kind: 'higher_education', on: day, place })
    } else rows.add({ learner_uid, kind: else_ < WORK ? 'work' : 'other', on: day, place: null })
    yield* rows.full()
  }
  yield* rows.rest()
}
