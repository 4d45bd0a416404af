import { createStaging } from '#db/copy.ts'
import type { EntityDefinition } from '#db/entity.ts'
import { type FoundTogether, repeatedRows } from '#db/entity-checks.ts'
import { stagedName } from '#db/entity-staged.ts'
import type { Merged } from '#db/entity-versions.ts'
import { checkDeletions, withdrawTargets } from '#db/entity-withdraw.ts'
import {
  destroyIdentity,
  findFacts,
  findLearnerFacts,
  findTargets,
  type LearnerFacts,
  learnerCircumstances,
  staffVersions,
  withdrawFacts,
  withdrawLearnerFacts,
} from '#modules/registry/index.ts'
import { LISTED } from '../model.ts'
import type { Content } from '../read/content.ts'
import { ContractPart, type PackageWork, type Working } from './contract-part.ts'
import { EntityRows, type Hidden, type LineReader, stagedRows } from './entity-rows.ts'
import { analyzeStaged } from './staged-store.ts'

/** Facts of learners: what beside the learner says which one is meant. */
const learnerFacts: Partial<Record<string, LearnerFacts>> = {
  enrolments: { table: 'registry.enrolment', columns: { class_group_id: 's.class_group_id' } },
  results: {
    table: 'records.result',
    columns: {
      assessment_id: '(select a.assessment_id from records.assessment a where a.code = s.assessment_id)',
    },
  },
}

function learnerFactsOf({ name, destination }: EntityDefinition): LearnerFacts | undefined {
  if (destination.as !== 'learner_facts') return learnerFacts[name]
  const [, ...key] = destination.key
  return { table: destination.table, columns: Object.fromEntries(key.map((each) => [each, `s."${each}"`])) }
}

/** Entities that can be deleted by a file. */
export function isDeletable({ name, destination }: EntityDefinition): boolean {
  return destination.as !== 'own' || ['learners', 'staff', 'enrolments', 'results'].includes(name)
}

/** `<entity>.deleted.csv`: keys of what the source no longer says. What was withdrawn already stays so. */
export class DeletionsPart extends ContractPart {
  constructor(content: Content, definition: EntityDefinition, shared: PackageWork) {
    const { columns, key, destination, ...rest } = definition
    const keys = Object.fromEntries(key.map((name) => [name, columns[name]!]))
    super(content, { ...rest, key, columns: keys, destination: { as: 'own' } }, shared)
    this.#whole = definition
  }

  readonly #whole: EntityDefinition

  get #of(): 'things' | 'facts' | 'people' | 'learner facts' {
    const { destination } = this.#whole
    if (learnerFactsOf(this.#whole)) return 'learner facts'
    if (destination.as === 'own') return 'people'
    return destination.as === 'facts' && !destination.register ? 'facts' : 'things'
  }

  get #hidden(): Hidden {
    const secret = Object.entries(this.definition.columns).find(([, { isSecret }]) => isSecret)?.[0]
    if (!secret) return { names: [], staged: [], of: () => [] }
    const at = Object.keys(this.definition.columns).indexOf(secret)
    const { hashCode } = this.shared.sealer
    return {
      names: [secret],
      staged: [['code_hash', 'bytea']],
      of: (values) => [hashCode(String(values[at]))],
    }
  }

  protected async prepare({ tx, kinds }: Working) {
    await createStaging(tx, stagedRows(this.definition, kinds, this.#hidden))
  }

  protected open({ tx, kinds }: Working, reader: LineReader) {
    const hidden = this.#hidden
    return new EntityRows(tx, stagedRows(this.definition, kinds, hidden), reader, hidden)
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    await analyzeStaged(tx, ['staged_row'])
    const { name, columns, usedBy: uses = [], destination } = this.#whole
    const facts = learnerFactsOf(this.#whole)
    if (this.#of === 'people') await findTargets(tx, { identity: name as 'learners' | 'staff' })
    else if (facts) await findLearnerFacts(tx, facts)
    else if (destination.as === 'versions') await findTargets(tx, destination)
    else if (destination.as === 'facts' && destination.register) {
      await findTargets(tx, { table: destination.table, id: destination.register.id })
    } else if (destination.as === 'facts') await findFacts(tx, destination)
    const column = this.definition.key[0]!
    const isJudgedByUse = this.#of === 'things' || this.#of === 'people'
    const keys = this.definition.key.map((each) =>
      columns[each]!.isSecret ? 'code_hash' : stagedName(this.definition, each),
    )
    return [
      await repeatedRows(tx, keys, LISTED),
      await checkDeletions(tx, { uses: isJudgedByUse ? uses : [], column, most: LISTED }),
    ]
  }

  protected async merge({ tx, importId }: Working): Promise<Merged> {
    const withdrawn = await this.#withdraw({ tx, importId })
    return { added: 0, changed: 0, withdrawn, unchanged: Math.max(0, this.read - withdrawn) }
  }

  async #withdraw({ tx, importId }: Pick<Working, 'tx' | 'importId'>): Promise<number> {
    const { name, destination } = this.#whole
    const facts = learnerFactsOf(this.#whole)
    if (facts) return withdrawLearnerFacts(tx, importId, facts)
    if (destination.as === 'versions') return withdrawTargets(tx, importId, destination)
    if (destination.as === 'facts') {
      return destination.register
        ? withdrawTargets(tx, importId, { table: destination.table, id: destination.register.id })
        : withdrawFacts(tx, importId, destination)
    }
    if (name === 'staff') {
      await destroyIdentity(tx, 'staff')
      return withdrawTargets(tx, importId, staffVersions)
    }
    await destroyIdentity(tx, 'learners')
    await withdrawTargets(tx, importId, learnerCircumstances)
    return withdrawTargets(tx, importId, { table: 'registry.learner_version', id: 'learner_id' })
  }
}
