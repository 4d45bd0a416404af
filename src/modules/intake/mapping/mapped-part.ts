import type { Tx } from '#db/actor.ts'
import { findAssessments } from '#modules/records/index.ts'
import type { Sealer } from '#modules/registry/index.ts'
import type { Part, PartCounts, Work } from '../part.ts'
import type { Content } from '../read/content.ts'
import { placeColumns } from '../read/header.ts'
import { stageRows } from '../read/stage-rows.ts'
import { Refusals } from '../report/refusals.ts'
import { ImportProblem } from '../rules.ts'
import type { Mapping } from './mapping.ts'
import { merge } from './merge.ts'
import { Rows } from './rows.ts'
import { checkTogether, makeStaging, sendAll } from './stage.ts'

/** A foreign file, read through a mapping: every line speaks of a learner in an institution. */
export class MappedPart implements Part {
  readonly content: Content
  readonly source: string
  readonly declared: Mapping
  readonly entity = null
  readonly refusals = new Refusals()
  sha256: Buffer | undefined
  readonly #sealer: Sealer
  readonly #remembered: number | undefined
  #rows: Rows | undefined

  /** @throws ImportProblem when a constant of the mapping does not fit its field */
  constructor(content: Content, mapping: Mapping, sealer: Sealer, rememberedLearners?: number) {
    this.content = content
    this.source = mapping.name
    this.declared = mapping
    this.#sealer = sealer
    this.#remembered = rememberedLearners
    new Rows(mapping, new Map(mapping.file.columns.map((name, at) => [name, at])), sealer, new Refusals())
  }

  get read() {
    return this.#rows?.read ?? 0
  }

  async take(tx: Tx, { importId, signal, onPiece, onPhase, mayMerge }: Work): Promise<PartCounts | null> {
    const mapping = this.declared
    await makeStaging(tx)
    const difference = await findAssessments(tx, importId, mapping.scales, mapping.assessments)
    if (difference?.other) throw new ImportProblem('assessment.same_series', { other: difference.other })
    if (difference) {
      const { code, differs } = difference
      throw new ImportProblem('assessment.differs', { code, differs })
    }
    this.sha256 = await stageRows({
      content: this.content,
      format: mapping.file,
      signal,
      onPiece,
      open: (names) => {
        const columns = placeColumns(names, mapping.file.columns)
        const rows = new Rows(mapping, columns, this.#sealer, this.refusals, this.#remembered)
        this.#rows = rows
        return {
          add: (row, line) => rows.add(row, line),
          get size() {
            return rows.size
          },
          send: () => sendAll(tx, importId, rows),
        }
      },
    })
    onPhase('checking')
    await checkTogether(tx, mapping, this.#rows!, this.refusals)
    if (this.refusals.total > 0 || !mayMerge) return null
    onPhase('merging')
    return merge(tx, importId, this.#rows!)
  }
}
