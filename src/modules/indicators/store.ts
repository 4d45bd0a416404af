import type { Tx } from '#db/actor.ts'
import type { Level } from '#terms/level.ts'
import { current, type Definition, told } from './define.ts'
import type { CubeCell, Indicator } from './model.ts'

export interface CubeRow {
  id: number
  uuid: string
  asOfImport: number
  madeAt: string
}

/** One snapshot of the bank throughout, and one compute at a time: two would build the same parts twice. */
export async function beginCompute(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read')
  await tx.query(`select pg_advisory_xact_lock(hashtext('indicators.compute'))`)
}

/** The latest import whose facts are in the bank; null: the bank is empty. */
export async function asOfImport(tx: Tx): Promise<number | null> {
  const { rows } = await tx.query<{ latest: number | null }>(
    `select max(import_id) as latest from intake.import where state = 'merged'`,
  )
  return rows[0]?.latest ?? null
}

/** School years with enrolments or tests, ascending. */
export async function schoolYearsWithFacts(tx: Tx, asOf: number): Promise<number[]> {
  const { rows } = await tx.query<{ school_year: number }>(
    `select school_year from registry.enrolment e where ${current('e')}
      union select school_year from records.assessment where import_id <= $1
      order by 1`,
    [asOf],
  )
  return rows.map((row) => row.school_year)
}

/**
 * Writes down what a definition says, once per version.
 *
 * @throws Error if the formula of a version that was already computed has changed: it needs a new version number
 */
export async function keepDefinition(tx: Tx, definition: Definition): Promise<void> {
  const { rows } = await tx.query<{ hash: string }>(
    `insert into indicators.definition (code, version, hash, definition) values ($1, $2, $3, $4)
     on conflict (code, version) do update set definition = excluded.definition
       where definition.hash = excluded.hash
     returning hash`,
    [definition.code, definition.version, definition.hash, JSON.stringify(told(definition))],
  )
  if (rows.length === 0) {
    throw new Error(
      `the formula of ${definition.code} version ${definition.version} has changed: give it a new version`,
    )
  }
}

/** Temporary table `place`: for every institution the units it belongs to on 1 October of the school year. */
export async function preparePlaces(tx: Tx, asOf: number, year: number): Promise<void> {
  await tx.query('drop table if exists pg_temp.place')
  await tx.query(
    `create temporary table place on commit drop as
     with territory as (
       select t.territory_id, t.kind, v.parent_id
         from registry.territory t
         join registry.territory_version v using (territory_id)
        where ${current('v')} and v.valid @> make_date($2::int - 1, 10, 1)
     )
     select i.institution_id, l.level, l.unit_id
       from registry.institution_version i
       join territory m on m.territory_id = i.territory_id
       left join territory p on p.territory_id = m.parent_id
       left join territory pp on pp.territory_id = p.parent_id
      cross join lateral (values
        ('school', i.institution_id),
        (m.kind, m.territory_id),
        (p.kind, p.territory_id),
        (pp.kind, pp.territory_id)
      ) as l (level, unit_id)
      where ${current('i')} and i.valid @> make_date($2::int - 1, 10, 1) and l.unit_id is not null`,
    [asOf, year],
  )
  await tx.query('create index on pg_temp.place (institution_id)')
  await tx.query('analyze pg_temp.place')
}

/**
 * Temporary table `atom`: the facts counted by institution, subject, every breakdown and value. Everything above is
 * sums of atoms, so that parts always add up to the whole.
 */
export async function prepareAtoms(
  tx: Tx,
  definition: Definition,
  asOf: number,
  year: number,
): Promise<void> {
  const columns = ['institution_id', 'subject', ...definition.breakdowns, 'y'].join(', ')
  await tx.query('drop table if exists pg_temp.atom')
  await tx.query(
    `create temporary table atom on commit drop as
     select ${columns}, count(*) as n from (${definition.facts}) as fact group by ${columns}`,
    [asOf, year],
  )
  await tx.query('analyze pg_temp.atom')
}

/**
 * Adds the atoms up to cells and keeps them as a part, unless the same part is already there. Returns null where there
 * are no facts. Sums run over sorted values, so that the same facts give the same bytes in whatever order they lie.
 */
