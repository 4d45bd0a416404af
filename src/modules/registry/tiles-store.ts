import type { Tx } from '#db/actor.ts'
import type { Day } from '#terms/day.ts'
import type { PlaceName } from '#terms/locale.ts'
import type { Tile } from './model.ts'
import type { TileLine } from './tile-file.ts'

const name = `jsonb_build_object('lv', v.name_lv, 'en', v.name_en, 'genitive', v.genitive_lv, 'locative', v.locative_lv)`

/** The newest map: what holds. */
const newest = '(select max(tile_map_id) from registry.tile_map)'

/** Number of the map that holds; null where there is none. */
export async function currentTileMap(tx: Tx): Promise<number | null> {
  const { rows } = await tx.query<{ id: number | null }>(`select ${newest} as id`)
  return rows[0]!.id
}

/** The squares of a day in Latvian alphabetical order of their municipalities, with the names of that day. */
export async function tilesOn(tx: Tx, day: Day): Promise<{ source: string | null; items: Tile[] }> {
  const { rows: maps } = await tx.query<{ source: string }>(
    `select source from registry.tile_map where tile_map_id = ${newest}`,
  )
  const { rows: items } = await tx.query<Tile>(
    `select t.territory_uuid as "territoryId", ${name} as name, s.short, s.grid_column as "column", s.grid_row as "row"
       from registry.tile s
       join registry.territory t using (territory_id)
      cross join lateral (select * from registry.territory_version x
                           where x.territory_id = s.territory_id and x.superseded_by is null
                           order by x.valid @> $1::date desc, x.valid desc limit 1) v
      where s.tile_map_id = ${newest} and s.valid @> $1::date
      order by v.name_lv collate public.latvian, t.territory_uuid`,
    [day],
  )
  return { source: maps[0]?.source ?? null, items }
}

/** A municipality as the register knows it, to be found by a file. */
export interface KnownMunicipality {
  id: number
  code: string
  name: PlaceName['lv']
  /** in the register today */
  isThere: boolean
}

/** Every municipality under every code and name it ever had, as known now. */
export async function knownMunicipalities(tx: Tx): Promise<KnownMunicipality[]> {
  const { rows } = await tx.query<KnownMunicipality>(
    `select v.territory_id as id, v.code, v.name_lv as name, bool_or(v.valid @> access.today()) as "isThere"
       from registry.territory_version v join registry.territory t using (territory_id)
      where t.kind = 'municipality' and v.superseded_by is null
      group by 1, 2, 3 order by v.name_lv collate public.latvian, 1`,
  )
  return rows
}

/** Whether the map that holds has these very squares and this source. */
export async function isSameTileMap(tx: Tx, source: string, sha256: string): Promise<boolean> {
  const { rows } = await tx.query<{ same: boolean }>(
    `select exists (select from registry.tile_map
                     where tile_map_id = ${newest} and source = $1 and tiles_sha256 = $2) as same`,
    [source, sha256],
  )
  return rows[0]!.same
}

/** Adds a map; it holds from the end of the transaction on. */
export async function addTileMap(
  tx: Tx,
  map: { source: string; sha256: string; tiles: readonly (TileLine & { territoryId: number })[] },
): Promise<void> {
  await tx.query(
    `with map as (insert into registry.tile_map (source, tiles_sha256) values ($1, $2) returning tile_map_id)
     insert into registry.tile (tile_map_id, territory_id, grid_column, grid_row, short, valid)
     select map.tile_map_id, t."territoryId", t."column", t."row", t.short, daterange(t."from", t."to", '[]')
       from map, jsonb_to_recordset($3::jsonb) as t("territoryId" bigint, "column" smallint, "row" smallint, short text,
                                                    "from" date, "to" date)`,
    [map.source, map.sha256, JSON.stringify(map.tiles)],
  )
}
