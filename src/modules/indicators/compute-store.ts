import type { Tx } from '#db/actor.ts'
import { type PlaceRegister, placeRegister, placesOn, unitsAround } from '#modules/registry/index.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import { current, type Definition, learnersOfYear, told } from './define.ts'
import { withoutObjectors } from './not-counted-store.ts'
import { type CubeRow, currentCube } from './store.ts'

/**
 * One snapshot of the bank throughout, and one compute at a time: two would build the same parts twice. Facts are read by the hundred
 * thousand, and how many are valid on a day is guessed too low: without nested loops a wrong guess costs little.
 */
export async function beginCompute(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read')
  await tx.query(`select pg_advisory_xact_lock(hashtext('indicators.compute'))`)
  await tx.query('set local enable_nestloop = off')
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
  await keepPlaces(tx, 'place', await placeRegister(tx, asOf), dayOfPlaces(year))
}

/** As `preparePlaces`, for a register that was read already and any day. */
export async function keepPlaces(
  tx: Tx,
  table: 'place' | 'place_today',
  register: PlaceRegister,
  day: string,
): Promise<void> {
  const around = unitsAround(placesOn(register, day))
  const rows = [...register.institutions.keys()].flatMap((institution) =>
    [{ level: 'school', id: institution }, ...around('school', institution)].map((unit) => ({
      institution,
      ...unit,
    })),
  )
  await tx.query(`drop table if exists pg_temp.${table}`)
  await tx.query(
    `create temporary table ${table} (institution_id bigint, level text, unit_id bigint) on commit drop`,
  )
  await tx.query(
    `insert into pg_temp.${table} select * from unnest($1::bigint[], $2::text[], $3::bigint[])`,
    [rows.map(({ institution }) => institution), rows.map(({ level }) => level), rows.map(({ id }) => id)],
  )
  await tx.query(`create index on pg_temp.${table} (institution_id)`)
  await tx.query(`analyze pg_temp.${table}`)
}

/**
 * Temporary table `atom`: the facts counted by institution, subject, every breakdown and value. Everything above is
 * sums of atoms, so that parts always add up to the whole. `n` is rows of facts; a ratio's atoms carry `w` and the people
 * they stand for beside. Returns whether there are any.
 */
export async function prepareAtoms(
  tx: Tx,
  definition: Definition,
  asOf: number,
  year: number,
): Promise<boolean> {
  const isRatio = definition.kind === 'ratio'
  const columns = [
    'institution_id',
    'subject',
    ...definition.breakdowns,
    'y',
    ...(isRatio ? ['w'] : []),
  ].join(', ')
  const facts = await withoutObjectors(tx, await withLearnersOnce(tx, definition.facts!, asOf, year))
  if (definition.plausible) await preparePlausible(tx, definition, facts, [asOf, year])
  await tx.query('drop table if exists pg_temp.atom')
  const { rowCount } = await tx.query(
    `create temporary table atom on commit drop as
     select ${columns}, count(*) as n, ${isRatio ? 'sum(n)::bigint' : 'count(*)'} as people
       from ${definition.plausible ? 'pg_temp.fact' : `(${facts}) as fact where ${parametersKnown}`} group by ${columns}`,
    definition.plausible ? [] : [asOf, year],
  )
  if (!rowCount) return false
  await tx.query('analyze pg_temp.atom')
  return true
}

/** Gives parameters a type that facts leave unused. */
const parametersKnown = '$1::bigint is not null and $2::int is not null'

/** The facts with what is said of the learners of the year read from a temporary table, which is made when it is first wanted. */
async function withLearnersOnce(tx: Tx, facts: string, asOf: number, year: number): Promise<string> {
  if (!facts.includes(learnersOfYear)) return facts
  const table = `learners_of_${year}_${asOf}`
  const { rows } = await tx.query<{ isThere: boolean }>(
    `select to_regclass('pg_temp.' || $1) is not null as "isThere"`,
    [table],
  )
  if (!rows[0]!.isThere) {
    await tx.query(
      `create temporary table ${table} on commit drop as ${await withoutObjectors(tx, learnersOfYear)}`,
      [asOf, year],
    )
    await tx.query(`analyze pg_temp.${table}`)
  }
  return facts.replaceAll(`(${learnersOfYear})`, `pg_temp.${table}`)
}

/** As many as scaling makes of every pupil. */
const plausibleValues = Array.from({ length: 10 }, (_, at) => at + 1)