export async function addPart(
  tx: Tx,
  definition: Definition,
  year: number,
  mostCells: number,
): Promise<{ id: number; cells: number; isNew: boolean } | null> {
  const breakdowns = definition.breakdowns.map((by) => `('${by}', ${by})`)
  const valued = definition.kind !== 'count'
  const spread = definition.showsSpread
  await tx.query('drop table if exists pg_temp.new_cell')
  await tx.query(
    `create temporary table new_cell on commit drop as
     with counted as (
       select p.level, p.unit_id, a.subject, b.breakdown, b.category, a.y, sum(a.n)::bigint as n
         from pg_temp.atom a
         join pg_temp.place p using (institution_id)
        cross join lateral (values ${[`('-', '-')`, ...breakdowns].join(', ')}) as b (breakdown, category)
        where p.level = any ($1)
        group by 1, 2, 3, 4, 5, 6
     )
     select level, unit_id, subject, breakdown, category, sum(n)::bigint as n,
            ${valued ? 'sum(n * y order by y)' : 'null::float8'} as sum_y,
            ${valued ? 'sum(n * y * y order by y)' : 'null::float8'} as sum_yy,
            ${spread ? 'array_agg(y order by y)' : 'null::float8[]'} as vals,
            ${spread ? 'array_agg(n order by y)' : 'null::bigint[]'} as counts
       from counted group by 1, 2, 3, 4, 5`,
    [definition.levels],
  )
  const { rows: counted } = await tx.query<{ cells: number }>(
    'select count(*) as cells from pg_temp.new_cell',
  )
  const { cells } = counted[0]!
  if (cells === 0) return null
  if (cells > mostCells) {
    throw new RangeError(
      `${definition.code} makes ${cells} cells in ${year}; at most ${mostCells} are allowed`,
    )
  }
  const { rows: hashed } = await tx.query<{ hash: Buffer }>(
    `select sha256(convert_to($1 || string_agg(encode(sha256(convert_to(row_text, 'UTF8')), 'hex'), ''
                                               order by row_text collate "C"), 'UTF8')) as hash
       from (select format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s', level, unit_id, subject, breakdown, category, n, sum_y,
                           sum_yy, vals, counts) as row_text from pg_temp.new_cell) as r`,
    [`${definition.hash}|${year}|`],
  )
  const { hash } = hashed[0]!
  const { rows: known } = await tx.query<{ part_id: number }>(
    'select part_id from indicators.part where part_hash = $1',
    [hash],
  )
  if (known[0]) return { id: known[0].part_id, cells, isNew: false }
  const { rows: added } = await tx.query<{ part_id: number }>(
    `insert into indicators.part (part_hash, code, version, school_year, cells) values ($1, $2, $3, $4, $5)
     returning part_id`,
    [hash, definition.code, definition.version, year, cells],
  )
  const id = added[0]!.part_id
  await tx.query(
    `insert into indicators.cell (part_id, level, unit_id, subject, breakdown, category, n, sum_y, sum_yy, vals, counts)
     select $1, level, unit_id, subject, breakdown, category, n, sum_y, sum_yy, vals, counts from pg_temp.new_cell`,
    [id],
  )
  return { id, cells, isNew: true }
}

/** Makes the set of parts a cube and points readers to it; keeps the current cube when it is the same set. */
export async function finishCube(
  tx: Tx,
  asOf: number,
  parts: readonly number[],
): Promise<{ cube: CubeRow; changed: boolean }> {
  const before = await currentCube(tx)
  if (before) {
    const { rows } = await tx.query<{ same: boolean }>(
      `select coalesce(array_agg(part_id order by part_id), '{}') = $2::bigint[] as same
         from indicators.cube_part where cube_id = $1`,
      [before.id, [...parts].sort((a, b) => a - b)],
    )
    if (rows[0]!.same) return { cube: before, changed: false }
  }
  const { rows } = await tx.query<{ cube_id: number }>(
    'insert into indicators.cube (as_of_import) values ($1) returning cube_id',
    [asOf],
  )
  const id = rows[0]!.cube_id
  await tx.query('insert into indicators.cube_part (cube_id, part_id) select $1, unnest($2::bigint[])', [
    id,
    parts,
  ])
  await tx.query(
    `insert into indicators.pointer (name, cube_id) values ('current', $1)
     on conflict (name) do update set cube_id = excluded.cube_id`,
    [id],
  )
  await dropOldCubes(tx)
  await tx.query(`select pg_notify('ikms_data', '')`)
  return { cube: (await currentCube(tx))!, changed: true }
}

