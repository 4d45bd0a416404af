import type { Tx } from '#db/actor.ts'
import type { Level } from '#terms/level.ts'
import type { PlaceRegister } from './place-tree.ts'

/** The register of places over all time, as known after an import; null: as known now. */
export async function placeRegister(tx: Tx, asOfImport: number | null): Promise<PlaceRegister> {
  const asOf = asOfImport ?? Number.MAX_SAFE_INTEGER
  const known = (of: string) =>
    `${of}.import_id <= $1 and (${of}.superseded_by is null or ${of}.superseded_by > $1)`
  const days = (of: string) =>
    `to_char(nullif(lower(${of}.valid), '-infinity'), 'YYYY-MM-DD') as "from",
     to_char(nullif(upper(${of}.valid), 'infinity'), 'YYYY-MM-DD') as until`
  const { rows: territories } = await tx.query<Row & { kind: Level }>(
    `select v.territory_id as id, t.kind, ${days('v')}, v.parent_id as territory
       from registry.territory_version v join registry.territory t using (territory_id)
      where ${known('v')} order by v.territory_version_id`,
    [asOf],
  )
  const { rows: institutions } = await tx.query<Row>(
    `select v.institution_id as id, ${days('v')}, v.territory_id as territory
       from registry.institution_version v where ${known('v')} order by v.institution_version_id`,
    [asOf],
  )
  const { rows: successions } = await tx.query<PlaceRegister['successions'][number]>(
    `select s.kind, s.predecessor_id as predecessor, s.successor_id as successor, to_char(s.since, 'YYYY-MM-DD') as since
       from registry.succession s where ${known('s')}`,
    [asOf],
  )
  const spansOf = (of: readonly Row[]) => of.map(({ from, until, territory }) => ({ from, until, territory }))
  return {
    territories: new Map(
      [...Map.groupBy(territories, ({ id }) => id)].map(([id, versions]) => [
        id,
        { kind: versions[0]!.kind, spans: spansOf(versions) },
      ]),
    ),
    institutions: new Map(
      [...Map.groupBy(institutions, ({ id }) => id)].map(([id, versions]) => [
        id,
        { spans: spansOf(versions) },
      ]),
    ),
    successions,
  }
}

interface Row {
  id: number
  from: string | null
  until: string | null
  territory: number | null
}
