import type { Tx } from '#db/actor.ts'
import type { EntityColumn } from '#db/entity.ts'
import { knownCodes } from '#db/entity-ids.ts'
import { type Sealer, staffByHash } from '#modules/registry/index.ts'
import { CodeTable } from '../mapping/code-table.ts'
import { Fault, type Kind } from '../read/values.ts'
import { entityOf } from './contract.ts'

/** Stands for what cannot be looked up, because the file it is in was refused. */
const UNKNOWABLE = 0

/**
 * Codes of other entities as ids. The registers are small, so they are looked up in the program, where column and line are known.
 *
 * @param unmerged  entities whose file in this package was refused: what refers to them is not judged
 */
export class References {
  readonly #tx: Tx
  readonly #sealer: Sealer
  readonly #unmerged: ReadonlySet<string>

  constructor(tx: Tx, sealer: Sealer, unmerged: ReadonlySet<string>) {
    this.#tx = tx
    this.#sealer = sealer
    this.#unmerged = unmerged
  }

  /** Learners are too many, and rounds and scales are few and looked up with what else is known of them. */
  canLookUp(entity: string): boolean {
    return entity === 'staff' || entityOf(entity).destination.as !== 'own'
  }

  isUnmerged(entity: string): boolean {
    return this.#unmerged.has(entity)
  }

  /** How a column is read whose values are keys of another entity. */
  async kind({ refersTo, ofKind }: EntityColumn): Promise<Kind<number>> {
    const entity = refersTo!
    if (this.#unmerged.has(entity)) return () => UNKNOWABLE
    const unknown = new Fault('reference.unknown', { entity })
    if (entity === 'staff') {
      const known = await staffByHash(this.#tx)
      return (raw) => known.get(this.#sealer.hashCode(raw).toString('base64')) ?? unknown
    }
    const idOf = await this.#codes(entity, ofKind)
    return (raw) => idOf(raw) ?? unknown
  }

  /** Ids by code. A country has 150,000 classes in seven years: they are held as bytes. */
  async #codes(entity: string, ofKind: string | undefined): Promise<(code: string) => number | undefined> {
    const codes = new CodeTable()
    const ids: number[] = []
    for await (const known of this.#known(entity, ofKind)) {
      for (const { code, id } of known) ids[codes.add(code)] = id
    }
    return (code) => ids[codes.find(code)]
  }

  #known(entity: string, ofKind: string | undefined) {
    const { destination } = entityOf(entity)
    if (destination.as === 'own' || destination.as === 'learner_facts')
      throw new TypeError(`${entity} has no codes to look up`)
    const { table } = destination
    if (destination.as === 'facts') return knownCodes(this.#tx, { table, id: destination.register!.id })
    const { id, register } = destination
    return knownCodes(this.#tx, { table, id, ofKind: ofKind ? { register, kind: ofKind } : undefined })
  }
}
