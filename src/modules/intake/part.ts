import type { Tx } from '#db/actor.ts'
import type { Counts, Entity } from './model.ts'
import type { Content } from './read/content.ts'
import type { Refusals } from './report/refusals.ts'

/** One file of an import on its way into the bank. */
export interface Part {
  content: Content
  /** Name of the source, in the report. */
  source: string
  /** How the file is read: a mapping or a manifest, as it was declared. */
  declared: unknown
  /** What the file speaks of; null: the mapping says it. */
  entity: Entity | null
  refusals: Refusals
  /** Lines read, the header not counted. */
  readonly read: number
  /** SHA-256, once it was read to its end. */
  sha256: Buffer | undefined
  /**
   * Reads the file, checks it and takes it over, all in the transaction of the import. Where anything is refused nothing of it is
   * merged.
   *
   * @returns  what became of the facts; null when some were refused
   * @throws   FileFault when the file cannot be read; ImportProblem when it cannot be begun
   */
  take(tx: Tx, work: Work): Promise<PartCounts | null>
}

export type PartCounts = Partial<Record<Entity, Counts>>

/** What a part is told while it works. */
export interface Work {
  importId: number
  signal: AbortSignal | undefined
  onPiece(bytes: number): void
  onPhase(phase: 'checking' | 'merging'): void
  /** Something before it was refused: it is checked, but nothing more is merged. */
  mayMerge: boolean
}

export const nothing: Omit<Counts, 'refused'> = { read: 0, added: 0, changed: 0, withdrawn: 0, unchanged: 0 }

/** What stands in the report of a file of which nothing was kept. */
export function refusedCounts(refusals: Refusals): PartCounts {
  return Object.fromEntries(
    Object.entries(refusals.byEntity).map(([entity, refused]) => [entity, { ...nothing, refused }]),
  )
}
