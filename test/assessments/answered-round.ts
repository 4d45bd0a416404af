import { asJob } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { philox } from '#stats/numeric/random.ts'
import type { PlantedRound } from './plant.ts'

/** What pupils of a planted round are made to show. */
export interface Shown {
  seed: number
  /** logits by which all are better than the pupils of another round */
  mean?: number
  /** logits by which items, by code, are harder than they were */
  harder?: Record<string, number>
}

/**
 * Gives points to every pupil of a round by a partial credit model whose parameters depend on the item's code only, so that an
 * item is the same in every round, and closes the round.
 *
 * @returns  ability that each participant was given, logits
 */
export async function answerRound(
  db: Database,
  { roundId }: Pick<PlantedRound, 'roundId'>,
  { seed, mean = 0, harder = {} }: Shown,
): Promise<Map<number, number>> {
  return asJob(db, async (tx) => {
    const { rows } = await tx.query<{ person: number; position: number; code: string; most: number }>(
      `select p.participant_id as person, x.position, i.code, v.points as most
         from assessments.participant p join assessments.form_item x using (form_id)
         join assessments.item_version v using (item_version_id) join assessments.item i using (item_id)
        where p.round_id = $1 order by 1, 2`,
      [roundId],
    )
    const random = philox(seed)
    const ability = new Map<number, number>()
    const scores = rows.map(({ person, position, code, most }) => {
      if (!ability.has(person)) ability.set(person, mean + random.normal())
      const { slope, difficulty } = itemOf(code)
      const distance = slope * (ability.get(person)! - difficulty - (harder[code] ?? 0))
      return { person, position, points: drawn(random.uniform(), distance, most) }
    })
    await tx.query(
      `insert into assessments.item_score (participant_id, position, points, state)
       select person, position, points, 'by_rule' from jsonb_to_recordset($1::jsonb) as s (person bigint, position smallint, points smallint)`,
      [JSON.stringify(scores)],
    )
    await tx.query(`update assessments.participant set status = 'tested' where round_id = $1`, [roundId])
    await tx.query(`update assessments.round set state = 'closed' where round_id = $1`, [roundId])
    return ability
  })
}

/** Slope and difficulty that follow from the number in the code of an item. */
function itemOf(code: string): { slope: number; difficulty: number } {
  const number = Number(code.slice(-3))
  return { slope: 0.8 + ((number * 7) % 10) / 10, difficulty: -1.5 + ((number * 13) % 31) / 10 }
}

/** Points of a partial credit item whose steps are half a logit apart. */
function drawn(u: number, distance: number, most: number): number {
  const weights = [1]
  let log = 0
  for (let k = 1; k <= most; k++) {
    log += distance - 0.5 * (k - (most + 1) / 2)
    weights.push(Math.exp(log))
  }
  const total = weights.reduce((sum, w) => sum + w, 0)
  let below = 0
  return weights.findIndex((w) => {
    below += w / total
    return u < below
  })
}
