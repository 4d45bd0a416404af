import type { Tx } from '#db/actor.ts'
import type { Borders } from '#terms/borders.ts'
import { learnerBreakdowns } from '#terms/breakdowns.ts'
import type { Level } from '#terms/level.ts'
import type { CubeCell, Indicator } from './model.ts'

export interface CubeRow {
  id: number
  uuid: string
  asOfImport: number
  madeAt: string
  /** the day whose borders are those of today in it; null: it knows only borders of their time */
  bordersOn: string | null
}

export async function currentCube(tx: Tx): Promise<CubeRow | null> {
  const { rows } = await tx.query<CubeRow>(
    `select c.cube_id as id, c.cube_uuid as uuid, c.as_of_import as "asOfImport",
            to_char(c.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt",
            to_char(c.borders_on, 'YYYY-MM-DD') as "bordersOn"
       from indicators.pointer p join indicators.cube c using (cube_id)
      where p.name = 'current'`,
  )
  return rows[0] ?? null
}

/** The newest version of every definition, by code, with what of it is switched off. */
export async function listIndicators(tx: Tx): Promise<Indicator[]> {
  const { rows } = await tx.query<{ definition: Indicator }>(
    `with off as (
       select l.code, l.place, jsonb_build_object('linkage', jsonb_build_object('lv', l.name_lv, 'en', l.name_en), 'reason', s.reason) as why
         from rights.linkage l
         join lateral (select x.is_on, x.reason from rights.linkage_switch x where x.linkage = l.code order by switch_id desc limit 1) s
           on not s.is_on
     )
     select distinct on (d.code) d.definition || jsonb_build_object(
              'switchedOff', (select why from off where d.definition -> 'linkages' ? off.code order by off.place limit 1),
              'breakdownsOff', (select coalesce(jsonb_agg(off.why || jsonb_build_object('breakdown', b.name) order by b.name), '[]')
                                  from unnest($1::text[], $2::text[]) b (name, linkage) join off on off.code = b.linkage
                                 where d.definition -> 'breakdowns' ? b.name)) as definition
       from indicators.definition d order by d.code, d.version desc`,
    [linked.map(([name]) => name), linked.map(([, { linkage }]) => linkage)],
  )
  return rows.map((row) => row.definition)
}

/** Breakdowns that need a linkage. */
const linked = Object.entries(learnerBreakdowns).filter(([, { linkage }]) => linkage !== null)

/** Which cells are wanted. Units are ids of registry.territory or, at level school, of registry.institution. */
export interface CellQuery {
  units?: readonly { level: Level; id: number }[]
  level?: Level
  indicator?: string
  subject?: string
  schoolYear?: number
  breakdown?: string
  /** left out: of their time; `all`: of their time and of today, told apart by the cell */
  borders?: Borders | 'all'
}

/** Conditions of a CellQuery on columns of `c`, and their values after the first `$first - 1`. */
export function cellConditions(query: CellQuery, first: number): { sql: string; values: unknown[] } {
  const conditions: string[] = []
  const values: unknown[] = []
  const next = (value: unknown) => `$${first + values.push(value) - 1}`
  if (query.units) {
    const levels = next(query.units.map(({ level }) => level))
    const ids = next(query.units.map(({ id }) => id))
    // One text for any number of units, so that the statement stays prepared.
    conditions.push(`(c.level, c.unit_id) in (select * from unnest(${levels}::text[], ${ids}::bigint[]))`)
  }
  if (query.level) conditions.push(`c.level = ${next(query.level)}`)
  if (query.indicator) conditions.push(`code = ${next(query.indicator)}`)
  if (query.subject) conditions.push(`c.subject = ${next(query.subject)}`)
  if (query.schoolYear) conditions.push(`school_year = ${next(query.schoolYear)}`)
  if (query.breakdown) conditions.push(`c.breakdown = ${next(query.breakdown)}`)
  if (query.borders !== 'all') {
    conditions.push(query.borders === 'today' ? `c.borders <> 'then'` : `c.borders <> 'today'`)
  }
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
            c.breakdown, c.category, c.borders, c.n, c.sum_y as "sumY", c.sum_yy as "sumYY", c.vals as "values", c.counts,
            c.plausible, c.facts, c.sum_w as "sumW", c.sum_ww as "sumWW", c.sum_wy as "sumWY"
       from indicators.cube_part cp
       join indicators.part p using (part_id)
       join indicators.cell c using (part_id)
      where cp.cube_id = $1 and ${sql}`,
    [cubeId, ...values],
  )
  return rows
}

/** School years of a cube, ascending. */
export async function yearsOfCube(tx: Tx, cubeId: number): Promise<number[]> {
  const { rows } = await tx.query<{ year: number }>(
    `select distinct p.school_year as year from indicators.cube_part join indicators.part p using (part_id)
      where cube_id = $1 order by 1`,
    [cubeId],
  )
  return rows.map(({ year }) => year)
}
