import type { Tx } from '#db/actor.ts'
import type { ToldRound } from './model.ts'
import { domainName, levelNames } from './sheet.ts'

/** Rounds whose results are told to the caller, the latest school year first; no samples. */
export async function toldRounds(tx: Tx): Promise<ToldRound[]> {
  const { rows } = await tx.query<Omit<ToldRound, 'domainName' | 'levels'>>(
    `select id, code, subject, domain, grade, school_year as "schoolYear", jsonb_build_object('lv', name_lv, 'en', name_en) as name,
            is_official as "isOfficial", scale, linked_to as "linkedTo", link_error as "linkError",
            to_char(told_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "toldAt"
       from assessments.told_rounds()`,
  )
  return rows.map((round) => ({ ...round, domainName: domainName(round.domain), levels: levelNames }))
}
