import type { Tx } from '#db/actor.ts'
import type { PlaceRegister } from '#modules/registry/index.ts'
import { dayOfPlaces } from '#terms/school-year.ts'
import { type MadeCells, makeCells, prepareSpots } from './cells-store.ts'
import { keepPlaces, prepareAtoms } from './compute-store.ts'
import type { PartToMake } from './parts-to-make.ts'

/** Of what parts are made, beside the facts. */
export interface MakingOf {
  /** the import up to which facts count */
  asOf: number
  register: PlaceRegister
  /** whose borders are those of today, `YYYY-MM-DD` */
  day: string
  mostCells: number
}

/** Makes parts on one connection. */
export class Maker {
  readonly #tx: Tx
  readonly #of: MakingOf
  #year: number | undefined

  private constructor(tx: Tx, of: MakingOf) {
    this.#tx = tx
    this.#of = of
  }

  static async of(tx: Tx, of: MakingOf): Promise<Maker> {
    await keepPlaces(tx, 'place_today', of.register, of.day)
    return new Maker(tx, of)
  }

  /**
   * The cells of a part, in temporary table `new_cell`; null: there are no figures.
   *
   * @throws RangeError if there are more than are allowed
   */
  async make({
    definition,
    year,
  }: Pick<PartToMake, 'definition' | 'year'>): Promise<{ made: MadeCells | null; seconds: number }> {
    const started = performance.now()
    const { asOf, register, mostCells } = this.#of
    if (this.#year !== year) await keepPlaces(this.#tx, 'place', register, dayOfPlaces(year))
    this.#year = year
    const hasFacts = await prepareAtoms(this.#tx, definition, asOf, year)
    if (hasFacts) await prepareSpots(this.#tx)
    const made = hasFacts ? await makeCells(this.#tx, definition, year, mostCells) : null
    return { made, seconds: (performance.now() - started) / 1000 }
  }
}
