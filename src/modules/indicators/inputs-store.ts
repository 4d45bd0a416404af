import type { Tx } from '#db/actor.ts'
import { type RowYears, rowYears } from './row-years.ts'
import type { CubeRow } from './store.ts'

/** Rows of a table that one transaction wrote, about the same school years. */
export interface RowVersions {
  first: number
  last: number
  /** the transaction: a row that is written again has another */
  writer: string
  rows: number
}

/** What facts read, views seen through, and which functions they ask that could answer otherwise another time. */
export interface Read {
  tables: string[]
  /** hashes of the SQL of views and of functions of ours */
  views: string[]
  functions: string[]
}

/** As PostgreSQL understands the SQL of the facts: by the dependencies of a view made of them. */
export async function readBy(tx: Tx, facts: string): Promise<Read> {
  const asked = facts.replaceAll('$1', 'null::bigint').replaceAll('$2', 'null::int')
  await tx.query(`create temporary view facts_read as select * from (${asked}) as fact`)
  const { rows } = await tx.query<Read>(
    `with recursive seen as (
       select 'pg_temp.facts_read'::regclass::oid as oid
       union
       select d.refobjid
         from seen join pg_catalog.pg_rewrite w on w.ev_class = seen.oid
         join pg_catalog.pg_depend d
           on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
     ), asked as (
       select d.refobjid as oid
         from seen join pg_catalog.pg_rewrite w on w.ev_class = seen.oid
         join pg_catalog.pg_depend d
           on d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_catalog.pg_proc'::regclass
     )
     select array(select n.nspname || '.' || c.relname
                    from seen join pg_catalog.pg_class c using (oid) join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                   where c.relkind <> 'v' order by 1) as tables,
            array(select md5(pg_get_viewdef(c.oid))
                    from seen join pg_catalog.pg_class c using (oid)
                   where c.relkind = 'v' and c.relpersistence <> 't'
                  union all
                  select md5(p.prosrc) from asked join pg_catalog.pg_proc p using (oid) where p.oid >= 16384 order by 1) as views,
            array(select n.nspname || '.' || p.proname
                    from asked join pg_catalog.pg_proc p using (oid) join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                   where p.provolatile <> 'i' order by 1) as functions`,
  )
  await tx.query('drop view pg_temp.facts_read')
  return rows[0]!
}

/** Which school years the rows of a table are about; null: all of them. */
export async function yearsOf(tx: Tx, table: string): Promise<RowYears | null> {
  const { rows: columns } = await tx.query<{ name: string }>(
    'select attname as name from pg_catalog.pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped',
    [table],
  )
  return rowYears(
    table,
    columns.map(({ name }) => name),
  )
}

/**
 * The versions of rows a table is made of, by school year and by the transaction that wrote them. PostgreSQL notes it with every row
 * itself, so whatever changed a table is seen, whoever did it: a row that came or was written again has another writer, one that is
 * gone is missing in the count. Only sums of rows leave the database.
 */
export async function rowVersions(tx: Tx, table: string): Promise<RowVersions[]> {
  const years = await yearsOf(tx, table)
  const by = years?.by ?? []
  const keys = by.map((_, at) => `k${at + 1}`)
  const { rows } = await tx.query<RowVersions>(
    `select coalesce(${years?.first ?? 'null'}, 0)::int as first, coalesce(${years?.last ?? 'null'}, 9999)::int as last,
            writer::text as writer, sum(rows)::int as rows
       from (
         select ${[...by.map((sql, at) => `${sql} as ${keys[at]}`), 't.xmin as writer'].join(', ')}, count(*) as rows
           from ${table} t ${years?.join ?? ''} group by ${[...keys, 'writer'].join(', ')}
       ) counted
      group by 1, 2, 3 order by 1, 2, 3`,
  )
  return rows
}

/** What tells this database from any other: a copy of its rows elsewhere was written by other transactions of the same numbers. */
export async function databaseMark(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ mark: string }>(
    `select concat_ws(' ', c.system_identifier, d.oid) as mark
       from pg_control_system() c, pg_catalog.pg_database d where d.datname = current_database()`,
  )
  return rows[0]!.mark
}

/** Where every institution is added up, as a hash of temporary tables `place` and `place_today`. */
export async function placesMark(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ mark: string }>(
    `select md5(string_agg(concat_ws(' ', borders, institution_id, level, unit_id), ',' order by borders, institution_id, level collate "C", unit_id)) as mark
       from (select 1 as borders, * from pg_temp.place union all select 2, * from pg_temp.place_today) p`,
  )
  return rows[0]!.mark
}

/** Who is not counted, as a hash. */
export async function notCountedMark(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ mark: string | null }>(
    `select md5(string_agg(id::text, ',' order by id)) as mark from (select distinct id from rights.not_counted() as id) n`,
  )
  return rows[0]!.mark ?? ''
}

/** A part, or that there are no figures, and what it was made from. */
export interface MadePart {
  code: string
  year: number
  inputs: Buffer
  /** null: there were no figures */
  id: number | null
  cells: number
}

/** What the parts of the current cube were made from. */
export async function madeParts(tx: Tx): Promise<MadePart[]> {
  const { rows } = await tx.query<MadePart>(
    `select i.code, i.school_year as year, i.inputs, i.part_id as id, coalesce(p.cells, 0) as cells
       from indicators.part_input i left join indicators.part p using (part_id) where i.school_year > 0`,
  )
  return rows
}

/** Writes down what the parts of the current cube were made from, in place of what stood there. */
export async function keepMadeParts(tx: Tx, made: readonly Omit<MadePart, 'cells'>[]): Promise<void> {
  await tx.query('delete from indicators.part_input where school_year > 0')
  await tx.query(
    `insert into indicators.part_input (code, school_year, inputs, part_id)
     select * from unnest($1::text[], $2::smallint[], $3::bytea[], $4::bigint[])`,
    [
      made.map(({ code }) => code),
      made.map(({ year }) => year),
      made.map(({ inputs }) => inputs),
      made.map(({ id }) => id),
    ],
  )
}

/** What something that is not made by school years was made from; null: it was never made, or it could not be known. */
export async function madeFrom(tx: Tx, code: string): Promise<Buffer | null> {
  const { rows } = await tx.query<{ inputs: Buffer }>(
    'select inputs from indicators.part_input where code = $1 and school_year = 0',
    [code],
  )
  return rows[0]?.inputs ?? null
}

/** Writes down what something that is not made by school years was made from. */
export async function keepMadeFrom(tx: Tx, code: string, inputs: Buffer | null): Promise<void> {
  await tx.query('delete from indicators.part_input where code = $1 and school_year = 0', [code])
  if (inputs)
    await tx.query('insert into indicators.part_input (code, school_year, inputs) values ($1, 0, $2)', [
      code,
      inputs,
    ])
}

/** Which schools were alike in a school year are so in the new cube too. */
export async function copySimilar(tx: Tx, from: CubeRow, to: CubeRow, year: number): Promise<void> {
  if (from.id === to.id) return
  await tx.query('delete from indicators.similar where cube_id = $1 and school_year = $2', [to.id, year])
  await tx.query(
    `insert into indicators.similar (cube_id, school_year, institution_id, with_context, others, distances)
     select $1, school_year, institution_id, with_context, others, distances from indicators.similar
      where cube_id = $2 and school_year = $3`,
    [to.id, from.id, year],
  )
}
