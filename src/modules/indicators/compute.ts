import { asJob } from '#db/actor.ts'
import { analyse } from '#db/analyse.ts'
import type { Database } from '#db/connection.ts'
import { placeRegister } from '#modules/registry/index.ts'
import { dayOf } from '#terms/day.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import { cellsIn, keepCells, type MadeCells } from './cells-store.ts'
import {
  asOfImport,
  beginCompute,
  finishCube,
  keepDefinition,
  keepPlaces,
  schoolYearsWithFacts,
} from './compute-store.ts'
import type { Definition } from './define.ts'
import { Inputs, type Source } from './inputs.ts'
import { copySimilar, keepMadeParts, type MadePart, madeParts } from './inputs-store.ts'
import { Maker } from './maker.ts'
import { linkagesOff } from './not-counted-store.ts'
import type { PartToMake } from './parts-to-make.ts'
import { type HandedPart, SecondHand } from './second-hand.ts'
import { type SimilarSchools, similarSchools } from './similar.ts'
import { keepSimilar, schoolFeatures, similarSource } from './similar-store.ts'
import { type CubeRow, currentCube } from './store.ts'

/** A definition that makes more cells a year than this is refused: nobody could publish or read them. */
export const mostCellsPerYear = 1_000_000

export interface ComputeOptions {
  /** told of every part, with the seconds it took, 0 where it was not made anew */
  onProgress?: (done: number, of: number, code: string, year: number, seconds: number) => void
  /** whose borders are those of today, `YYYY-MM-DD`; default today */
  day?: string
  /** makes every part anew, whether or not what it is made from has changed; the result is the same */
  full?: boolean
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
  /** parts that were not made anew because nothing they are made from has changed */
  reused: number
  cells: number
  seconds: number
}

/**
 * Builds the cubes: turns the facts of every indicator and school year into additive cells and points readers to them.
 * Reads the bank as of its latest import in one snapshot; writes everything or nothing. Two runs over the same bank
 * meet in the same parts, because a part is addressed by the hash of its content. A part of the current cube is made anew only where
 * something it was made from has changed since; what comes of it is, bit for bit, what making all anew gives. Two connections make parts
 * at once, where there is one to spare.
 *
 * @throws RangeError if a definition makes more than a million cells a year
 */
