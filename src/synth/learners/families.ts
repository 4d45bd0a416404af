import { monthText } from '../calendar.ts'
import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import { SNAPSHOT } from '../size.ts'
import { mixed } from '../words/people.ts'
import { OUT, type Population } from './population.ts'

const MOTHER = 0.96
const FATHER = 0.72
const GUARDIAN = 0.012
const DISPUTED = 0.001
const ENDED = 0.002
const OF_AGE = 18

/** Who may act for which child on the day of the snapshot: of those now taught who are not of age. Brothers and sisters have the same parents. */
export function* representationRows(
  people: Population,
  codeOf: (learner: number) => string,
  adultOf: (family: number, nth: number) => string,
  seed: number,
): Generator<Batch> {
  const draws = chance(seed, 'families')
  const rows = new Rows('representations')
  const adultsBefore = `${Number(SNAPSHOT.slice(0, 4)) - OF_AGE}${SNAPSHOT.slice(4, 7)}`
  for (let learner = 0; learner < people.count; learner++) {
    const isTaught = people.school[learner] !== OUT
    const uniform = draws.uniform()
    const other = draws.uniform()
    const month = monthText(people.born[learner]!)
    if (!isTaught || month <= adultsBefore) continue
    const family = people.family[learner]!
    const from = `${month}-${String(1 + (mixed(learner, 5) % 28)).padStart(2, '0')}`
    const add = (nth: number, kind: string) =>
      rows.add({
        child_uid: codeOf(learner),
        adult_code: adultOf(family, nth),
        kind,
        from,
        until: nth === 1 && other > 1 - ENDED ? '2026-12-31' : null,
        disputed: nth === 1 && other < DISPUTED,
      })
    if (uniform < GUARDIAN) add(2, 'guardian')
    else {
      if (uniform < GUARDIAN + MOTHER) add(0, 'parent')
      if (mixed(family, seed) % 100 < FATHER * 100) add(1, 'parent')
    }
    yield* rows.full()
  }
  yield* rows.rest()
}