/** Cubes older than 30 days that were never released and are not current go, and with them parts nobody uses. */
async function dropOldCubes(tx: Tx): Promise<void> {
  await tx.query(
    `with old as (
       select cube_id from indicators.cube c
        where made_at < now() - interval '30 days'
          and not exists (select from indicators.pointer p where p.cube_id = c.cube_id)
          and not exists (select from publications.release r where r.cube_id = c.cube_id)
     ), unlinked as (delete from indicators.cube_part where cube_id in (select cube_id from old))
     select 1`,
  )
  await tx.query(
    `delete from indicators.cube c
      where made_at < now() - interval '30 days'
        and not exists (select from indicators.cube_part p where p.cube_id = c.cube_id)
        and not exists (select from indicators.pointer p where p.cube_id = c.cube_id)
        and not exists (select from publications.release r where r.cube_id = c.cube_id)`,
  )
  const { rows } = await tx.query<{ part_id: number }>(
    `delete from indicators.part p
      where made_at < now() - interval '30 days'
        and not exists (select from indicators.cube_part c where c.part_id = p.part_id)
     returning part_id`,
  )
  if (rows.length > 0) {
    await tx.query('delete from indicators.cell where part_id = any ($1)', [rows.map((row) => row.part_id)])
  }
}

export async function currentCube(tx: Tx): Promise<CubeRow | null> {
  const { rows } = await tx.query<CubeRow>(
    `select c.cube_id as id, c.cube_uuid as uuid, c.as_of_import as "asOfImport",
            to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"
       from indicators.pointer p join indicators.cube c using (cube_id)
      where p.name = 'current'`,
  )
  return rows[0] ?? null
}

/** The newest version of every definition, by code. */
export async function listIndicators(tx: Tx): Promise<Indicator[]> {
  const { rows } = await tx.query<{ definition: Indicator }>(
    'select distinct on (code) definition from indicators.definition order by code, version desc',
  )
  return rows.map((row) => row.definition)
}

/** Which cells are wanted. Units are ids of registry.territory or, at level school, of registry.institution. */
export interface CellQuery {
  units?: readonly { level: Level; id: number }[]
  level?: Level
  indicator?: string
  subject?: string
  schoolYear?: number
  breakdown?: string
}

