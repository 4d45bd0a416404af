import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from '#db/actor.ts'
import type { Definition } from './define.ts'
import {
  databaseMark,
  notCountedMark,
  placesMark,
  type Read,
  type RowVersions,
  readBy,
  rowVersions,
} from './inputs-store.ts'
import { linkagesOff, withoutWhoObjects } from './not-counted-store.ts'

/** Facts of something that is made once a school year, and how far they look; a definition is one. */
export type Source = Pick<Definition, 'code' | 'hash' | 'looks'> & { facts: string }

/** Functions of the database whose answer is among the inputs. */
const known: readonly string[] = ['rights.linkages_off', 'rights.not_counted']
/** What answers otherwise at another time, without a trace in any table. */
const clock =
  /\b(now|random\w*|clock_timestamp|(statement|transaction)_timestamp|current_(date|time|timestamp|setting)|local(time|timestamp))\b/i

/**
 * From what the figures of a source and school year are made, as a hash: the same hash, the same bytes. In it are the SQL of the facts,
 * the versions of rows it reads in the school years it looks at, who is not counted, which linkages are off, where institutions lie, and
 * the program of this folder. Versions of rows are counted when first asked for, once a compute, in its snapshot.
 */
export class Inputs {
  readonly #tx: Tx
  readonly #base: readonly string[]
  readonly #without: (facts: string) => string
  readonly #read = new Map<string, Read & { counted: string }>()
  readonly #versions = new Map<string, RowVersions[]>()
  readonly #places = new Map<number, string>()

  private constructor(tx: Tx, base: readonly string[], without: (facts: string) => string) {
    this.#tx = tx
    this.#base = base
    this.#without = without
  }

  static async of(tx: Tx): Promise<Inputs> {
    const off = [...(await linkagesOff(tx))].sort().join()
    return new Inputs(tx, [await program(), await databaseMark(tx), off], await withoutWhoObjects(tx))
  }

  /**
   * Reads temporary tables `place` and `place_today`, which must be those of the year.
   *
   * @param year  null: of something that is not made by school years, wherever institutions lie
   * @returns     null where it cannot be known whether something has changed: then it is made every time
   */
  async hash({ code, hash, looks, facts }: Source, year: number | null): Promise<Buffer | null> {
    const { tables, views, functions, counted } = await this.#readBy(facts)
    if (clock.test(facts) || functions.some((name) => !known.includes(name))) return null
    const sum = createHash('sha256')
    const add = (...words: (string | number)[]) => sum.update(`${JSON.stringify(words)}\n`)
    add(...this.#base, code, hash, ...(year === null ? [] : [year, await this.#placesOf(year)]))
    add(...views, counted, counted === facts ? '' : await notCountedMark(this.#tx))
    const from = looks && year !== null ? year - looks.back : 0
    const to = looks && year !== null ? year + looks.forward : 9999
    for (const table of tables) {
      add(table)
      for (const { first, last, writer, rows } of await this.#versionsOf(table))
        if (first <= to && last >= from) add(first, last, writer, rows)
    }
    return sum.digest()
  }

  async #readBy(facts: string): Promise<Read & { counted: string }> {
    const read = this.#read.get(facts) ?? {
      ...(await readBy(this.#tx, facts)),
      counted: this.#without(facts),
    }
    this.#read.set(facts, read)
    return read
  }

  async #placesOf(year: number): Promise<string> {
    const places = this.#places.get(year) ?? (await placesMark(this.#tx))
    this.#places.set(year, places)
    return places
  }

  async #versionsOf(table: string): Promise<RowVersions[]> {
    const versions = this.#versions.get(table) ?? (await rowVersions(this.#tx, table))
    this.#versions.set(table, versions)
    return versions
  }
}

let programHash: Promise<string> | undefined

/** Hash of this folder: whoever changes how facts become cells need not remember that parts made before are others. */
function program(): Promise<string> {
  programHash ??= (async () => {
    const files = (await readdir(import.meta.dirname)).filter((name) => /(?<!\.test)\.ts$/.test(name)).sort()
    const sum = createHash('sha256')
    for (const file of files) sum.update(await readFile(join(import.meta.dirname, file)))
    return sum.digest('hex')
  })()
  return programHash
}
