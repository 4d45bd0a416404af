import type { Tx } from '#db/actor.ts'
import type { Keys } from '#db/keys.ts'
import { sealer } from '#modules/registry/index.ts'
import type { OwnResults, ResultNotice } from './model.ts'
import type { ReadableResult } from './readable.ts'
import { sheetOf } from './sheet.ts'

const FRESH = 60 // days a notice stays

/** Official results of the caller's own learner; null where the mandate is for none. The database writes the reading down. */
export async function ownResults(tx: Tx, keys: Keys): Promise<OwnResults | null> {
  const { rows } = await tx.query<{ id: string; name: Buffer | null; results: ReadableResult[] }>(
    'select learner_uuid as id, sealed_name as name, results from assessments.read_own_results()',
  )
  const [own] = rows
  if (!own) return null
  return {
    learner: { id: own.id, name: own.name && sealer(keys).open('name', own.name) },
    sheets: own.results.map((result) => sheetOf(result, own.results)),
  }
}

/** What appeared for the caller's own learner in the last two months, without a name or a result. */
export async function freshResults(tx: Tx): Promise<ResultNotice[]> {
  const { rows } = await tx.query<ResultNotice>(
    `select round, jsonb_build_object('lv', name_lv, 'en', name_en) as name,
            to_char(appeared_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "appearedAt"
       from assessments.fresh_results($1)`,
    [FRESH],
  )
  return rows
}
