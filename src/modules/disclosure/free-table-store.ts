import type { Tx } from '#db/actor.ts'
import type { Level } from '#terms/level.ts'
import {
  cutOf,
  type FreeAnswer,
  type FreeDataSet,
  type FreeQuestion,
  type FreeRow,
  rowsOf,
} from './free-table.ts'

/** The version of the free data sets in force; null: none was counted yet. */
export async function currentFreeVersion(tx: Tx): Promise<{ id: number; uuid: string } | null> {
  const { rows } = await tx.query<{ id: number; uuid: string }>(
    `select v.free_version_id as id, v.free_version_uuid as uuid
       from disclosure.free_pointer p join disclosure.free_version v using (free_version_id)`,
  )
  return rows[0] ?? null
}

/** The free data sets offered on a day, with the years a version of them can be asked about. */
export async function listFreeDataSets(
  tx: Tx,
  versionId: number | null,
  day: string,
): Promise<FreeDataSet[]> {
  const { rows } = await tx.query<FreeDataSet>(
    `select d.data_set as code, d.sensitive, jsonb_build_object('lv', d.name_lv, 'en', d.name_en) as name,
            jsonb_build_object('lv', p.people_lv, 'en', p.people_en) as people,
            (select jsonb_agg(jsonb_build_object('code', x.dimension, 'categories', x.categories,
                                'name', jsonb_build_object('lv', x.name_lv, 'en', x.name_en)) order by x.position)
               from disclosure.dimension x where x.data_set = d.data_set) as dimensions,
            (select jsonb_agg(jsonb_build_object('fromYear', n.from_year, 'most', n.most, 'variance', n.variance,
                                'smallest', n.smallest, 'minimum', n.minimum,
                                'reason', jsonb_build_object('lv', n.reason_lv, 'en', n.reason_en)) order by n.from_year)
               from disclosure.noise n where n.data_set = d.data_set) as noise,
            array(select f.school_year from disclosure.free_version_part v join disclosure.free_part f using (part_id)
                   where v.free_version_id = $1 and f.data_set = d.data_set order by f.school_year) as "schoolYears"
       from disclosure.data_set d join disclosure.population p using (population)
      where d.regime = 'free' and d.valid @> $2::date order by d.data_set`,
    [versionId, day],
  )
  return rows
}

/**
 * Asks a version of the free data sets. The database adds the noise: true numbers never come here.
 *
 * @param units  ids of the units asked for, in order
 */
export async function askFreeTable(
  tx: Tx,
  versionId: number | null,
  question: FreeQuestion,
  units: readonly number[],
): Promise<FreeRow[]> {
  const { dataSet, schoolYear, level } = question
  const { split, picked } = cutOf(question)
  const there = await unitsThere(tx, level, schoolYear, units)
  const { rows } = await tx.query<FreeAnswer>(
    `select unit_id as "unitId", categories[1:$8] as categories, answer
       from disclosure.free_cells($1, $2, $3::smallint, $4, $5::bigint[], $6::boolean[], $7::text[])`,
    [versionId, dataSet.code, schoolYear, level, units, split, picked, split.length],
  )
  return rowsOf(question, units, (unit) => there.has(unit), rows)
}

/** Which of the units were there on 1 October of a school year. */
async function unitsThere(
  tx: Tx,
  level: Level,
  schoolYear: number,
  units: readonly number[],
): Promise<Set<number>> {
  const unit = level === 'school' ? 'institution' : 'territory'
  const { rows } = await tx.query<{ id: number }>(
    `select ${unit}_id as id from registry.${unit}_version
      where ${unit}_id = any ($1::bigint[]) and superseded_by is null and valid @> make_date($2::int - 1, 10, 1)`,
    [units, schoolYear],
  )
  return new Set(rows.map(({ id }) => id))
}
