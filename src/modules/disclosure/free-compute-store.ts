import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'
import { withoutObjectors } from '#modules/indicators/index.ts'
import type { Atom, PlaceOf } from './free-atoms.ts'
import type { Noise, NoiseSteps } from './noise.ts'
import type { KeyOrigin } from './record-keys.ts'

/** What a data set says of itself that the count needs. */
export interface FreeDataSetRow {
  population: string
  regime: 'fixed' | 'free'
  /** by position */
  dimensions: { dimension: string; categories: string[] }[]
  origin: KeyOrigin | null
}

/** One snapshot of the bank throughout, and one count at a time. */
export async function beginCount(tx: Tx): Promise<void> {
  await tx.query('set transaction isolation level repeatable read')
  await tx.query(`select pg_advisory_xact_lock(hashtext('disclosure.free_tables'))`)
}

export async function freeDataSet(tx: Tx, code: string): Promise<FreeDataSetRow | null> {
  const { rows } = await tx.query<FreeDataSetRow>(
    `select d.population, d.regime,
            case when p.key_id is not null then jsonb_build_object('keyId', p.key_id, 'mark', p.key_mark) end as origin,
            (select jsonb_agg(jsonb_build_object('dimension', x.dimension, 'categories', x.categories) order by x.position)
               from disclosure.dimension x where x.data_set = d.data_set) as dimensions
       from disclosure.data_set d join disclosure.population p using (population) where d.data_set = $1`,
    [code],
  )
  return rows[0] ?? null
}

/** Writes down from which key the record keys of a population come, before the first is used. */
export async function keepOrigin(tx: Tx, population: string, { keyId, mark }: KeyOrigin): Promise<void> {
  await tx.query('update disclosure.population set key_id = $2, key_mark = $3 where population = $1', [
    population,
    keyId,
    mark,
  ])
}

/** The noise of a data set in a school year; null: there is none. */
export async function noiseIn(tx: Tx, dataSet: string, year: number): Promise<Noise | null> {
  const { rows } = await tx.query<Noise>(
    `select from_year as "fromYear", most, variance, smallest, minimum from disclosure.noise
      where data_set = $1 and from_year <= $2 order by from_year desc limit 1`,
    [dataSet, year],
  )
  return rows[0] ?? null
}

