import type { Tx } from './actor.ts'

/** What a merge did with the facts of one kind. */
export interface Merged {
  added: number
  changed: number
  withdrawn: number
  unchanged: number
}

export interface Versions {
  table: string
  id: string
  /** Columns of what is said. */
  said: readonly string[]
  /** Columns that came later: a row has the hash it had before them where all of them are null. */
  later?: readonly string[]
  /**
   * Query of what the file says: id, is_new, line, since (null: always), until (last day of the thing; null: none),
   * says_end (whether the file speaks of ends at all) and the columns.
   */
  from: string
}

/**
 * A description holds from `since` until the next one known. One that begins on the same day takes the place of the earlier
 * (a correction); one that begins later ends the earlier (a change in the world). What is said already stays as it is. With an
 * end, nothing holds after it; a file that does not speak of ends leaves them as they are.
 */
export async function mergeVersions(
  tx: Tx,
  importId: number,
  { table, id, said, later = [], from }: Versions,
): Promise<Merged> {
  const all = [...said, ...later]
  const row = (of: string, columns: readonly string[]) =>
    `hash_record_extended(row(${columns.map((column) => `${of}.${column}`).join(', ')}), 0)`
  const hash = (of: string) =>
    later.length === 0
      ? row(of, [id, ...said, 'valid'])
      : `${row(of, [id, ...said, 'valid'])} # case when num_nonnulls(${later.map((each) => `${of}.${each}`).join(', ')}) = 0
           then 0 else ${row(of, later)} end`
  const start = (range: string) => `coalesce(lower(${range}), '-infinity')`
  await tx.query(`
    create temporary table described on commit drop as
    select f.*, ${hash('f')} as row_hash
      from (
        select n.*, daterange(n.since, least(n.until + 1, n.next_said, n.kept_end, (
                 select min(lower(v.valid)) from ${table} v
                  where v.superseded_by is null and v.${id} = n.${id}
                    and lower(v.valid) > coalesce(n.since, '-infinity')))) as valid
          from (
            select g.*, lead(g.since) over (partition by g.${id} order by coalesce(g.since, '-infinity')) as next_said,
                   (select max(upper(v.valid)) from ${table} v
                     where not g.says_end and v.superseded_by is null and v.${id} = g.${id}
                    having not bool_or(upper_inf(v.valid)) and max(upper(v.valid)) > coalesce(g.since, '-infinity')) as kept_end
              from (${from}) g) n
      ) f`)
  await tx.query('analyze described')
  const key = (await hasOwnNumber(tx, table, id)) ? id.replace('_id', '_version_id') : 'ctid'
  await tx.query(`
    create temporary table outdated on commit drop as
    select v.${key} as row_key, ${[id, ...all].map((column) => `v.${column}`).join(', ')}, v.valid,
           min(${start('d.valid')}) as new_start, min(d.line) as new_line
      from ${table} v join described d using (${id})
     where v.superseded_by is null and v.valid && d.valid
       and v.row_hash <> d.row_hash
     group by ${[`v.${key}`, id, ...all.map((column) => `v.${column}`), 'v.valid'].join(', ')}`)
  await tx.query(`update ${table} v set superseded_by = $1 from outdated o where v.${key} = o.row_key`, [
    importId,
  ])
  const { rowCount: withdrawn } = await tx.query(
    `update ${table} v set superseded_by = $1
       from (select ${id}, max(until) as until from described group by ${id} having bool_and(until is not null)) d
      where v.${id} = d.${id} and v.superseded_by is null and lower(v.valid) > d.until`,
    [importId],
  )
  const columns = [id, ...all, 'valid'].join(', ')
  await tx.query(
    `insert into ${table} (${columns}, import_id, line, row_hash)
     select ${columns}, $1, new_line, ${hash('o')}
       from (select ${[id, ...all].join(', ')}, new_line, daterange(lower(valid), new_start) as valid
               from outdated where ${start('valid')} < new_start) o`,
    [importId],
  )
  const { rows } = await tx.query<Merged>(
    `with made as (
       insert into ${table} (${columns}, import_id, line, row_hash)
       select ${columns}, $1, line, row_hash from described d
        where not exists (select from ${table} v
                           where v.${id} = d.${id} and v.superseded_by is null and v.row_hash = d.row_hash)
       returning ${id}, row_hash
     )
     select count(m.${id}) filter (where d.is_new) as added, count(m.${id}) filter (where not d.is_new) as changed,
            $2::bigint as withdrawn, count(*) - count(m.${id}) as unchanged
       from described d left join made m using (${id}, row_hash)`,
    [importId, withdrawn],
  )
  await tx.query('drop table described, outdated')
  return rows[0]!
}

/** Whether the versions of a table are numbered; those of learners and staff are too many to be. */
async function hasOwnNumber(tx: Tx, table: string, id: string): Promise<boolean> {
  const { rows } = await tx.query<{ there: boolean }>(
    `select exists (select from pg_attribute where attrelid = $1::regclass and attname = $2) as there`,
    [table, id.replace('_id', '_version_id')],
  )
  return rows[0]!.there
}
