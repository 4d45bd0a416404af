import type { Tx } from '#db/actor.ts'
import type { Day } from '#terms/day.ts'
import type { BoundaryMap } from './model.ts'

const name = `jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)`

/** What tells one state of the borders from another; null where there are none. */
export async function currentBoundaryMap(tx: Tx): Promise<number | null> {
  const { rows } = await tx.query<{ id: number | null }>(
    'select max(boundary_map_id) as id from registry.boundary_map',
  )
  return rows[0]!.id
}

/** The borders of a day, in Latvian alphabetical order of the municipalities, with the names of that day. */
export async function boundariesOn(tx: Tx, day: Day): Promise<Omit<BoundaryMap, 'day'>> {
  const { rows: maps } = await tx.query<{ id: number; from: Day; source: string; licence: string }>(
    `select boundary_map_id as id, to_char(valid_from, 'YYYY-MM-DD') as "from", source, licence
       from registry.boundary_map where valid_from <= $1::date
      order by valid_from desc, boundary_map_id desc limit 1`,
    [day],
  )
  const map = maps[0]
  if (!map) return { from: null, source: null, licence: null, items: [] }
  const { rows: items } = await tx.query<BoundaryMap['items'][number]>(
    `select t.territory_uuid as "territoryId", ${name} as name, b.polygons
       from registry.boundary b
       join registry.territory t using (territory_id)
      cross join lateral (select * from registry.territory_version x
                           where x.territory_id = b.territory_id and x.superseded_by is null
                           order by x.valid @> $2::date desc, x.valid desc limit 1) v
      where b.boundary_map_id = $1
      order by v.name_lv collate public.latvian, t.territory_uuid`,
    [map.id, day],
  )
  const { from, source, licence } = map
  return { from, source, licence, items }
}

interface FileOfBoundaries {
  validFrom: Day
  source: string
  licence: string
  sha256: string
}

/** Whether this very file, with these words, is what holds from that day on. */
export async function isSameBoundaryMap(tx: Tx, file: FileOfBoundaries): Promise<boolean> {
  const { rows } = await tx.query<{ same: boolean }>(
    `select coalesce((select source = $2 and licence = $3 and file_sha256 = $4 from registry.boundary_map
                       where valid_from = $1::date order by boundary_map_id desc limit 1), false) as same`,
    [file.validFrom, file.source, file.licence, file.sha256],
  )
  return rows[0]!.same
}

/** Adds borders; they hold from the end of the transaction on. */
export async function addBoundaries(
  tx: Tx,
  file: FileOfBoundaries & { areas: readonly { territoryId: number; polygons: number[][][][] }[] },
): Promise<void> {
  await tx.query(
    `with map as (insert into registry.boundary_map (valid_from, source, licence, file_sha256)
                  values ($1::date, $2, $3, $4) returning boundary_map_id)
     insert into registry.boundary (boundary_map_id, territory_id, polygons)
     select map.boundary_map_id, a."territoryId", a.polygons
       from map, jsonb_to_recordset($5::jsonb) as a("territoryId" bigint, polygons jsonb)`,
    [file.validFrom, file.source, file.licence, file.sha256, JSON.stringify(file.areas)],
  )
}
