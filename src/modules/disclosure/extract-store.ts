import type { Tx } from '#db/actor.ts'
import type { ExtractDemand } from './extract.ts'

/** Where an extract is used. */
export type ExtractPurpose = 'secure_room' | 'research' | 'public_use'

/** What an extract must meet on a day (`YYYY-MM-DD`). No demand, no extract. */
export async function extractDemand(tx: Tx, purpose: ExtractPurpose, day: string): Promise<ExtractDemand> {
  const { rows } = await tx.query<ExtractDemand>(
    `select k, distinct_l as "distinct", entropy_l as entropy, distance_t as distance, left_out as "leftOut", alone
       from disclosure.extract_demand where purpose = $1 and valid @> $2::date`,
    [purpose, day],
  )
  if (!rows[0]) throw new Error(`nothing is said of what an extract for ${purpose} must meet on ${day}`)
  return rows[0]
}
