import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Tx } from '#db/actor.ts'
import {
  type Audience,
  fromFrozenRelease,
  type Policy,
  type ProtectedCell,
  type Released,
} from '#modules/disclosure/index.ts'
import { type CellQuery, cellConditions } from '#modules/indicators/index.ts'
import type { DataKind } from '#terms/config.ts'

export interface ReleaseRow {
  id: number
  uuid: string
  number: string
  cubeId: number
  madeAt: string
}

/** One publication at a time. */
export async function beginPublish(tx: Tx): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('publications.publish'))`)
}

/** Tells every web process that there is something new: a register, a cube, a release. Heard when the transaction ends. */
export async function tellOfData(tx: Tx): Promise<void> {
  await tx.query(`select pg_notify('ikms_data', '')`)
}

/** Asks a connection to tell when a pointer moves. */
export async function listenForData(client: pg.PoolClient): Promise<void> {
  await client.query('listen ikms_data')
}

/** Levels at which each indicator is public on a day, by code. */
export async function decisionsOn(tx: Tx, audience: Audience, day: string): Promise<Map<string, string[]>> {
  const { rows } = await tx.query<{ code: string; levels: string[] }>(
    `select code, array_agg(level order by level) as levels from publications.decision
      where audience = $1 and shown and valid @> $2::date group by code`,
    [audience, day],
  )
  return new Map(rows.map((row) => [row.code, row.levels]))
}

export async function currentRelease(tx: Tx, audience: Audience): Promise<ReleaseRow | null> {
  const { rows } = await tx.query<ReleaseRow>(
    `select r.release_id as id, r.release_uuid as uuid, r.number, r.cube_id as "cubeId",
            to_char(r.made_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "madeAt"
       from publications.pointer p join publications.release r using (release_id)
      where p.audience = $1`,
    [audience],
  )
  return rows[0] ?? null
}

/** Opens a release without a number; it becomes one when `finishRelease` numbers it and points to it. */
export async function startRelease(
  tx: Tx,
  audience: Audience,
  cubeId: number,
  policies: readonly Policy[],
): Promise<number> {
  const { rows } = await tx.query<{ release_id: number }>(
    `insert into publications.release (audience, number, cube_id, rules) values ($1, 'draft', $2, $3) returning release_id`,
    [audience, cubeId, toldRules(policies)],
  )
  return rows[0]!.release_id
}

/** Rules and decisions as a release keeps them. */
export function toldRules(policies: readonly Policy[]): string {
  return JSON.stringify(
    policies.map(({ rule, publicLevels }) => ({ ...rule, publicLevels: [...publicLevels] })),
  )
}

const releaseColumns =
  'release_id, code, version, school_year, level, unit_id, subject, breakdown, category, borders, n, sum_y, sum_yy, vals, counts, plausible, facts, sum_w, sum_ww, sum_wy, absent, spread_absent'

/** Adds cells to a release. Takes only what came through the gate. */
export async function addCells(
  tx: Tx,
  releaseId: number,
  cells: readonly Released<ProtectedCell>[],
): Promise<void> {
  const lines = cells.map((c) =>
    [
      releaseId,
      c.indicator,
      c.version,
      c.schoolYear,
      c.level,
      c.unitId,
      copyText(c.subject),
      copyText(c.breakdown),
      copyText(c.category),
      c.borders,
      c.n ?? '\\N',
      c.sumY ?? '\\N',
      c.sumYY ?? '\\N',
      c.values ? `{${c.values.join(',')}}` : '\\N',
      c.counts ? `{${c.counts.join(',')}}` : '\\N',
      c.plausible ? `{${c.plausible.join(',')}}` : '\\N',
      c.facts ?? '\\N',
      c.sumW ?? '\\N',
      c.sumWW ?? '\\N',
      c.sumWY ?? '\\N',
      c.absent ?? '\\N',
      c.spreadAbsent ?? '\\N',
    ].join('\t'),
  )
  // COPY FROM refuses tables with row-level security, so the rows go through a temporary one.
  await tx.query(
    'create temporary table if not exists new_release_cell (like publications.release_cell) on commit drop',
  )
  await pipeline(
    Readable.from([`${lines.join('\n')}\n`]),
    tx.raw.query(copyFrom(`copy pg_temp.new_release_cell (${releaseColumns}) from stdin`)),
  )
  await tx.query(
    `with moved as (delete from pg_temp.new_release_cell returning ${releaseColumns})
     insert into publications.release_cell (${releaseColumns}) select ${releaseColumns} from moved`,
  )
}

function copyText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c]!)
}

/** How a draft differs from the release in force: not at all, by new cells only, or in cells told before. */
export async function compareWith(
  tx: Tx,
  beforeId: number,
  draftId: number,
): Promise<'same' | 'more' | 'changed'> {
  const told =
    'code, school_year, level, unit_id, subject, breakdown, category, borders, n, sum_y, sum_yy, vals, counts, sum_w, absent'
  const { rows } = await tx.query<{ gone: boolean; fresh: boolean }>(
    `select exists (select ${told} from publications.release_cell where release_id = $1
                    except select ${told} from publications.release_cell where release_id = $2) as gone,
            exists (select ${told} from publications.release_cell where release_id = $2
                    except select ${told} from publications.release_cell where release_id = $1) as fresh`,
    [beforeId, draftId],
  )
  const { gone, fresh } = rows[0]!
  if (gone) return 'changed'
  return fresh ? 'more' : 'same'
}

/** Numbers a draft and points its audience to it; drops it when it says the same as the release in force. */
export async function finishRelease(
  tx: Tx,
  audience: Audience,
  draftId: number,
  before: ReleaseRow | null,
  difference: 'first' | 'same' | 'more' | 'changed',
): Promise<ReleaseRow> {
  if (before && difference === 'same') {
    await tx.query('delete from publications.release_cell where release_id = $1', [draftId])
    await tx.query('delete from publications.release where release_id = $1', [draftId])
    return before
  }
  await tx.query('update publications.release set number = $2 where release_id = $1', [
    draftId,
    nextNumber(before?.number, difference),
  ])
  await tx.query(
    `insert into publications.pointer (audience, release_id) values ($1, $2)
     on conflict (audience) do update set release_id = excluded.release_id`,
    [audience, draftId],
  )
  await tellOfData(tx)
  return (await currentRelease(tx, audience))!
}

/** '1.0' first; a minor number for new cells only; a major one when a figure told before has changed or gone. */
export function nextNumber(
  before: string | undefined,
  difference: 'first' | 'same' | 'more' | 'changed',
): string {
  if (!before) return '1.0'
  const [major, minor] = before.split('.').map(Number) as [number, number]
  return difference === 'more' ? `${major}.${minor + 1}` : `${major + 1}.0`
}

/** Cells of a frozen release: the only figures an audience beyond the duty of care ever gets. */
export async function releasedCells(
  tx: Tx,
  releaseId: number,
  query: CellQuery,
): Promise<Released<ProtectedCell>[]> {
  const { sql, values } = cellConditions(query, 2)
  const { rows } = await tx.query<ProtectedCell>(
    `select c.code as indicator, c.version, c.school_year as "schoolYear", c.level, c.unit_id as "unitId", c.subject,
            c.breakdown, c.category, c.borders, c.n, c.sum_y as "sumY", c.sum_yy as "sumYY", c.vals as "values", c.counts,
            c.plausible, c.facts, c.sum_w as "sumW", c.sum_ww as "sumWW", c.sum_wy as "sumWY", c.absent, c.spread_absent as "spreadAbsent"
       from publications.release_cell c
      where c.release_id = $1 and ${sql}`,
    [releaseId, ...values],
  )
  return fromFrozenRelease(rows)
}

/** What kind of data the bank holds; 'none' before the first import. */
export async function dataKind(tx: Tx): Promise<DataKind> {
  const { rows } = await tx.query<{ kind: DataKind }>('select access.data_kind() as kind')
  return rows[0]!.kind
}

/** Changes with the public register: by which imports it was made. */
export async function registerState(tx: Tx): Promise<string> {
  const tables = [
    'territory_version',
    'institution_version',
    'founder_version',
    'site_version',
    'programme',
    'succession',
    'classifier_entry',
  ]
  const states = tables.map(
    (table) => `(select concat_ws(',', max(import_id), max(superseded_by)) from registry.${table})`,
  )
  const { rows } = await tx.query<{ state: string }>(`select concat_ws('.', ${states.join(', ')}) as state`)
  return rows[0]!.state
}
