import { createHash } from 'node:crypto'
import type { Tx } from '#db/actor.ts'
import { writeOperation } from '#modules/access/index.ts'
import type { Day } from '#terms/day.ts'
import { overlap, readTiles, type TileLine, TilesRefused } from './tile-file.ts'
import { addTileMap, isSameTileMap, type KnownMunicipality, knownMunicipalities } from './tiles-store.ts'

/** What became of a file of tiles. */
export interface TilesReport {
  state: 'taken' | 'unchanged'
  tiles: number
  /** municipalities of today that have no square from now on: their figures stand in tables only */
  withoutTile: string[]
  /** squares of territories that are gone and that the register never knew: left out */
  leftOut: string[]
}

type KnownTile = TileLine & { territoryId: number }

/**
 * Takes over a whole tile map, which from then on holds; the one before stays on record. Must run as a job, in one transaction.
 *
 * @param source  who drew it, and under which licence
 * @param today   squares that ended before may be of territories the register does not know
 * @throws        TilesRefused naming every line that is wrong; nothing is changed then
 */
export async function takeTiles(
  tx: Tx,
  { content, source, today }: { content: string; source: string; today: Day },
): Promise<TilesReport> {
  if (source.trim() === '') throw new TilesRefused(['say who drew the map'])
  const lines = readTiles(content)
  const known = await knownMunicipalities(tx)
  const faults: string[] = []
  const leftOut: string[] = []
  const tiles: KnownTile[] = []
  for (const tile of lines) {
    const found = find(tile, known)
    if (found.length === 1) tiles.push({ ...tile, territoryId: found[0]! })
    else if (found.length > 1) {
      faults.push(`line ${tile.line}: several municipalities are called ${JSON.stringify(tile.name)}`)
    } else if (tile.to !== null && tile.to < today) leftOut.push(tile.name || tile.code)
    else {
      faults.push(
        `line ${tile.line}: the register has no municipality ${JSON.stringify(tile.code || tile.name)}`,
      )
    }
  }
  if (faults.length === 0) faults.push(...sameTwice(tiles))
  if (faults.length > 0) throw new TilesRefused(faults)
  const there = new Set(
    tiles
      .filter(({ from, to }) => (from === null || from <= today) && (to === null || today <= to))
      .map(({ territoryId }) => territoryId),
  )
  const withoutTile = known.filter(({ id, isThere }) => isThere && !there.has(id)).map(({ name }) => name)
  const sha256 = createHash('sha256')
    .update(JSON.stringify(tiles.map(square).toSorted()))
    .digest('hex')
  const isSame = await isSameTileMap(tx, source, sha256)
  if (!isSame) {
    await addTileMap(tx, { source, sha256, tiles })
    await writeOperation(tx, 'take_tiles', `tile map ${sha256.slice(0, 12)}`)
  }
  return { state: isSame ? 'unchanged' : 'taken', tiles: tiles.length, withoutTile, leftOut }
}

/** What a square says, wherever in the file it stands. */
function square({ territoryId, column, row, short, from, to }: KnownTile): string {
  return JSON.stringify([territoryId, column, row, short, from, to])
}

/** By code, where the line gives one; else by name. */
function find(tile: TileLine, known: readonly KnownMunicipality[]): number[] {
  const meant = known.filter(({ code, name }) => (tile.code ? code === tile.code : name === tile.name))
  return [...new Set(meant.map(({ id }) => id))]
}

/** One territory may be meant by a code and by a name; it has one square at a time. */
function sameTwice(tiles: readonly KnownTile[]): string[] {
  return tiles.flatMap((tile, index) => {
    const earlier = tiles
      .slice(0, index)
      .find((each) => each.territoryId === tile.territoryId && overlap(each, tile))
    return earlier ? [`line ${tile.line}: the same territory as line ${earlier.line}`] : []
  })
}
