import type { Tx } from '#db/actor.ts'
import { type PlaceRegister, placeRegister, placesOn, unitsAround } from '#modules/registry/index.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import { current, type Definition, learnersOfYear, once, told } from './define.ts'
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

/** Name under which another connection can read what this one sees, while its transaction lasts. */
export async function shareSnapshot(tx: Tx): Promise<string> {
  const { rows } = await tx.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  return rows[0]!.snapshot
}

/** Lets another connection read in the same snapshot, under the same lock. */
export async function joinCompute(tx: Tx, snapshot: string): Promise<void> {
  await tx.query('set transaction isolation level repeatable read')
  await tx.query(`set transaction snapshot '${snapshot}'`)
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
  const facts = await withoutObjectors(tx, await withShared(tx, definition, asOf, year))
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

const learners = once('learners', learnersOfYear)

/** The facts with what they share with others read from temporary tables, each of which is made when it is first wanted. */
async function withShared(
  tx: Tx,
  { facts, once: shared = [] }: Definition,
  asOf: number,
  year: number,
): Promise<string> {
  let read = facts!
  for (const { name, sql, stands, read: instead } of [...shared, learners]) {
    if (!read.includes(stands)) continue
    const table = `${name}_of_${year}_${asOf}`
    const { rows } = await tx.query<{ isThere: boolean }>(
      `select to_regclass('pg_temp.' || $1) is not null as "isThere"`,
      [table],
    )
    if (!rows[0]!.isThere) {
      await tx.query(
        `create temporary table ${table} on commit drop as
         select * from (${await withoutObjectors(tx, sql)}) as shared where ${parametersKnown}`,
        [asOf, year],
      )
      await tx.query(`analyze pg_temp.${table}`)
    }
    read = read.replaceAll(stands, instead(`pg_temp.${table}`))
  }
  return read
}

/** As many as scaling makes of every pupil. */
export const plausibleValues = Array.from({ length: 10 }, (_, at) => at + 1)

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
