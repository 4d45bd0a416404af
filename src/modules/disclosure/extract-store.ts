import type { Tx } from '#db/actor.ts'
import { portions } from '#db/portions.ts'
import { utc } from '#db/utc.ts'
import { withoutObjectors } from '#modules/indicators/index.ts'
import type { Words } from '#terms/locale.ts'
import type { SchoolYear } from '#terms/school-year.ts'
import type { ExtractDemand } from './extract.ts'
import type { ExtractFile } from './extract-files.ts'
import type { ExtractRequest } from './model.ts'

/** Where an extract is used. */
export type ExtractPurpose = 'secure_room' | 'research' | 'public_use'

/** What an extract must meet on a day (`YYYY-MM-DD`). No demand, no extract. */
export async function extractDemand(tx: Tx, purpose: ExtractPurpose, day: string): Promise<ExtractDemand> {
  const { rows } = await tx.query<ExtractDemand>(
    `select k, distinct_l as "distinct", entropy_l as entropy, distance_t as distance, left_out as "leftOut", alone
       from disclosure.extract_demand where purpose = $1 and valid @> $2::date`,
    [purpose, day],
  )
  if (!rows[0]) throw new Error(`nothing is said of what an extract for ${purpose} must meet on ${day}`)
  return rows[0]
}

export interface AskedExtract {
  uuid: string
  purpose: ExtractPurpose
  firstYear: SchoolYear
  lastYear: SchoolYear
}

/** Takes an extract to be made, for this transaction; null where it is made already. Parts of a broken-off try are not there. */
export async function beginExtract(tx: Tx, id: number): Promise<AskedExtract | null> {
  const { rows } = await tx.query<AskedExtract>(
    `select extract_uuid as uuid, purpose, first_year as "firstYear", last_year as "lastYear"
       from disclosure.extract where extract_id = $1 and made_at is null for update`,
    [id],
  )
  return rows[0] ?? null
}

/** Files whose time is over are deleted; the note that they were made stays. */
export async function dropExpired(tx: Tx): Promise<void> {
  await tx.query(`delete from disclosure.extract_part where made_at < now() - interval '30 days'`)
}

export async function linkagesOff(tx: Tx): Promise<Set<string>> {
  const { rows } = await tx.query<{ code: string }>('select code from rights.linkages_off() as code')
  return new Set(rows.map(({ code }) => code))
}

/** Code of the planning region by code of the municipality, of all times. */
export async function regionOfMunicipality(tx: Tx): Promise<Map<string, string>> {
  const { rows } = await tx.query<{ code: string; region: string }>(
    `select distinct on (m.code) m.code, r.code as region
       from registry.territory_version m join registry.territory_version r on r.territory_id = m.parent_id
      where m.superseded_by is null and r.superseded_by is null order by m.code, m.valid desc, r.valid desc`,
  )
  return new Map(rows.map(({ code, region }) => [code, region]))
}

/** Tests of a school year that have results, by code. */
export async function assessmentsOf(
  tx: Tx,
  year: SchoolYear,
  asOf: number,
): Promise<{ code: string; name: Words }[]> {
  const { rows } = await tx.query<{ code: string; name: Words }>(
    `select a.code, jsonb_build_object('lv', a.name_lv, 'en', a.name_en) as name from records.assessment a
      where a.school_year = $1 and a.import_id <= $2
        and exists (select from records.result r where r.assessment_id = a.assessment_id and r.import_id <= $2)
      order by a.code`,
    [year, asOf],
  )
  return rows
}

