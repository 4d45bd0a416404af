import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from, to } from 'pg-copy-streams'
import type { Tx } from '#db/actor.ts'
import { ofTerritoriesOnly } from '#terms/breakdowns.ts'
import { plausibleValues } from './compute-store.ts'
import type { Definition } from './define.ts'

/** Gives cells with plausible values in them the sum under each, and the means over them as the sums that are told. */
async function addPlausible(tx: Tx, { levels, breakdowns }: Definition): Promise<void> {
  const groups = groupsOf({ breakdowns })
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

/** What comes of the atoms of an indicator and school year. */
export interface MadeCells {
  cells: number
  /** of the definition, the year and all cells: the same cells, the same hash */
  hash: Buffer
  /** of the part with these cells, where it is there already */
  known: number | null
}

/** What is said in every breakdown of an atom `a`. */
const groupsOf = ({ breakdowns }: Pick<Definition, 'breakdowns'>) =>
  [`('-', '-')`, ...breakdowns.map((by) => `('${by}', a.${by})`)].join(', ')

/** Up to this every whole number, and so every sum of whole numbers, is exact in a double. */
const mostExact = 2 ** 53

/** Whether sums of the atoms are exact in any order, and nothing but sums is told. */
async function isWhole(tx: Tx, { kind, showsSpread }: Definition): Promise<boolean> {
  if (showsSpread) return false
  if (kind === 'count') return true
  const values = kind === 'ratio' ? ['y', 'w'] : ['y']
  const { rows } = await tx.query<{ whole: boolean }>(
    `select coalesce(bool_and(${values.map((v) => `${v} = trunc(${v})`).join(' and ')})
                     and ${values.map((v) => `sum(n * ${v} * ${v}) < ${mostExact}`).join(' and ')}, false) as whole
       from pg_temp.atom`,
  )
  return rows[0]!.whole
}

/** Temporary table `new_cell` of atoms whose sums are exact: values are forgotten before anything is added up by place. */
async function addWhole(tx: Tx, definition: Definition): Promise<void> {
  const isRatio = definition.kind === 'ratio'
  const sums = {
    sum_y: definition.kind !== 'count' && 'n * y',
    sum_yy: definition.kind !== 'count' && 'n * y * y',
    facts: isRatio && 'n',
    sum_w: isRatio && 'n * w',
    sum_ww: isRatio && 'n * w * w',
    sum_wy: isRatio && 'n * w * y',
  }
  const names = Object.entries(sums)
  const type = (name: string) => (name === 'facts' ? 'bigint' : 'float8')
  const by = ['institution_id', 'subject', ...definition.breakdowns].join(', ')
  await tx.query(
    `create temporary table new_cell on commit drop as
     with said as materialized (
       select ${by}, sum(people) as n, ${names.map(([name, sql]) => `${sql ? `sum(${sql})` : 'null'}::${type(name)} as ${name}`).join(', ')}
         from pg_temp.atom group by ${by}
     ), at_home as materialized (
       select institution_id, subject, b.breakdown, b.category, sum(n) as n, ${names.map(([name]) => `sum(${name}) as ${name}`).join(', ')}
         from said a cross join lateral (values ${groupsOf(definition)}) as b (breakdown, category) group by 1, 2, 3, 4
     )
     select level, unit_id, borders, subject, breakdown, category, sum(n)::bigint as n,
            ${names.map(([name]) => `sum(${name})::${type(name)} as ${name}`).join(', ')},
            null::float8[] as vals, null::bigint[] as counts, null::float8[] as plausible
       from at_home
       join pg_temp.spot using (institution_id)
      where level = any ($1) and (level <> 'school' or breakdown <> all ($2))
      group by level, unit_id, borders, subject, breakdown, category`,
    [definition.levels, ofTerritoriesOnly],
  )
}

/** Temporary table `new_cell` of any atoms: of every cell the values in their order, with how many have them, then their sums. */
async function addByValue(tx: Tx, definition: Definition): Promise<void> {
  const groups = groupsOf(definition)
  const valued = definition.kind !== 'count'
  const spread = definition.showsSpread
  const isRatio = definition.kind === 'ratio'
  const ofRatio = (sum: string) => (isRatio ? sum : 'null::float8')
  const summed = 'any_value(y) as y, any_value(w) as w, sum(n)::bigint as n, sum(people)::bigint as people'
  // Everything is numbered first, and a value said of a subject is one whole number: these are counted by hash and sorted after, while
  // two million rows of five columns would have to be sorted on disk before. They are counted by institution first, then by institutions
  // that are added up at all the same places, and only these by place: an institution lies at four places and more, and of an atom
  // something is said in every breakdown.
  await tx.query(
    `create temporary table new_cell on commit drop as
     with spot as materialized (
       select institution_id, level, unit_id, borders, dense_rank() over (order by level collate "C", unit_id, borders collate "C") as spot_no,
              count(*) over (partition by level, unit_id, borders) = 1 as is_alone
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
       select subjects, saids, ys, subjects * saids * ys as places
         from (select (select max(subject_no) + 1 from subject) as subjects, (select max(said_no) + 1 from said) as saids,
                      (select max(y_no) + 1 from ranked) as ys) m
     ), numbered as materialized (
       select institution_id, array_agg(spot_no order by spot_no) filter (where not is_alone) as spots,
              row_number() over () as institution_no
         from spot group by 1
     ), at_home as materialized (
       select i.institution_no * m.places + (s.subject_no * m.saids + g.said_no) * m.ys + a.y_no as home,
              any_value(a.y) as y, any_value(${isRatio ? 'a.w' : '1'}) as w, sum(a.n)::bigint as n, sum(a.people)::bigint as people
         from ranked a
         join numbered i using (institution_id)
         join subject s using (subject)
        cross join lateral (values ${groups}) as b (breakdown, category)
         join said g using (breakdown, category)
        cross join most m
        group by 1
     ), together as materialized (
       select min(institution_no) over (partition by spots) as together_no, institution_no, spots from numbered
     ), of_together as (
       select t.together_no * m.places + h.home % m.places as home, ${summed}
         from at_home h cross join most m
         join together t on t.institution_no = h.home / m.places
        where t.spots is not null
        group by 1
     ), counted as (
       select spot_no * m.places + h.home % m.places as place, ${summed}
         from of_together h cross join most m
         join (select together_no, unnest(spots) as spot_no from together where together_no = institution_no) t
           on t.together_no = h.home / m.places
        group by 1
       union all
       select p.spot_no * m.places + h.home % m.places, y, w, n, people
         from at_home h cross join most m
         join numbered i on i.institution_no = h.home / m.places
         join spot p on p.institution_id = i.institution_id and p.is_alone
         join said g on g.said_no = h.home % m.places / m.ys % m.saids
        where p.level <> 'school' or g.breakdown <> all ($2)
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
       join said g on g.said_no = cell % m.saids
      where level <> 'school' or breakdown <> all ($2)`,
    [definition.levels, ofTerritoriesOnly],
  )
}

/**
 * Temporary table `new_cell`: the atoms added up to cells. Returns null where none of the facts lies at any of the levels. Sums run over
 * sorted values, so that the same facts give the same bytes in whatever order they lie.
 *
 * @throws RangeError if there are more cells than are allowed
 */
export async function makeCells(
  tx: Tx,
  definition: Definition,
  year: number,
  mostCells: number,
): Promise<MadeCells | null> {
  await tx.query('drop table if exists pg_temp.new_cell')
  if (await isWhole(tx, definition)) await addWhole(tx, definition)
  else await addByValue(tx, definition)
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
  return { cells, hash, known: known[0]?.part_id ?? null }
}

/** Columns of temporary table `new_cell`, in their order. */
const cellColumns = `level, unit_id, borders, subject, breakdown, category, n, sum_y, sum_yy, facts, sum_w, sum_ww, sum_wy, vals, counts, plausible`

/** Keeps temporary table `new_cell` as a part nobody has made before; returns its number. */
export async function keepCells(
  tx: Tx,
  { code, version }: Pick<Definition, 'code' | 'version'>,
  year: number,
  { hash, cells }: Pick<MadeCells, 'hash' | 'cells'>,
): Promise<number> {
  const { rows } = await tx.query<{ part_id: number }>(
    `insert into indicators.part (part_hash, code, version, school_year, cells) values ($1, $2, $3, $4, $5)
     returning part_id`,
    [hash, code, version, year, cells],
  )
  const id = rows[0]!.part_id
  await tx.query(
    `insert into indicators.cell (part_id, ${cellColumns}) select $1, ${cellColumns} from pg_temp.new_cell`,
    [id],
  )
  return id
}

/** Reads temporary table `new_cell` out, as bytes for another connection. */
export async function cellsOut(tx: Tx): Promise<Buffer[]> {
  const bytes: Buffer[] = []
  for await (const chunk of tx.raw.query(
    to(`copy (select ${cellColumns} from pg_temp.new_cell) to stdout (format binary)`),
  ))
    bytes.push(chunk as Buffer)
  return bytes
}

/** Makes temporary table `new_cell` of what another connection has read out. */
export async function cellsIn(tx: Tx, bytes: readonly Buffer[]): Promise<void> {
  await tx.query('drop table if exists pg_temp.new_cell')
  await tx.query(
    `create temporary table new_cell on commit drop as select ${cellColumns} from indicators.cell limit 0`,
  )
  await pipeline(
    Readable.from(bytes),
    tx.raw.query(from(`copy pg_temp.new_cell (${cellColumns}) from stdin (format binary)`)),
  )
}
