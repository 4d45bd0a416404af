import type { Tx } from '#db/actor.ts'
import { mergeVersions } from '#db/entity-versions.ts'
import type { Words } from '#terms/locale.ts'
import { territories } from './entities.ts'
import { stateCode } from './places-store.ts'

export interface DescribedState {
  code: string
  name: Words
  genitive: string
  locative: string
}

/**
 * Makes the state the bank is about, where there is none; one that is known is described by the file of territories.
 *
 * @returns  whether it is new
 */
export async function takeState(
  tx: Tx,
  importId: number,
  { code, name, genitive, locative }: DescribedState,
): Promise<boolean> {
  if ((await stateCode(tx)) !== undefined) return false
  await tx.query(
    'create temporary table staged_state (code text, name_lv text, name_en text, genitive_lv text, locative_lv text, id int8)',
  )
  await tx.query(
    `insert into staged_state values ($1, $2, $3, $4, $5, nextval('registry.territory_territory_id_seq'))`,
    [code, name.lv, name.en, genitive, locative],
  )
  await tx.query(`insert into registry.territory (territory_id, kind) select id, 'state' from staged_state`)
  await mergeVersions(tx, importId, {
    ...territories.destination,
    from: `select id as territory_id, true as is_new, 1::int8 as line, null::date as since, null::date as until,
                  false as says_end, null::int8 as parent_id, code, name_lv, name_en, genitive_lv, locative_lv from staged_state`,
  })
  await tx.query('drop table staged_state')
  return true
}
