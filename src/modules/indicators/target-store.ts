import type { Tx } from '#db/actor.ts'
import { writeOperation } from '#modules/access/index.ts'
import type { NewSeriesBreak, NewTarget, SeriesBreak } from './model.ts'

/** What is aimed at, with the internal id of the unit. */
export interface TargetRow {
  indicator: string
  subject: string
  level: 'state' | 'region' | 'municipality'
  /** null: every unit of the level */
  unitId: number | null
  unit: string | null
  value: number
  from: string
  until: string | null
  source: { lv: string; en: string }
}

/** Every dated line, by indicator, the earliest first. */
export async function listTargets(tx: Tx): Promise<TargetRow[]> {
  const { rows } = await tx.query<TargetRow>(
    `select t.code as indicator, t.subject, t.level, t.unit_id as "unitId", u.territory_uuid as unit, t.value,
            to_char(lower(t.valid), 'YYYY-MM-DD') as "from", to_char(upper(t.valid) - 1, 'YYYY-MM-DD') as until,
            jsonb_build_object('lv', t.source_lv, 'en', t.source_en) as source
       from indicators.target t left join registry.territory u on u.territory_id = t.unit_id
      order by t.code, t.subject, lower(t.valid), t.level, t.unit_id nulls first`,
  )
  return rows
}

/** Every break of a series, by indicator and school year. */
export async function listSeriesBreaks(tx: Tx): Promise<SeriesBreak[]> {
  const { rows } = await tx.query<SeriesBreak>(
    `select code as indicator, subject, school_year as "schoolYear",
            jsonb_build_object('lv', words_lv, 'en', words_en) as words
       from indicators.series_break order by 1, 2, 3`,
  )
  return rows
}

/**
 * Sets what is aimed at from a day on. A line of the same indicator, subject, level and unit that is open on that day ends the day
 * before; nothing that has begun is deleted.
 *
 * @returns `no_indicator`, `no_unit`, or `begins_later`: such a line begins on that day or later already
 */
export async function putTarget(
  tx: Tx,
  { indicator, subject, level, unitCode, value, from, until, source }: NewTarget,
): Promise<'put' | 'no_indicator' | 'no_unit' | 'begins_later'> {
  await tx.query('lock table indicators.target in share row exclusive mode')
  if (!(await isKnown(tx, indicator))) return 'no_indicator'
  const unitId = unitCode === null ? null : await territoryOf(tx, level, unitCode)
  if (unitId === undefined) return 'no_unit'
  const same = 'code = $1 and subject = $2 and level = $3 and unit_id is not distinct from $4::bigint'
  const key = [indicator, subject, level, unitId]
  const { rows } = await tx.query(
    `select from indicators.target where ${same} and lower(valid) >= $5::date`,
    [...key, from],
  )
  if (rows.length > 0) return 'begins_later'
  await tx.query(
    `update indicators.target set valid = daterange(lower(valid), $5::date) where ${same} and valid @> $5::date`,
    [...key, from],
  )
  await tx.query(
    `insert into indicators.target (code, subject, level, unit_id, value, valid, source_lv, source_en)
     values ($1, $2, $3, $4, $5, daterange($6::date, $7::date + 1), $8, $9)`,
    [...key, value, from, until, source.lv, source.en],
  )
  await writeOperation(tx, 'put_target', `target ${indicator} ${level} from ${from}`)
  await tx.query(`select pg_notify('ikms_data', '')`)
  return 'put'
}

/** Marks from which school year on a series cannot be compared with the years before. Said again, the words are the new ones. */
export async function putSeriesBreak(
  tx: Tx,
  { indicator, subject, schoolYear, words }: NewSeriesBreak,
): Promise<'put' | 'no_indicator'> {
  if (!(await isKnown(tx, indicator))) return 'no_indicator'
  await tx.query(
    `insert into indicators.series_break (code, subject, school_year, words_lv, words_en) values ($1, $2, $3, $4, $5)
     on conflict (code, subject, school_year) do update set words_lv = excluded.words_lv, words_en = excluded.words_en`,
    [indicator, subject, schoolYear, words.lv, words.en],
  )
  await writeOperation(tx, 'put_series_break', `series break ${indicator} ${schoolYear}`)
  await tx.query(`select pg_notify('ikms_data', '')`)
  return 'put'
}

async function isKnown(tx: Tx, code: string): Promise<boolean> {
  const { rows } = await tx.query('select from indicators.definition where code = $1 limit 1', [code])
  return rows.length > 0
}

async function territoryOf(tx: Tx, level: string, code: string): Promise<number | undefined> {
  const { rows } = await tx.query<{ id: number }>(
    `select t.territory_id as id from registry.territory t join registry.territory_version v using (territory_id)
      where t.kind = $1 and v.code = $2 and v.superseded_by is null order by v.valid desc limit 1`,
    [level, code],
  )
  return rows[0]?.id
}
