import type { Tx } from '#db/actor.ts'

/** Tables that live as long as one file of a package is taken over; the next file makes its own. */
const tables = [
  'staged_row',
  'id_of',
  'own_code',
  'target',
  'staged_learner',
  'staged_enrolment',
  'staged_result',
  'staged_crowded',
  'learner_of',
  'institution_of',
  'territory_of',
  'assessment_of',
  'feed',
]

export async function dropStaged(tx: Tx): Promise<void> {
  // Only temporary ones: the schema is named.
  await tx.query(`drop table if exists ${tables.map((table) => `pg_temp.${table}`).join(', ')}`)
}

/** Lets the planner know how much was staged; nobody else does it for temporary tables. */
export async function analyzeStaged(tx: Tx, staged: readonly string[]): Promise<void> {
  await tx.query(`analyze ${staged.join(', ')}`)
}