/** Writes down the steps of a noise, once: rows that are there stay as they are. */
export async function keepSteps(
  tx: Tx,
  dataSet: string,
  fromYear: number,
  steps: readonly NoiseSteps[],
): Promise<void> {
  for (const { people, changes, thresholds } of steps) {
    await tx.query(
      `insert into disclosure.noise_row (data_set, from_year, people, changes, thresholds) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [dataSet, fromYear, people, changes, thresholds],
    )
  }
}

/** School years in which a population can be known, ascending. */
export async function knownYears(tx: Tx, sql: string, asOf: number): Promise<number[]> {
  const { rows } = await tx.query<{ school_year: number }>(
    `select distinct school_year from (${sql}) as known order by 1`,
    [asOf],
  )
  return rows.map((row) => row.school_year)
}

/** The units of every institution in the temporary table `place`. */
export async function placesOf(tx: Tx): Promise<Map<number, PlaceOf[]>> {
  const { rows } = await tx.query<PlaceOf & { institution: number }>(
    'select distinct institution_id as institution, level, unit_id as "unitId" from pg_temp.place',
  )
  return Map.groupBy(rows, ({ institution }) => institution)
}

const PAGE = 10_000 // people at a time, so that memory does not grow with the country

/** Everybody of a population in a school year: the institution, the person and one category a dimension. */
export async function* peopleOf(
  tx: Tx,
  facts: string,
  dimensions: readonly string[],
  asOf: number,
  year: number,
): AsyncGenerator<{ institution: number; person: string; categories: string[] }[]> {
  // Behind row-level security PostgreSQL believes that hardly anybody is valid on a day: it would walk through all learners for
  // each of them.
  await tx.query('set local enable_nestloop = off')
  yield* portions<{ institution: number; person: string; categories: string[] }>(
    tx,
    `select institution_id as institution, person_key::text as person, array[${dimensions.join(', ')}]::text[] as categories
       from (${await withoutObjectors(tx, facts)}) as fact`,
    [asOf, year],
    PAGE,
  )
  await tx.query('set local enable_nestloop = on')
}

/** Keeps the atoms of a data set and year as a part, unless the same part is there. */
export async function addFreePart(
  tx: Tx,
  part: { hash: Buffer; dataSet: string; year: number; noiseFrom: number },
  atoms: readonly Atom[],
): Promise<{ id: number; isNew: boolean }> {
  const { rows: known } = await tx.query<{ id: number }>(
    'select part_id as id from disclosure.free_part where part_hash = $1',
    [part.hash],
  )
  if (known[0]) return { id: known[0].id, isNew: false }
  const { rows: added } = await tx.query<{ id: number }>(
    `insert into disclosure.free_part (part_hash, data_set, school_year, noise_from) values ($1, $2, $3, $4)
     returning part_id as id`,
    [part.hash, part.dataSet, part.year, part.noiseFrom],
  )
  const { id } = added[0]!
  await tx.query(
    `insert into disclosure.free_atom (part_id, level, unit_id, categories, n, key_sum)
     select $1, level, unit_id, string_to_array(categories, ' '), n, key_sum
       from unnest($2::text[], $3::bigint[], $4::text[], $5::integer[], $6::bigint[])
              as a (level, unit_id, categories, n, key_sum)`,
    [
      id,
      atoms.map(({ level }) => level),
      atoms.map(({ unitId }) => unitId),
      atoms.map(({ categories }) => categories.join(' ')),
      atoms.map(({ n }) => n),
      atoms.map(({ keySum }) => keySum),
    ],
  )
  return { id, isNew: true }
}

/** Makes the parts a version and points readers to it; keeps the version in force when it has the same parts. */
export async function finishVersion(
  tx: Tx,
  asOf: number,
  parts: readonly number[],
): Promise<{ changed: boolean }> {
  const { rows: same } = await tx.query<{ same: boolean }>(
    `select coalesce((select array_agg(v.part_id order by v.part_id) from disclosure.free_version_part v
                       where v.free_version_id = p.free_version_id), '{}') = $1::bigint[] as same
       from disclosure.free_pointer p`,
    [parts.toSorted((a, b) => a - b)],
  )
  if (same[0]?.same) return { changed: false }
  const { rows } = await tx.query<{ id: number }>(
    'insert into disclosure.free_version (as_of_import) values ($1) returning free_version_id as id',
    [asOf],
  )
  const { id } = rows[0]!
  await tx.query(
    'insert into disclosure.free_version_part (free_version_id, part_id) select $1, unnest($2::bigint[])',
    [id, parts],
  )
  await tx.query(
    `insert into disclosure.free_pointer (name, free_version_id) values ('current', $1)
     on conflict (name) do update set free_version_id = excluded.free_version_id`,
    [id],
  )
  await dropOldVersions(tx)
  await tx.query(`select pg_notify('ikms_data', '')`)
  return { changed: true }
}

/** Versions older than 30 days that nobody is pointed to go, and with them atoms nobody asks. */
async function dropOldVersions(tx: Tx): Promise<void> {
  const old = `select free_version_id from disclosure.free_version v
                where made_at < now() - interval '30 days'
                  and not exists (select from disclosure.free_pointer p where p.free_version_id = v.free_version_id)`
  await tx.query(`delete from disclosure.free_version_part where free_version_id in (${old})`)
  await tx.query(`delete from disclosure.free_version where free_version_id in (${old})`)
  const { rows } = await tx.query<{ id: number }>(
    `delete from disclosure.free_part p
      where made_at < now() - interval '30 days'
        and not exists (select from disclosure.free_version_part v where v.part_id = p.part_id)
     returning part_id as id`,
  )
  if (rows.length > 0) {
    await tx.query('delete from disclosure.free_atom where part_id = any ($1)', [rows.map(({ id }) => id)])
  }
}