export async function compute(
  db: Database,
  catalogue: readonly Definition[],
  {
    day = dayOf(new Date()),
    onProgress = () => {},
    full = false,
    mostCells = mostCellsPerYear,
  }: ComputeOptions = {},
): Promise<ComputeReport> {
  const started = performance.now()
  await analyse(db, ['registry', 'records'])
  const second = new SecondHand(db)
  const report = await asJob(db, async (tx): Promise<ComputeReport> => {
    await beginCompute(tx)
    for (const definition of catalogue) await keepDefinition(tx, definition)
    const asOf = await asOfImport(tx)
    if (asOf === null) {
      return {
        cube: null,
        changed: false,
        parts: 0,
        newParts: 0,
        reused: 0,
        cells: 0,
        seconds: seconds(started),
      }
    }

    const years = await schoolYearsWithFacts(tx, asOf)
    const off = await linkagesOff(tx)
    const computed = catalogue.filter(
      ({ facts, linkages = [] }) => facts !== null && !linkages.some((linkage) => off.has(linkage)),
    )
    const made = new MadeParts(await Inputs.of(tx), full ? [] : await madeParts(tx))
    const before = await currentCube(tx)
    const alike = new Map<number, SimilarSchools[] | null>()
    const counts = { newParts: 0, reused: 0, cells: 0 }
    const register = await placeRegister(tx, asOf)
    const making = { asOf, register, day, mostCells }
    const maker = await Maker.of(tx, making)
    await second.begin(tx, making)
    let done = 0
    const tell = (code: string, year: number, seconds = 0) => {
      done += 1
      onProgress(done, years.length * computed.length, code, year, seconds)
    }
    const put = async ({ definition, year }: PartToMake, part: MadeCells | null, seconds: number) => {
      const id = part && (part.known ?? (await keepCells(tx, definition, year, part)))
      made.put(definition, year, id)
      counts.cells += part?.cells ?? 0
      if (part && part.known === null) counts.newParts += 1
      tell(definition.code, year, seconds)
    }
    const putHanded = async (handed: readonly HandedPart[]) => {
      for (const { rows, made: part, seconds, ...which } of handed) {
        if (part?.known === null) await cellsIn(tx, rows)
        await put(which, part, seconds)
      }
    }
    for (const year of years) {
      await keepPlaces(tx, 'place', register, dayOfPlaces(year))
      const withContext = !off.has('context')
      const isAlike = await made.before(similarSource(withContext), year)
      alike.set(
        year,
        before && isAlike ? null : similarSchools(await schoolFeatures(tx, asOf, year, withContext)),
      )
      made.put(similarSource(withContext), year, null)
      for (const definition of computed) {
        const known = await made.before({ ...definition, facts: definition.facts! }, year)
        if (known && known.cells <= mostCells) {
          made.put(definition, year, known.id)
          if (known.id !== null) counts.reused += 1
          counts.cells += known.cells
          tell(definition.code, year)
        } else {
          second.parts.add({ definition, year, cells: made.cellsBefore(definition, year) })
        }
      }
    }
    for (let part = second.parts.take('last'); part; part = second.parts.take('last')) {
      const { made: cells, seconds } = await maker.make(part)
      await put(part, cells, seconds)
      await putHanded(second.handed())
    }
    await putHanded(await second.rest())
    const { cube, changed } = await finishCube(tx, asOf, day, made.parts)
    for (const [year, similar] of alike) {
      if (similar) await keepSimilar(tx, cube.id, year, similar)
      else await copySimilar(tx, before!, cube, year)
    }
    await keepMadeParts(tx, made.withInputs)
    return { cube, changed, parts: made.parts.length, ...counts, seconds: seconds(started) }
  }).finally(() => second.end())
  if (report.newParts > 0) await analyse(db, ['indicators'])
  return report
}

/** What this compute makes, and what the one before made from the same. */
class MadeParts {
  readonly #inputs: Inputs
  readonly #before: ReadonlyMap<string, MadePart>
  readonly #hashes = new Map<string, Buffer | null>()
  readonly #made: { code: string; year: number; id: number | null }[] = []

  constructor(inputs: Inputs, before: readonly MadePart[]) {
    this.#inputs = inputs
    this.#before = new Map(before.map((part) => [`${part.code} ${part.year}`, part]))
  }

  /** What was made before, if it was made from the same; reads temporary tables `place` and `place_today`. */
  async before(source: Source, year: number): Promise<MadePart | null> {
    const hash = await this.#inputs.hash(source, year)
    this.#hashes.set(`${source.code} ${year}`, hash)
    const before = this.#before.get(`${source.code} ${year}`)
    return hash && before?.inputs.equals(hash) ? before : null
  }

  /** How many cells there were of it, whatever they were made from. */
  cellsBefore({ code }: Pick<Source, 'code'>, year: number): number {
    return this.#before.get(`${code} ${year}`)?.cells ?? 0
  }

  put({ code }: Pick<Source, 'code'>, year: number, id: number | null): void {
    this.#made.push({ code, year, id })
  }

  get parts(): number[] {
    return this.#made.flatMap(({ id }) => (id === null ? [] : [id]))
  }

  get withInputs(): Omit<MadePart, 'cells'>[] {
    return this.#made.flatMap((part) => {
      const inputs = this.#hashes.get(`${part.code} ${part.year}`)
      return inputs ? [{ ...part, inputs }] : []
    })
  }
}

function seconds(started: number): number {
  return (performance.now() - started) / 1000
}