/** Conditions of a CellQuery on columns of `alias`, and their values after the first `$first - 1`. */
export function cellConditions(query: CellQuery, first: number): { sql: string; values: unknown[] } {
  const conditions: string[] = []
  const values: unknown[] = []
  const also = (condition: (at: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${first + values.length - 1}`))
  }
  if (query.units) {
    const levels = [...new Set(query.units.map((unit) => unit.level))]
    const parts: string[] = []
    for (const level of levels) {
      values.push(query.units.filter((unit) => unit.level === level).map((unit) => unit.id))
      parts.push(`(c.level = '${level}' and c.unit_id = any ($${first + values.length - 1}))`)
    }
    conditions.push(parts.length > 0 ? `(${parts.join(' or ')})` : 'false')
  }
  if (query.level) also((at) => `c.level = ${at}`, query.level)
  if (query.indicator) also((at) => `code = ${at}`, query.indicator)
  if (query.subject) also((at) => `c.subject = ${at}`, query.subject)
  if (query.schoolYear) also((at) => `school_year = ${at}`, query.schoolYear)
  if (query.breakdown) also((at) => `c.breakdown = ${at}`, query.breakdown)
  return { sql: conditions.length > 0 ? conditions.join(' and ') : 'true', values }
}

/**
 * Unprotected cells of a cube, as far as the tier of the transaction may see them: a school its own, an analyst all.
 * They are never for an audience beyond the duty of care; those get `releasedCells`.
 */
export async function cubeCells(tx: Tx, cubeId: number, query: CellQuery): Promise<CubeCell[]> {
  const { sql, values } = cellConditions(query, 2)
  const { rows } = await tx.query<CubeCell>(
    `select p.code as indicator, p.version, p.school_year as "schoolYear", c.level, c.unit_id as "unitId", c.subject,
            c.breakdown, c.category, c.n, c.sum_y as "sumY", c.sum_yy as "sumYY", c.vals as "values", c.counts
       from indicators.cube_part cp
       join indicators.part p using (part_id)
       join indicators.cell c using (part_id)
      where cp.cube_id = $1 and ${sql}`,
    [cubeId, ...values],
  )
  return rows
}

/** Cells of a part, a page at a time in the order of their key, for jobs that walk the whole cube. */
export async function* cellsOfCube(tx: Tx, cubeId: number): AsyncGenerator<CubeCell[]> {
  const { rows: parts } = await tx.query<{
    part_id: number
    code: string
    version: number
    school_year: number
  }>(
    `select part_id, p.code, p.version, p.school_year
       from indicators.cube_part join indicators.part p using (part_id) where cube_id = $1 order by p.code, p.school_year`,
    [cubeId],
  )
  for (const part of parts) {
    let after: { level: string; unit: number } = { level: '', unit: 0 }
    while (true) {
      const { rows } = await tx.query<CubeCell>(
        `with unit as (
           select distinct level, unit_id from indicators.cell
            where part_id = $1 and (level, unit_id) > ($2, $3) order by level, unit_id limit 1000
         )
         select $4::text as indicator, $5::int as version, $6::int as "schoolYear", c.level, c.unit_id as "unitId",
                c.subject, c.breakdown, c.category, c.n, c.sum_y as "sumY", c.sum_yy as "sumYY", c.vals as "values",
                c.counts
           from unit join indicators.cell c on c.part_id = $1 and c.level = unit.level and c.unit_id = unit.unit_id
          order by c.level, c.unit_id, c.subject, c.breakdown, c.category`,
        [part.part_id, after.level, after.unit, part.code, part.version, part.school_year],
      )
      const last = rows.at(-1)
      if (!last) break
      yield rows
      after = { level: last.level, unit: last.unitId }
    }
  }
}

/** How a cell came about: its part, and the lines of files its facts stand in. */
export interface Trace {
  part: { hash: string; madeAt: string; cells: number } | null
  asOfImport: number
  files: { import: string; file: string; sha256: string | null; lines: number }[]
  /** the first lines, at most `limit` */
  lines: { file: string; line: number }[]
}

/** Walks a cell back, as far as the tier of the transaction may look: an analyst everywhere. */
export async function traceCell(
  tx: Tx,
  cubeId: number,
  definition: Definition,
  unit: { level: Level; id: number },
  schoolYear: number,
  subject: string,
  limit: number,
): Promise<Trace> {
  const code = definition.derivedFrom ?? definition.code
  const { rows: cubes } = await tx.query<{ as_of_import: number }>(
    'select as_of_import from indicators.cube where cube_id = $1',
    [cubeId],
  )
  const asOfImport = cubes[0]!.as_of_import
  const { rows: parts } = await tx.query<{ hash: string; madeAt: string; cells: number }>(
    `select encode(p.part_hash, 'hex') as hash, p.cells,
            to_char(p.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"
       from indicators.cube_part join indicators.part p using (part_id)
      where cube_id = $1 and p.code = $2 and p.school_year = $3`,
    [cubeId, code, schoolYear],
  )
  const lines = `
    with recursive inside as (
      select $4::bigint as territory_id
      union
      select v.territory_id from inside i join registry.territory_version v
        on v.parent_id = i.territory_id and v.superseded_by is null
    ), fact as (${definition.lines})
    select import_id, line from fact
     where subject = $5
       and ($3 <> 'school' or institution_id = $4)
       and ($3 = 'school' or institution_id in (
             select institution_id from registry.institution_version
              where superseded_by is null and territory_id in (select territory_id from inside)))`
  const values = [asOfImport, schoolYear, unit.level, unit.id, subject]
  const { rows: files } = await tx.query<Trace['files'][number]>(
    `select m.import_uuid as import, m.file_name as file, encode(m.file_sha256, 'hex') as sha256, count(*) as lines
       from (${lines}) l join intake.import m using (import_id)
      group by m.import_id, m.import_uuid, m.file_name, m.file_sha256 order by m.import_id`,
    values,
  )
  const { rows: first } = await tx.query<Trace['lines'][number]>(
    `select m.file_name as file, l.line from (${lines}) l join intake.import m using (import_id)
      order by m.import_id, l.line limit $6`,
    [...values, limit],
  )
  return { part: parts[0] ?? null, asOfImport, files, lines: first }
}
