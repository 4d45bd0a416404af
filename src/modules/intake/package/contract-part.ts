import type { Tx } from '#db/actor.ts'
import type { EntityDefinition } from '#db/entity.ts'
import type { FoundTogether } from '#db/entity-checks.ts'
import type { Merged } from '#db/entity-versions.ts'
import type { Sealer } from '#modules/registry/index.ts'
import type { CodeTable } from '../mapping/code-table.ts'
import type { Entity } from '../model.ts'
import type { Part, PartCounts, Work } from '../part.ts'
import type { Content } from '../read/content.ts'
import { placeKnown } from '../read/header.ts'
import { type Sink, stageRows } from '../read/stage-rows.ts'
import { Refusals } from '../report/refusals.ts'
import { type Kinds, kindsOf, LineReader, readColumns } from './entity-rows.ts'
import type { Manifest } from './manifest.ts'
import { References } from './references.ts'
import { dropStaged } from './staged-store.ts'

/** What the parts of one package share. */
export interface PackageWork {
  manifest: Manifest
  sealer: Sealer
  /** Entities with a file of which nothing was merged, because it or one before it was refused. */
  unmerged: Set<string>
  rememberedLearners?: number | undefined
  /** Learners this package described and the register took over, with the numbers under which it remembers them. */
  described?: CodeTable | undefined
  /** It is right that more than a tenth of all representations ends. */
  mayEndMany: boolean
}

/** A part at work: what it was told, and what it has found out before reading. */
export interface Working {
  tx: Tx
  importId: number
  kinds: Kinds
  references: References
  /** Columns the file has; known once the first line was read. */
  present: ReadonlySet<string>
}

/** A file of a package that speaks of one entity. What is done with its lines is told by the classes that stand on it. */
export abstract class ContractPart implements Part {
  readonly content: Content
  readonly entity: Entity
  readonly refusals = new Refusals()
  readonly definition: EntityDefinition
  readonly shared: PackageWork
  sha256: Buffer | undefined
  #reader: LineReader | undefined
  #readBefore = 0

  constructor(content: Content, definition: EntityDefinition, shared: PackageWork) {
    this.content = content
    this.definition = definition
    this.entity = definition.name as Entity
    this.shared = shared
  }

  get source() {
    return this.shared.manifest.source
  }

  get declared(): unknown {
    return this.shared.manifest
  }

  get read() {
    return this.#reader?.read ?? this.#readBefore
  }

  /** The file holds all there is of its entity. */
  protected get isComplete() {
    return this.shared.manifest.complete.includes(this.entity)
  }

  /** Columns the file must have, and all it may have. */
  protected get header(): { required: readonly string[]; known: readonly string[] } {
    const columns = Object.entries(this.definition.columns)
    return {
      required: columns.flatMap(([name, { isOptional }]) => (isOptional ? [] : [name])),
      known: columns.map(([name]) => name),
    }
  }

  /** Makes what lines are read into, and finds out what they are judged by. */
  protected abstract prepare(working: Working): Promise<void>
  /** Where lines go under the header that was found. */
  protected abstract open(working: Working, reader: LineReader): Sink
  /** Looks at all lines together. */
  protected abstract check(working: Working): Promise<readonly FoundTogether[]>
  /** Takes them over. */
  protected abstract merge(working: Working): Promise<Merged>

  /** Lets go of what was remembered of the file: the next ones need the memory. */
  protected forget(): void {}

  async take(tx: Tx, work: Work): Promise<PartCounts | null> {
    try {
      return await this.#take(tx, work)
    } finally {
      this.#readBefore = this.read
      this.#reader = undefined
      this.forget()
    }
  }

  async #take(tx: Tx, work: Work): Promise<PartCounts | null> {
    const { importId, onPhase, mayMerge } = work
    const { sealer, unmerged } = this.shared
    unmerged.add(this.entity)
    await dropStaged(tx)
    const references = new References(tx, sealer, unmerged)
    const kinds = await kindsOf(this.definition, references)
    const working: Working = { tx, importId, kinds, references, present: new Set() }
    await this.prepare(working)
    await this.#stage(working, work)
    onPhase('checking')
    for (const { found, total } of await this.check(working))
      this.refusals.addFound(this.entity, found, total)
    if (this.refusals.total > 0 || !mayMerge) return null
    onPhase('merging')
    const merged = await this.merge(working)
    unmerged.delete(this.entity)
    return { [this.entity]: { read: this.read, ...merged, refused: 0 } }
  }

  async #stage(working: Working, { signal, onPiece }: Work) {
    const { format } = this.shared.manifest
    this.sha256 = await stageRows({
      content: this.content,
      format,
      signal,
      onPiece,
      isEmptyRight: true,
      open: (names) => {
        const columns = placeKnown(names, this.header)
        working.present = new Set(columns.keys())
        const { definition, refusals } = this
        const read = readColumns(definition, columns, format, working.kinds)
        this.#reader = new LineReader(definition, read, { places: columns, refusals })
        return this.open(working, this.#reader)
      },
    })
  }
}
