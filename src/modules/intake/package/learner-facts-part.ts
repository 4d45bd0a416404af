import { CopyRows, createStaging, type StagingTable } from '#db/copy.ts'
import type { ToLearnerFacts } from '#db/entity.ts'
import { contradictoryRows, type FoundTogether, repeatedRows } from '#db/entity-checks.ts'
import { mergeFacts } from '#db/entity-facts.ts'
import { describedFacts, saidColumns, stagedName, sureColumns } from '#db/entity-staged.ts'
import type { Merged } from '#db/entity-versions.ts'
import { checkLearners, rowsByLearner, stagedCrowded } from '#modules/registry/index.ts'
import { Crowd } from '../mapping/crowd.ts'
import { LISTED } from '../model.ts'
import type { Sink } from '../read/stage-rows.ts'
import { ContractPart, type Working } from './contract-part.ts'
import { type Hidden, type LineReader, stagedRows } from './entity-rows.ts'
import { inColumns } from './found.ts'
import { ReferredLearners } from './learner-lines.ts'
import { analyzeStaged } from './staged-store.ts'

const learnerColumn = 'learner_uid'

/** What stands for the code of a learner: the number the learner has within the file. */
const numbered: Hidden = { names: [learnerColumn], staged: [['learner_no', 'int4']], of: () => [] }

/** A file of facts about learners whom the register knows: marks, absence, where they went on to. */
export class LearnerFactsPart extends ContractPart {
  #learners: ReferredLearners | undefined
  #canJudge = true

  get #to() {
    return this.definition.destination as ToLearnerFacts
  }

  protected async prepare({ tx, kinds, references }: Working) {
    this.#learners = await ReferredLearners.prepare(tx, this.shared)
    this.#canJudge = !references.isUnmerged('learners')
    await createStaging(tx, stagedRows(this.definition, kinds, numbered))
    await createStaging(tx, stagedCrowded)
  }

  protected open({ tx, kinds }: Working, reader: LineReader): Sink {
    const rows = new CopyRows<StagingTable['columns']>(stagedRows(this.definition, kinds, numbered))
    const crowded = new CopyRows(stagedCrowded)
    const crowd = new Crowd(crowded)
    const learners = this.#learners!.open(reader)
    const kept = [...reader.names.keys()].filter((at) => reader.names[at] !== learnerColumn)
    const keyed = kept.filter((at) => this.#to.key.includes(stagedName(this.definition, reader.names[at]!)))
    const slots = new Map<string, number>()
    return {
      add(row, line) {
        const values = reader.values(row, line)
        const learnerNo = learners.read(row, line)
        if (!values || learnerNo === undefined) return
        rows.add([line, ...kept.map((at) => values[at] ?? null), learnerNo])
        let key = ''
        for (const at of keyed) key += `${values[at]} `
        const slot = slots.get(key) ?? slots.size
        slots.set(key, slot)
        crowd.note(learnerNo, slot)
      },
      get size() {
        return rows.size + crowded.size + learners.size
      },
      async send() {
        await learners.send()
        await rows.send(tx)
        await crowded.send(tx)
      },
    }
  }

  protected override forget() {
    this.#learners = undefined
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    await this.#learners!.find()
    await analyzeStaged(tx, ['staged_row', 'staged_crowded', 'learner_of'])
    const look = this.#learners!.mayRepeat ? 'by_id' : 'crowded'
    const [, ...key] = this.#to.key
    return [
      ...(this.#canJudge ? [inColumns(await checkLearners(tx, false, LISTED))] : []),
      await repeatedRows(tx, ['learner', ...key], LISTED, rowsByLearner('staged_row', look)),
      await contradictoryRows(tx, this.definition.contradictions ?? [], LISTED),
    ]
  }

  protected async merge({ tx, importId, present }: Working): Promise<Merged> {
    const to = this.#to
    const file = { entity: this.definition, present }
    return mergeFacts(tx, importId, {
      table: to.table,
      key: to.key,
      sure: sureColumns(this.definition, to.key),
      said: saidColumns(file, to),
      from: describedFacts(file, to, 'join learner_of l on l.no = s.learner_no'),
      cameBy: to.key.includes('school_year') ? 'school_year' : undefined,
      complete: this.isComplete ? to.scope : undefined,
    })
  }
}
