import type { Tx } from '#db/actor.ts'
import { atOwnYear, current } from './define.ts'
import type { Source } from './inputs.ts'
import { withoutObjectors } from './not-counted-store.ts'
import type { SchoolFeatures, SimilarSchools } from './similar.ts'

/** Degrees of urbanisation as the source or Eurostat (1–3) writes them, as steps from the city outwards. */
const steps = `
  ('city', 1), ('dense', 2), ('suburb', 3), ('small_town', 3), ('village', 4), ('rural', 5), ('sparse', 6), ('1', 1), ('2', 3), ('3', 5)`

/** What of the bank every institution with pupils is compared by on 1 October of a school year. */
function featureFacts(withContext: boolean): string {
  const part = (condition: string) => `avg((${condition})::int)::float8`
  return `
    select f.institution_id, coalesce(v.kind, '') as kind, f.pupils, f.preschool, f.early, f.upper, f.special, f.not_full_time,
           s.urbanisation, f.context
      from (
        select e.institution_id, count(*)::float8 as pupils, ${part('e.grade = 0')} as preschool,
               ${part('e.grade between 1 and 6')} as early, ${part('e.grade >= 10')} as upper,
               coalesce(${part(`substr(e.programme_code, 5, 2) between '51' and '59'`)}, 0) as special,
               coalesce(${part(`substr(e.programme_code, 8, 1) <> '1'`)}, 0) as not_full_time,
               ${withContext ? 'avg(x.quintile)::float8' : 'null::float8'} as context
          from registry.enrolment e
          ${
            withContext
              ? `left join records.context x on x.learner_id = e.learner_id and x.school_year = $2 and ${current('x')}`
              : ''
          }
         where e.school_year = $2 and e.main and e.valid @> make_date($2::int - 1, 10, 1) and ${current('e')}
         group by e.institution_id
      ) f
      left join lateral (
        select v.kind from registry.institution_version v
         where v.institution_id = f.institution_id and ${current('v')} and v.valid @> make_date($2::int - 1, 10, 1) limit 1) v on true
      left join (
        select s.institution_id, avg(u.step)::float8 as urbanisation
          from registry.site_version s join (values ${steps}) as u (degurba, step) using (degurba)
         where s.valid @> make_date($2::int - 1, 10, 1) and ${current('s')} group by 1) s
        using (institution_id)`
}

/** What decides which schools are alike in a school year. */
export const similarSource = (withContext: boolean): Source => ({
  code: 'similar',
  hash: '',
  looks: atOwnYear,
  facts: featureFacts(withContext),
})

/**
 * What every institution with pupils is compared by on 1 October of a school year. Reads temporary table `place` for regions.
 *
 * @param withContext  whether the linkage with the context of families is on
 */
export async function schoolFeatures(
  tx: Tx,
  asOf: number,
  year: number,
  withContext: boolean,
): Promise<SchoolFeatures[]> {
  const { rows } = await tx.query<SchoolFeatures>(
    `select f.institution_id as institution, f.kind, r.unit_id as region, f.pupils, f.preschool, f.early, f.upper, f.special,
            f.not_full_time as "notFullTime", f.urbanisation, f.context
       from (${await withoutObjectors(tx, featureFacts(withContext))}) f
       left join pg_temp.place r on r.institution_id = f.institution_id and r.level = 'region'
      order by f.institution_id`,
    [asOf, year],
  )
  return rows
}

/** Keeps which schools are alike in a school year, in place of what the cube had. */
export async function keepSimilar(
  tx: Tx,
  cubeId: number,
  year: number,
  similar: readonly SimilarSchools[],
): Promise<void> {
  await tx.query('delete from indicators.similar where cube_id = $1 and school_year = $2', [cubeId, year])
  await tx.query(
    `insert into indicators.similar (cube_id, school_year, institution_id, with_context, others, distances)
     select $1, $2, s.institution, s."withContext", s.others, s.distances
       from jsonb_to_recordset($3) as s (institution bigint, "withContext" boolean, others bigint[], distances real[])`,
    [cubeId, year, JSON.stringify(similar)],
  )
}

/** The schools most alike, nearest first; null where none were found. */
export async function similarTo(
  tx: Tx,
  cubeId: number,
  year: number,
  institutionId: number,
): Promise<{ withContext: boolean; others: { id: number; distance: number }[] } | null> {
  const { rows } = await tx.query<{ withContext: boolean; others: number[]; distances: number[] }>(
    `select with_context as "withContext", others, distances from indicators.similar
      where cube_id = $1 and school_year = $2 and institution_id = $3`,
    [cubeId, year, institutionId],
  )
  const [row] = rows
  if (!row || row.others.length === 0) return null
  const others = row.others.map((id, at) => ({ id, distance: row.distances[at]! }))
  return { withContext: row.withContext, others }
}

/** Changes whenever schools are alike otherwise. */
export async function similarState(tx: Tx, cubeId: number): Promise<string> {
  const { rows } = await tx.query<{ state: string | null }>(
    `select md5(string_agg(format('%s %s %s %s', school_year, institution_id, with_context, others), ',' order by school_year, institution_id))
              as state from indicators.similar where cube_id = $1`,
    [cubeId],
  )
  return rows[0]?.state ?? ''
}
