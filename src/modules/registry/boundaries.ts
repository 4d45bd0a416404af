import { createHash } from 'node:crypto'
import type { Tx } from '#db/actor.ts'
import { writeOperation } from '#modules/access/index.ts'
import type { Day } from '#terms/day.ts'
import { type Area, BoundariesRefused, readBoundaries } from './boundary-file.ts'
import { simplified } from './boundary-simplify.ts'
import { addBoundaries, isSameBoundaryMap } from './boundary-store.ts'
import { knownMunicipalities } from './tiles-store.ts'

/** What became of a file of borders. */
export interface BoundariesReport {
  state: 'taken' | 'unchanged'
  areas: number
  /** points of the file, and of what is kept for the screen */
  points: { before: number; after: number }
  /** municipalities of today that have no borders in it */
  without: string[]
}

/**
 * Takes over the borders of municipalities, which hold from a day on. Must run as a job, in one transaction.
 *
 * @param property  of a feature, with the code of its territory
 * @throws          BoundariesRefused with everything that is wrong; nothing is changed then
 */
export async function takeBoundaries(
  tx: Tx,
  file: { content: string; property: string; validFrom: Day; source: string; licence: string },
): Promise<BoundariesReport> {
  const { content, property, validFrom } = file
  const [source, licence] = [file.source.trim(), file.licence.trim()]
  if (source === '') throw new BoundariesRefused(['say who surveyed or drew the borders'])
  if (licence === '') throw new BoundariesRefused(['say under which licence they may be shown'])
  const areas = readBoundaries(content, property)
  const known = await knownMunicipalities(tx)
  const ids = new Map(known.map(({ code, id }) => [code, id]))
  const strangers = areas.filter(({ code }) => !ids.has(code)).map(({ code }) => code)
  const faults = strangers.map((code) => `the register has no municipality with the code ${code}`)
  const twice = sameTwice(areas, ids)
  if (faults.length + twice.length > 0) throw new BoundariesRefused([...faults, ...twice])
  const { areas: light, before, after } = simplified(areas)
  const there = new Set(areas.map(({ code }) => ids.get(code)))
  const sha256 = createHash('sha256').update(content).digest('hex')
  const isSame = await isSameBoundaryMap(tx, { validFrom, source, licence, sha256 })
  if (!isSame) {
    await addBoundaries(tx, {
      validFrom,
      source,
      licence,
      sha256,
      areas: light.map(({ code, polygons }) => ({ territoryId: ids.get(code)!, polygons })),
    })
    await writeOperation(tx, 'take_boundaries', `${areas.length} areas from ${validFrom}`)
  }
  return {
    state: isSame ? 'unchanged' : 'taken',
    areas: areas.length,
    points: { before, after },
    without: known.filter(({ id, isThere }) => isThere && !there.has(id)).map(({ name }) => name),
  }
}

/** A municipality may have had several codes; it has one area. */
function sameTwice(areas: readonly Area[], ids: ReadonlyMap<string, number>): string[] {
  const codes = new Map<number, string>()
  return areas.flatMap(({ code }) => {
    const id = ids.get(code)
    const earlier = id === undefined ? undefined : codes.get(id)
    if (id !== undefined) codes.set(id, code)
    return earlier === undefined ? [] : [`${earlier} and ${code} are the same municipality`]
  })
}