/**
 * Temporary tables `fact` and `plausible_atom`: sums of plausible values by institution, subject and every breakdown. Of whom the
 * value is known without, it is each plausible value. In exact decimals, so that the order of rows cannot matter.
 */
async function preparePlausible(
  tx: Tx,
  { breakdowns }: Definition,
  facts: string,
  parameters: readonly number[],
): Promise<void> {
  await tx.query('drop table if exists pg_temp.fact, pg_temp.plausible_atom')
  await tx.query(`create temporary table fact on commit drop as ${facts}`, parameters)
  const columns = ['institution_id', 'subject', ...breakdowns].join(', ')
  const value = (k: number) => `coalesce(plausible[${k}], y)::numeric`
  const sums = plausibleValues.map((k) => `sum(${value(k)}) as sum_${k}`).join(', ')
  const squares = plausibleValues.map((k) => `${value(k)} * ${value(k)}`).join(' + ')
  await tx.query(
    `create temporary table plausible_atom on commit drop as
     select ${columns}, count(plausible) as n, ${sums}, sum(${squares}) as squares from pg_temp.fact group by ${columns}`,
  )
  await tx.query('analyze pg_temp.plausible_atom')
}

/** Gives cells with plausible values in them the sum under each, and the means over them as the sums that are told. */
async function addPlausible(tx: Tx, { levels, breakdowns }: Definition): Promise<void> {
  const groups = [`('-', '-')`, ...breakdowns.map((by) => `('${by}', a.${by})`)].join(', ')
  await tx.query(
    `with added as (
       select p.level, p.unit_id, p.borders, a.subject, b.breakdown, b.category,
              array[${plausibleValues.map((k) => `sum(a.sum_${k})`).join(', ')}] as sums, sum(a.squares) as squares
         from pg_temp.plausible_atom a
         join pg_temp.spot p using (institution_id)
        cross join lateral (values ${groups}) as b (breakdown, category)
        where p.level = any ($1)
        group by 1, 2, 3, 4, 5, 6
       having sum(a.n) > 0
     )
     update pg_temp.new_cell c
        set plausible = a.sums::float8[], sum_y = ((select sum(s) from unnest(a.sums) s) / ${plausibleValues.length})::float8,
            sum_yy = (a.squares / ${plausibleValues.length})::float8
       from added a
      where (c.level, c.unit_id, c.borders, c.subject, c.breakdown, c.category)
          = (a.level, a.unit_id, a.borders, a.subject, a.breakdown, a.category)`,
    [levels],
  )
}

/**
 * Temporary table `spot`: where the institutions with facts are added up. Of a unit made of the same ones then and today
 * there is one figure, so that nothing doubles; of any other two.
 */
export async function prepareSpots(tx: Tx): Promise<void> {
  await tx.query('drop table if exists pg_temp.spot')
  await tx.query(
    `create temporary table spot on commit drop as
     with lies as (
       select p.* from (
         select 'then' as borders, * from pg_temp.place
         union all
         select 'today', * from pg_temp.place_today
       ) p where p.institution_id in (select institution_id from pg_temp.atom)
     ), same as (
       select level, unit_id,
              array_agg(institution_id order by institution_id) filter (where borders = 'then') is not distinct from
              array_agg(institution_id order by institution_id) filter (where borders = 'today') as is_same
         from lies group by 1, 2
     )
     select institution_id, level, unit_id, case when is_same then 'both' else borders end as borders
       from lies join same using (level, unit_id)
      where not (is_same and borders = 'today')`,
  )
  await tx.query('analyze pg_temp.spot')
}

/**
 * Adds the atoms up to cells and keeps them as a part, unless the same part is already there. Returns null where none of
 * the facts lies at any of its levels. Sums run over sorted values, so that the same facts give the same bytes in whatever order they lie.
 */
