import { asJob, type Tx } from '#db/actor.ts'
import type { Database } from '#db/connection.ts'
import { cellsOut, type MadeCells } from './cells-store.ts'
import { joinCompute, shareSnapshot } from './compute-store.ts'
import { Maker, type MakingOf } from './maker.ts'
import { PartsToMake, type PartToMake } from './parts-to-make.ts'

/** A part that the second connection has made, with its cells, where they are of a part nobody has made before. */
export interface HandedPart extends PartToMake {
  made: MadeCells | null
  rows: readonly Buffer[]
  seconds: number
}

/**
 * A second connection that makes parts beside the first, in its snapshot. It only reads: what it has made it hands to the first, which
 * writes, so that everything is written or nothing. Where there is no connection to spare, the first makes all alone.
 */
export class SecondHand {
  readonly parts = new PartsToMake()
  readonly #db: Database
  readonly #handed: HandedPart[] = []
  readonly #over: Promise<void>
  #begin: (making: (MakingOf & { snapshot: string }) | null) => void = () => {}
  #failed: { error: unknown } | undefined
  #arrived = () => {}
  #atWork = 0

  /** Must be made outside of a transaction, since the second connection opens one of its own. */
  constructor(db: Database) {
    this.#db = db
    const begun = new Promise<(MakingOf & { snapshot: string }) | null>((resolve) => {
      this.#begin = resolve
    })
    this.#over = this.#work(begun).catch((error: unknown) => {
      this.#failed = { error }
      this.#arrived()
    })
  }

  /** Begins to take parts, if there is a connection to spare. */
  async begin(tx: Tx, making: MakingOf): Promise<void> {
    const { options, totalCount, idleCount, waitingCount } = this.#db.jobPool
    // one more is left to other jobs
    if (waitingCount > 0 || options.max - totalCount + idleCount < 2) return
    this.#begin({ ...making, snapshot: await shareSnapshot(tx) })
  }

  /** What has been made since this was asked last. */
  handed(): HandedPart[] {
    if (this.#failed) throw this.#failed.error
    return this.#handed.splice(0)
  }

  /** Waits for parts that are being made; returns the last of them. */
  async rest(): Promise<HandedPart[]> {
    while (this.#atWork > 0 && !this.#failed) {
      await new Promise<void>((resolve) => {
        this.#arrived = resolve
      })
    }
    return this.handed()
  }

  /** Lets the connection go, after the part it is at. */
  async end(): Promise<void> {
    this.parts.close()
    this.#begin(null)
    await this.#over
  }

  async #work(begun: Promise<(MakingOf & { snapshot: string }) | null>): Promise<void> {
    const making = await begun
    if (!making) return
    await asJob(this.#db, async (tx) => {
      await joinCompute(tx, making.snapshot)
      const maker = await Maker.of(tx, making)
      for (let part = await this.#next(); part; part = await this.#next()) {
        const { made, seconds } = await maker.make(part)
        const rows = made?.known === null ? await cellsOut(tx) : []
        this.#handed.push({ ...part, made, rows, seconds })
        this.#atWork -= 1
        this.#arrived()
      }
    })
  }

  async #next(): Promise<PartToMake | undefined> {
    const part = await this.parts.next('first')
    if (part) this.#atWork += 1
    return part
  }
}
