import type { Tx } from '#db/actor.ts'
import { placeRegister, placesOfYears } from '#modules/registry/index.ts'
import type { Level } from '#terms/level.ts'
import type { Definition } from './define.ts'

/** How a cell came about: its part, and the lines of files its facts stand in. */
export interface Trace {
  part: { hash: string; madeAt: string; cells: number } | null
  asOfImport: number
  files: { import: string; file: string; sha256: string | null; lines: number }[]
  /** the first lines, at most `limit` */
  lines: { file: string; line: number }[]
}

/** Walks a cell of its time's borders back, as far as the tier of the transaction may look: an analyst everywhere. */
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
  const places = placesOfYears(await placeRegister(tx, asOfImport))(schoolYear)
  const institutions = unit.level === 'school' ? [unit.id] : places.inside('school', unit.id)
  const lines = `
    with fact as (${definition.lines})
    select import_id, line from fact where subject = $3 and institution_id = any ($4::bigint[])`
  const values = [asOfImport, schoolYear, subject, institutions]
  const { rows: files } = await tx.query<Trace['files'][number]>(
    `select m.import_uuid as import, m.file_name as file, encode(m.file_sha256, 'hex') as sha256, count(*) as lines
       from (${lines}) l join intake.import m using (import_id)
      group by m.import_id, m.import_uuid, m.file_name, m.file_sha256 order by m.import_id`,
    values,
  )
  const { rows: first } = await tx.query<Trace['lines'][number]>(
    `select m.file_name as file, l.line from (${lines}) l join intake.import m using (import_id)
      order by m.import_id, l.line limit $5`,
    [...values, limit],
  )
  return { part: parts[0] ?? null, asOfImport, files, lines: first }
}