export async function addPart(
  tx: Tx,
  definition: Definition,
  year: number,
  mostCells: number,
): Promise<{ id: number; cells: number; isNew: boolean } | null> {
  const groups = [`('-', '-')`, ...definition.breakdowns.map((by) => `('${by}', a.${by})`)].join(', ')
  const valued = definition.kind !== 'count'
  const spread = definition.showsSpread
  const isRatio = definition.kind === 'ratio'
  const ofRatio = (sum: string) => (isRatio ? sum : 'null::float8')
  await tx.query('drop table if exists pg_temp.new_cell')
  // Everything is numbered first, and a cell with its value is one whole number: these are counted by hash and sorted after, while two
  // million rows of five columns would have to be sorted on disk before.
  await tx.query(
    `create temporary table new_cell on commit drop as
     with spot as materialized (
       select institution_id, level, unit_id, borders, dense_rank() over (order by level collate "C", unit_id, borders collate "C") as spot_no
         from pg_temp.spot where level = any ($1)
     ), subject as materialized (
       select subject, row_number() over () as subject_no from (select distinct subject from pg_temp.atom) s
     ), said as materialized (
       select breakdown, category, row_number() over () as said_no
         from (select distinct b.* from (select distinct ${['1', ...definition.breakdowns].join(', ')} from pg_temp.atom) a
                 cross join lateral (values ${groups}) as b (breakdown, category)) b
     ), ranked as materialized (
       select a.*, dense_rank() over (order by a.y${isRatio ? ', a.w' : ''}) as y_no from pg_temp.atom a
     ), most as materialized (
       select (select max(subject_no) + 1 from subject) as subjects, (select max(said_no) + 1 from said) as saids,
              (select max(y_no) + 1 from ranked) as ys
     ), counted as (
       select ((p.spot_no * m.subjects + s.subject_no) * m.saids + g.said_no) * m.ys + a.y_no as place,
              any_value(a.y) as y, any_value(${isRatio ? 'a.w' : '1'}) as w, sum(a.n)::bigint as n, sum(a.people)::bigint as people
         from ranked a
         join subject s using (subject)
        cross join lateral (values ${groups}) as b (breakdown, category)
         join said g using (breakdown, category)
         join spot p using (institution_id)
        cross join most m
        where p.level <> 'school' or b.breakdown <> all ($2)
        group by 1
     ), added as (
       select c.place / m.ys as cell, sum(people)::bigint as n,
              ${valued ? 'sum(n * y order by place)' : 'null::float8'} as sum_y,
              ${valued ? 'sum(n * y * y order by place)' : 'null::float8'} as sum_yy,
              ${isRatio ? 'sum(n)::bigint' : 'null::bigint'} as facts,
              ${ofRatio('sum(n * w order by place)')} as sum_w,
              ${ofRatio('sum(n * w * w order by place)')} as sum_ww,
              ${ofRatio('sum(n * w * y order by place)')} as sum_wy,
              ${spread ? 'array_agg(y order by place)' : 'null::float8[]'} as vals,
              ${spread ? 'array_agg(n order by place)' : 'null::bigint[]'} as counts
         from counted c cross join most m group by 1
     )
     select level, unit_id, borders, subject, breakdown, category, n, sum_y, sum_yy, facts, sum_w, sum_ww, sum_wy, vals, counts,
            null::float8[] as plausible
       from added
      cross join most m
       join (select distinct spot_no, level, unit_id, borders from spot) p on p.spot_no = cell / m.saids / m.subjects
       join subject s on s.subject_no = cell / m.saids % m.subjects
       join said g on g.said_no = cell % m.saids`,
    [definition.levels, ofTerritoriesOnly],
  )
  // what is known of nobody is no breakdown
  await tx.query(
    `delete from pg_temp.new_cell where breakdown in (
       select breakdown from pg_temp.new_cell where breakdown <> '-' group by 1 having bool_and(category = 'unknown'))`,
  )
  if (definition.plausible) await addPlausible(tx, definition)
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
                           sum_yy, vals, counts)
                    || case when plausible is not null then '|' || plausible::text else '' end
                    || case when borders <> 'both' then '|' || borders else '' end
                    || case when facts is not null then format('|%s|%s|%s|%s', facts, sum_w, sum_ww, sum_wy) else '' end
                    as row_text from pg_temp.new_cell) as r`,
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
    `insert into indicators.cell (part_id, level, unit_id, subject, breakdown, category, borders, n, sum_y, sum_yy, vals,
                                   counts, plausible, facts, sum_w, sum_ww, sum_wy)
     select $1, level, unit_id, subject, breakdown, category, borders, n, sum_y, sum_yy, vals, counts, plausible, facts, sum_w, sum_ww,
            sum_wy from pg_temp.new_cell`,
    [id],
  )
  return { id, cells, isNew: true }
}

/** Makes the set of parts a cube and points readers to it; keeps the current cube when it is the same set. */
export async function finishCube(
  tx: Tx,
  asOf: number,
  bordersOn: string,
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
    'insert into indicators.cube (as_of_import, borders_on) values ($1, $2) returning cube_id',
    [asOf, bordersOn],
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
