import type { Tx } from '#db/actor.ts'
import type { Finding, Merged } from './staging.ts'

/** Finds the territories and institutions the file speaks of: `territory_of` and `institution_of` (no → id). */
export async function findPlaces(tx: Tx) {
  await tx.query(`
    create temporary table territory_of on commit drop as
    select s.no, coalesce(t.territory_id, nextval('registry.territory_territory_id_seq')) as territory_id,
           t.territory_id is null as is_new
      from staged_territory s
      left join lateral (
        select v.territory_id
          from registry.territory_version v join registry.territory t using (territory_id)
         where v.superseded_by is null and v.code = s.code and t.kind = s.kind
         order by lower(v.valid) desc nulls last limit 1
      ) t on true`)
  await tx.query(`
    create temporary table institution_of on commit drop as
    select s.no, coalesce(i.institution_id, nextval('registry.institution_institution_id_seq')) as institution_id,
           i.institution_id is null as is_new
      from staged_institution s
      left join lateral (
        select v.institution_id
          from registry.institution_version v
         where v.superseded_by is null and v.code = s.code
         order by lower(v.valid) desc nulls last limit 1
      ) i on true`)
  await tx.query('analyze territory_of, institution_of')
}

/** Code of the state the bank is about; undefined when it is empty. */
export async function stateCode(tx: Tx): Promise<string | undefined> {
  const { rows } = await tx.query<{ code: string }>(`
    select v.code from registry.territory_version v join registry.territory t using (territory_id)
     where t.kind = 'state' and v.superseded_by is null limit 1`)
  return rows[0]?.code
}

/** Places that are referred to without a description and that the register does not know. */
export async function unknownPlaces(tx: Tx): Promise<Finding[]> {
  const { rows } = await tx.query<Finding>(`
    select s.line, 'territory.unknown' as rule, 'territory' as about, s.kind as part, s.code as value, '{}'::jsonb as detail
      from staged_territory s join territory_of o using (no)
     where o.is_new and s.name_lv is null
    union all
    select s.line, 'institution.unknown', 'institution', null, s.code, '{}'
      from staged_institution s join institution_of o using (no)
     where o.is_new and s.name_lv is null`)
  return rows
}

/** Takes the places into the register: new ones, and what is said differently of known ones. */
export async function mergePlaces(
  tx: Tx,
  importId: number,
): Promise<{ territories: Merged; institutions: Merged }> {
  await tx.query(`
    insert into registry.territory (territory_id, kind)
    select o.territory_id, s.kind from territory_of o join staged_territory s using (no) where o.is_new`)
  await tx.query(`
    insert into registry.institution (institution_id) select institution_id from institution_of where is_new`)
  const territories = await mergeVersions(tx, importId, {
    table: 'registry.territory_version',
    id: 'territory_id',
    said: ['parent_id', 'code', 'name_lv', 'name_en', 'genitive_lv', 'locative_lv'],
    from: `select o.territory_id, o.is_new, s.line, s.since, p.territory_id as parent_id, s.code, s.name_lv, s.name_en,
                  s.genitive_lv, s.locative_lv
             from staged_territory s join territory_of o using (no) left join territory_of p on p.no = s.parent_no
            where s.name_lv is not null`,
  })
  const institutions = await mergeVersions(tx, importId, {
    table: 'registry.institution_version',
    id: 'institution_id',
    said: ['territory_id', 'code', 'name_lv', 'name_en', 'genitive_lv', 'locative_lv', 'kind'],
    from: `select o.institution_id, o.is_new, s.line, s.since, t.territory_id, s.code, s.name_lv, s.name_en,
                  s.genitive_lv, s.locative_lv, s.kind
             from staged_institution s join institution_of o using (no) join territory_of t on t.no = s.territory_no
            where s.name_lv is not null`,
  })
  return { territories, institutions }
}

type Versions = {
  table: string
  id: string
  /** Columns of what is said of the place. */
  said: readonly string[]
  /** Query of what the file says: id, is_new, line, since and the columns. */
  from: string
}

/**
 * A description holds from `since` until the next one known. One that begins on the same day takes the place of the earlier
 * (a correction); one that begins later ends the earlier (a change in the world). What is said already stays as it is.
 */
async function mergeVersions(tx: Tx, importId: number, { table, id, said, from }: Versions): Promise<Merged> {
  const hash = (of: string) =>
    `hash_record_extended(row(${[id, ...said, 'valid'].map((column) => `${of}.${column}`).join(', ')}), 0)`
  const start = (range: string) => `coalesce(lower(${range}), '-infinity')`
  await tx.query(`
    create temporary table described on commit drop as
    select f.*, ${hash('f')} as row_hash
      from (
        select n.*, daterange(n.since, (
                 select min(lower(v.valid)) from ${table} v
                  where v.superseded_by is null and v.${id} = n.${id}
                    and lower(v.valid) > coalesce(n.since, '-infinity'))) as valid
          from (${from}) n
      ) f`)
  await tx.query(`
    create temporary table outdated on commit drop as
    select v.*, d.valid as new_valid, d.line as new_line
      from ${table} v join described d using (${id})
     where v.superseded_by is null and v.valid && d.valid and v.row_hash <> d.row_hash`)
  const key = id.replace('_id', '_version_id')
  await tx.query(`update ${table} v set superseded_by = $1 from outdated o where v.${key} = o.${key}`, [
    importId,
  ])
  const columns = [id, ...said, 'valid'].join(', ')
  await tx.query(
    `insert into ${table} (${columns}, import_id, line, row_hash)
     select ${columns}, $1, new_line, ${hash('o')}
       from (select ${[id, ...said].join(', ')}, new_line, daterange(lower(valid), lower(new_valid)) as valid
               from outdated where ${start('valid')} < ${start('new_valid')}) o`,
    [importId],
  )
  const { rows } = await tx.query<Merged>(
    `with made as (
       insert into ${table} (${columns}, import_id, line, row_hash)
       select ${columns}, $1, line, row_hash from described d
        where not exists (select from ${table} v
                           where v.${id} = d.${id} and v.superseded_by is null and v.row_hash = d.row_hash)
       returning ${id}
     )
     select count(m.${id}) filter (where d.is_new) as added, count(m.${id}) filter (where not d.is_new) as changed,
            0 as withdrawn, count(*) - count(m.${id}) as unchanged
       from described d left join made m using (${id})`,
    [importId],
  )
  await tx.query('drop table described, outdated')
  return rows[0]!
}
