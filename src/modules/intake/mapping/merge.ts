import type { Tx } from '#db/actor.ts'
import { mergeResults } from '#modules/records/index.ts'
import { countLearners, type Merged, mergeEnrolments, mergePlaces } from '#modules/registry/index.ts'
import type { Counts } from '../model.ts'
import type { PartCounts } from '../part.ts'
import type { Rows } from './rows.ts'

/** From staging into the bank: every kind of fact, in the order in which they refer to each other. */
export async function merge(tx: Tx, importId: number, rows: Rows): Promise<PartCounts> {
  const { territories, institutions } = await mergePlaces(tx, importId)
  const all = await countLearners(tx)
  const enrolments = await mergeEnrolments(tx, importId)
  const results = await mergeResults(tx, importId)
  return {
    territories: counts(territories, rows.places.territories),
    institutions: counts(institutions, rows.places.institutions),
    learners: counts(unmoved(rows.learners, all), all),
    enrolments: counts(enrolments, rows.enrolments),
    results: counts(results, rows.results),
  }
}

function unmoved({ added, changed }: Rows['learners'], all: number): Merged {
  return { added, changed, withdrawn: 0, unchanged: all - added - changed }
}

function counts(merged: Merged, read: number): Counts {
  return { ...merged, read, refused: 0 }
}