/** Rows of a file by column, without those who are not to be counted. The same text is held once. */
export async function rowsOfFile(
  tx: Tx,
  { sql, assessment, columns }: ExtractFile,
  { asOf, year }: { asOf: number; year: SchoolYear },
): Promise<{ persons: string[]; values: Record<string, string[]> }> {
  const counted = await withoutObjectors(tx, sql)
  const values = [asOf, year, ...(assessment === null ? [] : [assessment])]
  const persons: string[] = []
  const found: Record<string, string[]> = Object.fromEntries(columns.map(({ name }) => [name, []]))
  const known = new Map<string, string>()
  for await (const rows of portions<Record<string, string>>(tx, counted, values)) {
    for (const row of rows) {
      persons.push(row.person!)
      for (const { name } of columns) {
        const value = row[name]!
        const held = known.get(value)
        if (held === undefined) known.set(value, value)
        found[name]!.push(held ?? value)
      }
    }
  }
  return { persons, values: found }
}

export async function addPart(
  tx: Tx,
  id: number,
  file: string,
  part: number,
  bytes: Uint8Array,
): Promise<void> {
  await tx.query(
    'insert into disclosure.extract_part (extract_id, file, part, bytes) values ($1, $2, $3, $4)',
    [id, file, part, Buffer.from(bytes)],
  )
}

export async function finishExtract(
  tx: Tx,
  id: number,
  { asOf, keyId, codebook }: { asOf: number; keyId: string; codebook: object },
): Promise<void> {
  await tx.query(
    `update disclosure.extract set as_of_import = $2, key_id = $3, codebook = $4, made_at = now() where extract_id = $1`,
    [id, asOf, keyId, JSON.stringify(codebook)],
  )
}

/** Extracts the caller asked for, the latest first. */
export async function ownExtracts(tx: Tx, uuid: string | null = null): Promise<ExtractRequest[]> {
  const { rows } = await tx.query<ExtractRequest>(
    `select x.extract_uuid as id, x.purpose, x.first_year as "firstYear", x.last_year as "lastYear",
            ${utc('x.asked_at')} as "askedAt", ${utc('x.made_at')} as "madeAt",
            ${utc(`(x.made_at + interval '30 days')`)} as "untilAt",
            coalesce((select jsonb_agg(jsonb_build_object('name', t ->> 'url', 'title', t -> 'dc:title',
                        'schoolYear', t -> 'ikms:schoolYear', 'rows', t -> 'ikms:rows', 'leftOut', t -> 'ikms:leftOut',
                        'k', t -> 'ikms:k', 'refused', t -> 'ikms:refused',
                        'bytes', (select sum(length(p.bytes)) from disclosure.extract_part p
                                   where p.extract_id = x.extract_id and p.file = t ->> 'url')) order by place)
                        from jsonb_array_elements(x.codebook -> 'tables') with ordinality as tables (t, place)), '[]') as files
       from disclosure.extract x where $1::uuid is null or x.extract_uuid = $1
      order by x.extract_id desc limit 100`,
    [uuid],
  )
  return rows
}

/** The codebook of an own extract; null where there is none. */
export async function ownCodebook(tx: Tx, uuid: string): Promise<object | null> {
  const { rows } = await tx.query<{ codebook: object | null }>(
    'select codebook from disclosure.extract where extract_uuid = $1',
    [uuid],
  )
  return rows[0]?.codebook ?? null
}

/** One part of a file of an own extract; null behind the last. */
export async function ownPart(tx: Tx, uuid: string, file: string, part: number): Promise<Buffer | null> {
  const { rows } = await tx.query<{ bytes: Buffer }>(
    `select p.bytes from disclosure.extract_part p join disclosure.extract x using (extract_id)
      where x.extract_uuid = $1 and p.file = $2 and p.part = $3`,
    [uuid, file, part],
  )
  return rows[0]?.bytes ?? null
}

/** Asks for an extract; null where the caller may not, or has asked for five today. */
export async function askExtract(tx: Tx, first: SchoolYear, last: SchoolYear): Promise<string | null> {
  const { rows } = await tx.query<{ id: string | null }>(
    'select disclosure.ask_extract($1::smallint, $2::smallint) as id',
    [first, last],
  )
  return rows[0]!.id
}
