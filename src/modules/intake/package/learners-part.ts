import { CopyRows, createStaging, type StagingTable, stagingTable } from '#db/copy.ts'
import { type FoundTogether, repeatedRows } from '#db/entity-checks.ts'
import { describedThings } from '#db/entity-staged.ts'
import { type Merged, mergeVersions } from '#db/entity-versions.ts'
import { noteChangedCode } from '#modules/access/index.ts'
import {
  changedCodes,
  checkLearners,
  countLearners,
  learnerCircumstances,
  prepareLearners,
  rememberLearners,
  stagedLearner,
  takeLearners,
} from '#modules/registry/index.ts'
import { Learners } from '../mapping/learners.ts'
import { LISTED } from '../model.ts'
import type { Sink } from '../read/stage-rows.ts'
import { ContractPart, type Working } from './contract-part.ts'
import type { LineReader } from './entity-rows.ts'
import { inColumns } from './found.ts'
import { analyzeStaged } from './staged-store.ts'

/** Columns of what is said of a learner and changes in time. */
const circumstances = ['residence_code', 'residence_parish', 'citizenship_group', 'special_need'] as const

const staged = stagingTable('staged_row', [
  ['line', 'int8'],
  ['learner_no', 'int4'],
  ['territory_id', 'int8'],
  ['parish_code', 'text'],
  ['citizenship_group', 'text'],
  ['special_need', 'int4'],
])

/** The learners: identity sealed, what never changes, and what does. */
export class LearnersPart extends ContractPart {
  readonly #became = { added: 0, changed: 0 }
  #learners: Learners | undefined

  protected async prepare({ tx }: Working) {
    await createStaging(tx, staged)
    await createStaging(tx, stagedLearner)
    await prepareLearners(tx)
  }

  protected open({ tx, importId, present }: Working, reader: LineReader): Sink {
    const rows = new CopyRows<StagingTable['columns']>(staged)
    const toLearners = new CopyRows(stagedLearner)
    const learners = this.#learnersIn(present, reader, toLearners)
    const at = circumstances.map((name) => reader.names.indexOf(name))
    this.#learners = learners
    return {
      add(row, line) {
        const values = reader.values(row, line)
        const no = learners.read(row, line, reader.refuse)
        if (values && no !== undefined) rows.add([line, no, ...at.map((place) => values[place] ?? null)])
      },
      get size() {
        return rows.size + toLearners.size
      },
      send: async () => {
        await rows.send(tx)
        await toLearners.send(tx)
        const { added, changed } = await takeLearners(tx, importId, {
          saysPrevious: present.has('previous_uid'),
          saysBirth: present.has('birth_month'),
        })
        this.#became.added += added
        this.#became.changed += changed
      },
    }
  }

  #learnersIn(
    present: ReadonlySet<string>,
    reader: LineReader,
    to: CopyRows<(typeof stagedLearner)['columns']>,
  ) {
    const { sealer, rememberedLearners, manifest } = this.shared
    const optional = (column: string) => (present.has(column) ? { column, optional: true } : undefined)
    const [name, born, previous] = ['name', 'birth_month', 'previous_uid'].map(optional)
    return new Learners(
      {
        learner: {
          code: { column: 'learner_uid' },
          sex: { column: 'sex' },
          ...(name && { name }),
          ...(born && { birthMonth: { ...born, days: manifest.format.days } }),
        },
        ...(previous && { previous }),
      },
      reader.places,
      sealer,
      to,
      { most: rememberedLearners },
    )
  }

  protected override forget() {
    this.#learners = undefined
  }

  protected async check({ tx, present }: Working): Promise<FoundTogether[]> {
    await analyzeStaged(tx, ['staged_row', 'learner_of'])
    const saysPrevious = present.has('previous_uid')
    const found = await checkLearners(tx, this.#learners?.mayRepeat ?? false, LISTED, { saysPrevious })
    return [inColumns(found), await repeatedRows(tx, ['learner_no'], LISTED)]
  }

  protected async merge(working: Working): Promise<Merged> {
    const { tx } = working
    for (const { from, to } of await changedCodes(tx)) await noteChangedCode(tx, from, to)
    const merged = await this.#merge(working)
    this.shared.described = this.#learners?.all
    if (this.shared.described) await rememberLearners(tx)
    return merged
  }

  async #merge({ tx, importId, present }: Working): Promise<Merged> {
    const read = await countLearners(tx)
    const { added } = this.#became
    if (!circumstances.some((name) => present.has(name))) {
      return { ...this.#became, withdrawn: 0, unchanged: read - added - this.#became.changed }
    }
    const ids = {
      join: 'join learner_of o on o.no = s.learner_no',
      id: 'o.learner_id',
      isNew: 'false',
    }
    const { snapshotDate: snapshot } = this.shared.manifest
    const said = await mergeVersions(tx, importId, {
      ...learnerCircumstances,
      from: describedThings({ entity: this.definition, present }, learnerCircumstances, { ids, snapshot }),
    })
    // Of those who are not new, what is said anew changes them.
    const changed = Math.min(read - added, this.#became.changed + Math.max(0, said.changed - added))
    return { added, changed, withdrawn: 0, unchanged: read - added - changed }
  }
}
