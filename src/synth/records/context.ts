import { chance } from '../chance.ts'
import { type Batch, Rows } from '../contract.ts'
import type { Year } from '../learners/history.ts'
import { OUT } from '../learners/population.ts'

const LINKED = 0.965 // of learners; of the others the statistics office knows nothing

/** The fifth of all learners a learner's family belongs to by its position, as the statistics office would link it: from the true context. */
export function* contextRows(
  { year, people }: Year,
  codeOf: (learner: number) => string,
  seed: number,
): Generator<Batch> {
  const draws = chance(seed, 'context', year)
  const known: number[] = []
  for (let learner = 0; learner < people.count; learner++) {
    if (people.school[learner] === OUT || people.grade[learner] === 0) continue
    const context = people.context[learner]!
    if (!Number.isNaN(context)) known.push(context)
  }
  const sorted = Float64Array.from(known).sort()
  const cuts = [1, 2, 3, 4].map((fifth) => sorted[Math.floor((sorted.length * fifth) / 5)]!)
  const rows = new Rows('context')
  for (let learner = 0; learner < people.count; learner++) {
    if (people.school[learner] === OUT || people.grade[learner] === 0) continue
    const context = people.context[learner]!
    if (Number.isNaN(context) || !draws.happens(LINKED)) continue
    const quintile = 1 + cuts.filter((cut) => context >= cut).length
    rows.add({ learner_uid: codeOf(learner), school_year: year, quintile })
    yield* rows.full()
  }
  yield* rows.rest()
}
