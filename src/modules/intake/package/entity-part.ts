import { createStaging } from '#db/copy.ts'
import type { ToFacts, ToVersions } from '#db/entity.ts'
import {
  contradictoryRows,
  type FoundTogether,
  otherScope,
  otherThings,
  repeatedRows,
  unknownOwn,
} from '#db/entity-checks.ts'
import { mergeFacts } from '#db/entity-facts.ts'
import { findIds, findOwnCodes, registerNew } from '#db/entity-ids.ts'
import {
  byCode,
  describedFacts,
  describedThings,
  isOwn,
  saidColumns,
  sureColumns,
} from '#db/entity-staged.ts'
import { mergeSuccessions } from '#db/entity-succession.ts'
import { type Merged, mergeVersions } from '#db/entity-versions.ts'
import { withdrawLacking } from '#db/entity-withdraw.ts'
import { LISTED } from '../model.ts'
import { ContractPart, type Working } from './contract-part.ts'
import { EntityRows, type LineReader, stagedRows } from './entity-rows.ts'
import { analyzeStaged } from './staged-store.ts'

/** A file of things with descriptions over time: territories, founders, institutions, sites. */
export class ThingsPart extends ContractPart {
  get #to() {
    return this.definition.destination as ToVersions
  }

  protected async prepare({ tx, kinds }: Working) {
    await createStaging(tx, stagedRows(this.definition, kinds))
  }

  protected open({ tx, kinds }: Working, reader: LineReader) {
    return new EntityRows(tx, stagedRows(this.definition, kinds), reader)
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    const to = this.#to
    await analyzeStaged(tx, ['staged_row'])
    await findIds(tx, to)
    await findOwnCodes(tx, to)
    const own = Object.entries(this.definition.columns)
      .filter(([, column]) => isOwn(this.definition, column))
      .map(([name, { isList = false }]) => ({ name, isList }))
    return [
      await repeatedRows(tx, to.since ? ['code', to.since] : ['code'], LISTED),
      await unknownOwn(tx, own, this.definition.name, LISTED),
      await otherThings(tx, to, LISTED),
    ]
  }

  protected async merge({ tx, importId, present }: Working): Promise<Merged> {
    const to = this.#to
    await registerNew(tx, to)
    const file = { entity: this.definition, present }
    const { snapshotDate: snapshot } = this.shared.manifest
    const merged = await mergeVersions(tx, importId, {
      ...to,
      from: describedThings(file, to, { ids: byCode, snapshot }),
    })
    const { successors, until } = to
    if (successors && until && present.has(successors.column)) {
      await mergeSuccessions(tx, importId, { ...successors, until })
    }
    if (!this.isComplete) return merged
    const { usedBy: uses = [] } = this.definition
    const lacking = await withdrawLacking(tx, importId, { ...to, scope: to.scope ?? [], uses })
    return { ...merged, withdrawn: merged.withdrawn + lacking }
  }
}

/** A file of facts with a natural key: programmes, classes, employments, people by age. */
export class FactsPart extends ContractPart {
  get #to() {
    return this.definition.destination as ToFacts
  }

  protected async prepare({ tx, kinds }: Working) {
    await createStaging(tx, stagedRows(this.definition, kinds))
  }

  protected open({ tx, kinds }: Working, reader: LineReader) {
    return new EntityRows(tx, stagedRows(this.definition, kinds), reader)
  }

  protected async check({ tx }: Working): Promise<FoundTogether[]> {
    const to = this.#to
    await analyzeStaged(tx, ['staged_row'])
    const contradictory = await contradictoryRows(tx, this.definition.contradictions ?? [], LISTED)
    if (!to.register) return [await repeatedRows(tx, to.key, LISTED), contradictory]
    await findIds(tx, { table: to.table, id: to.register.id, register: to.register.table })
    return [
      await repeatedRows(tx, ['code'], LISTED),
      contradictory,
      ...(to.scope.includes('school_year') ? [await otherScope(tx, to, 'school_year', LISTED)] : []),
    ]
  }

  protected async merge({ tx, importId, present }: Working): Promise<Merged> {
    const to = this.#to
    if (to.register) {
      await registerNew(tx, { table: to.table, id: to.register.id, register: to.register.table })
    }
    const file = { entity: this.definition, present }
    return mergeFacts(tx, importId, {
      table: to.table,
      key: to.key,
      sure: sureColumns(this.definition, to.key),
      said: saidColumns(file, to),
      from: describedFacts(file, to),
      complete: this.isComplete ? to.scope : undefined,
    })
  }
}
