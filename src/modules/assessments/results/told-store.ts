import type { Tx } from '#db/actor.ts'
import type { RoundClusters, ToldRound } from './model.ts'
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

/** How pupils of an official round lie in the schools of places; null: nothing of it is told to the caller. */
export async function roundClusters(tx: Tx, code: string): Promise<RoundClusters | null> {
  const { rows } = await tx.query<{ place: string; schools: number; spread: number }>(
    'select place, schools, spread from assessments.round_clusters($1)',
    [code],
  )
  if (!rows[0]) return null
  return { spread: rows[0].spread, places: rows.map(({ place, schools }) => ({ id: place, schools })) }
}
