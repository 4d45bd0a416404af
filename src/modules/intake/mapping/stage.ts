import type { Tx } from '#db/actor.ts'
import { createStaging } from '#db/copy.ts'
import { repeatedResults, stagedResult } from '#modules/records/index.ts'
import {
  checkLearners,
  type Finding,
  findPlaces,
  overlappingEnrolments,
  prepareLearners,
  registryStaging,
  rowsByLearner,
  takeLearners,
  unknownPlaces,
} from '#modules/registry/index.ts'
import { type Entity, LISTED } from '../model.ts'
import type { Refusals } from '../report/refusals.ts'
import { analyzeStaging } from '../store.ts'
import type { Mapping } from './mapping.ts'
import type { Rows } from './rows.ts'

const tables = [...registryStaging, stagedResult]

/** Makes the temporary tables of this transaction. */
export async function makeStaging(tx: Tx) {
  for (const table of tables) await createStaging(tx, table)
  await prepareLearners(tx)
}

/** Sends the rows that wait; learners go on into the register at once. */
export async function sendAll(tx: Tx, importId: number, { waiting, learners }: Rows) {
  await waiting.territories.send(tx)
  await waiting.institutions.send(tx)
  await waiting.learners.send(tx)
  const { added, changed } = await takeLearners(tx, importId)
  learners.added += added
  learners.changed += changed
  await waiting.enrolments.send(tx)
  await waiting.results.send(tx)
  await waiting.crowded.send(tx)
}

/** Looks at all rows together: references, overlaps, repetitions. */
export async function checkTogether(tx: Tx, mapping: Mapping, rows: Rows, refusals: Refusals) {
  const column = columnOf(mapping)
  const take = (entity: Entity, found: readonly Finding[], total = found.length) =>
    refusals.addFound(
      entity,
      found.map((each) => ({ ...each, column: column(each) })),
      total,
    )
  await analyzeStaging(tx)
  await findPlaces(tx)
  const unknown = await unknownPlaces(tx)
  take(
    'territories',
    unknown.filter(({ about }) => about === 'territory'),
  )
  take(
    'institutions',
    unknown.filter(({ about }) => about === 'institution'),
  )

  const learners = await checkLearners(tx, rows.mayRepeatLearners, LISTED)
  take('learners', learners.found, learners.total)
  const enrolments = await overlappingEnrolments(tx, rows.look, LISTED)
  take('enrolments', enrolments.found, enrolments.total)
  const results = await repeatedResults(tx, rowsByLearner('staged_result', rows.look), LISTED)
  take('results', results.found, results.total)
}

/** In which column of the file stands what a finding is about; null when the mapping makes it of several or of none. */
function columnOf({ region, municipality, institution, learner, enrolments, results }: Mapping) {
  const name = (source: object | undefined) =>
    source && 'column' in source && typeof source.column === 'string' ? source.column : null
  return ({ about, part }: Finding): string | null => {
    if (about === 'territory') return name(part === 'region' ? region?.code : municipality?.code)
    if (about === 'institution') return name(institution.code)
    if (about === 'enrolment') return enrolments.length === 1 ? name(enrolments[0]!.from) : null
    if (about === 'result') return name(results.find(({ assessment }) => assessment === part)?.value)
    if (part === 'sex' || part === 'birthMonth' || part === 'name') return name(learner[part])
    return name(learner.code)
  }
}
