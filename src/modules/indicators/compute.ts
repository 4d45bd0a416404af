import { asJob } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { dayOf } from '#terms/day.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import {
  addPart,
  asOfImport,
  beginCompute,
  finishCube,
  keepDefinition,
  keepPlaces,
  prepareAtoms,
  prepareSpots,
  schoolYearsWithFacts,
} from './compute-store.ts'
import type { Definition } from './define.ts'
import { linkagesOff } from './not-counted-store.ts'
import { type SimilarSchools, similarSchools } from './similar.ts'
import { keepSimilar, schoolFeatures } from './similar-store.ts'
import type { CubeRow } from './store.ts'

/** A definition that makes more cells a year than this is refused: nobody could publish or read them. */
export const mostCellsPerYear = 1_000_000

export interface ComputeOptions {
  onProgress?: (done: number, of: number, code: string, year: number) => void
  /** whose borders are those of today, `YYYY-MM-DD`; default today */
  day?: string
  /** most cells a definition may make in one year; default a million */
  mostCells?: number
}

export interface ComputeReport {
  /** null: the bank is empty, there is nothing to compute */
  cube: CubeRow | null
  /** false: every part was already there, the current cube stays */
  changed: boolean
  parts: number
  newParts: number
  cells: number
  seconds: number
}

/**
 * Builds the cubes: turns the facts of every indicator and school year into additive cells and points readers to them.
 * Reads the bank as of its latest import in one snapshot; writes everything or nothing. Two runs over the same bank
 * meet in the same parts, because a part is addressed by the hash of its content.
 *
 * @throws RangeError if a definition makes more than a million cells a year
 */
export async function compute(
  db: Database,
  catalogue: readonly Definition[],
  { day = dayOf(new Date()), onProgress = () => {}, mostCells = mostCellsPerYear }: ComputeOptions = {},
): Promise<ComputeReport> {
  const started = performance.now()
  await analyse(db, ['registry', 'records'])
  const report = await asJob(db, async (tx): Promise<ComputeReport> => {
    await beginCompute(tx)
    for (const definition of catalogue) await keepDefinition(tx, definition)
    const asOf = await asOfImport(tx)
    if (asOf === null) {
      return { cube: null, changed: false, parts: 0, newParts: 0, cells: 0, seconds: seconds(started) }
    }

    const years = await schoolYearsWithFacts(tx, asOf)
    const off = await linkagesOff(tx)
    const computed = catalogue.filter(
      ({ facts, linkages = [] }) => facts !== null && !linkages.some((linkage) => off.has(linkage)),
    )
    const parts: number[] = []
    const alike = new Map<number, SimilarSchools[]>()
    let newParts = 0
    let cells = 0
    let done = 0
    const register = await placeRegister(tx, asOf)
    await keepPlaces(tx, 'place_today', register, day)
    for (const year of years) {
      await keepPlaces(tx, 'place', register, dayOfPlaces(year))
      alike.set(year, similarSchools(await schoolFeatures(tx, asOf, year, !off.has('context'))))
      for (const definition of computed) {
        const hasFacts = await prepareAtoms(tx, definition, asOf, year)
        if (hasFacts) await prepareSpots(tx)
        const part = hasFacts && (await addPart(tx, definition, year, mostCells))
        if (part) {
          parts.push(part.id)
          cells += part.cells
          if (part.isNew) newParts += 1
        }
        done += 1
        onProgress(done, years.length * computed.length, definition.code, year)
      }
    }
    const { cube, changed } = await finishCube(tx, asOf, day, parts)
    for (const [year, similar] of alike) await keepSimilar(tx, cube.id, year, similar)
    return { cube, changed, parts: parts.length, newParts, cells, seconds: seconds(started) }
  })
  if (report.newParts > 0) await analyse(db, ['indicators'])
  return report
}

function seconds(started: number): number {
  return (performance.now() - started) / 1000
}
