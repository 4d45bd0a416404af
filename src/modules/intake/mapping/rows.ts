import { CopyRows } from '#db/copy.ts'
import { stagedResult } from '#modules/records/index.ts'
import {
  type Look,
  type Sealer,
  stagedCrowded,
  stagedEnrolment,
  stagedInstitution,
  stagedLearner,
  stagedTerritory,
} from '#modules/registry/index.ts'
import { Entity } from '../model.ts'
import type { Refuse } from '../read/fields.ts'
import type { Refusals } from '../report/refusals.ts'
import type { Detail, Rule } from '../rules.ts'
import { Crowd } from './crowd.ts'
import { enrolmentReader, type FactReader, resultReader } from './facts.ts'
import { Learners } from './learners.ts'
import type { Mapping } from './mapping.ts'
import { Places, type Refuses } from './places.ts'

/** Rows of the file on their way into staging: read by the mapping, checked one by one, kept until they are sent. */
export class Rows {
  readonly #refusals: Refusals
  readonly #places: Places
  readonly #learners: Learners
  readonly #enrolments: readonly FactReader[]
  readonly #results: readonly FactReader[]
  readonly #refuses: Refuses
  readonly #width: number
  #line = 0
  read = 0
  enrolments = 0
  results = 0
  /** What became of those who were sent. */
  readonly learners = { added: 0, changed: 0 }

  /** What waits to be sent, table by table. */
  readonly waiting = {
    territories: new CopyRows(stagedTerritory),
    institutions: new CopyRows(stagedInstitution),
    learners: new CopyRows(stagedLearner),
    enrolments: new CopyRows(stagedEnrolment),
    results: new CopyRows(stagedResult),
    crowded: new CopyRows(stagedCrowded),
  }

  /**
   * @param columns  column name → place in the row
   * @throws         ImportProblem mapping.invalid when a constant of the mapping does not fit its field
   */
  constructor(
    mapping: Mapping,
    columns: ReadonlyMap<string, number>,
    sealer: Sealer,
    refusals: Refusals,
    rememberedLearners?: number,
  ) {
    const { waiting } = this
    this.#refusals = refusals
    this.#width = columns.size
    this.#places = new Places(mapping, columns, waiting)
    this.#learners = new Learners(mapping, columns, sealer, waiting.learners, {
      most: rememberedLearners,
    })
    const crowd = new Crowd(waiting.crowded)
    this.#enrolments = mapping.enrolments.map((each, at) =>
      enrolmentReader(each, `enrolments[${at}]`, columns, waiting.enrolments, crowd),
    )
    this.#results = mapping.results.map((each, at) =>
      resultReader(each, mapping, `results[${at}]`, columns, waiting.results, crowd),
    )
    this.#refuses = Object.fromEntries(
      Entity.options.map((entity) => [entity, this.#refuse(entity)]),
    ) as Refuses
  }

  get size() {
    return Object.values(this.waiting).reduce((sum, table) => sum + table.size, 0)
  }

  /** Whether one learner may have been staged under several numbers. */
  get mayRepeatLearners() {
    return this.#learners.mayRepeat
  }

  /** How the rows of one learner are found in staging. */
  get look(): Look {
    return this.#learners.mayRepeat ? 'by_id' : 'crowded'
  }

  get places() {
    return this.#places.counts
  }

  add(row: readonly string[], line: number) {
    this.read += 1
    this.#line = line
    if (row.length !== this.#width) {
      const detail = { found: row.length, expected: this.#width }
      this.#refusals.add(null, { line, column: null, rule: 'row.column_count', value: null, detail })
      return
    }
    // Every part is read even when one was refused, so that the report names all that is wrong in the line.
    const institutionNo = this.#places.read(row, line, this.#refuses)
    const learnerNo = this.#learners.read(row, line, this.#refuses.learners)
    const enrolments = this.#enrolments.map((read) => read(row, this.#refuses.enrolments))
    const results = this.#results.map((read) => read(row, this.#refuses.results))
    if (institutionNo === undefined || learnerNo === undefined) return
    const subject = { line, learnerNo, institutionNo }
    for (const stage of enrolments) {
      if (!stage) continue
      stage(subject)
      this.enrolments += 1
    }
    for (const stage of results) {
      if (!stage) continue
      stage(subject)
      this.results += 1
    }
  }

  #refuse(entity: Entity): Refuse {
    return (rule: Rule, column: string | null, value: string | null, detail?: Detail) =>
      this.#refusals.add(entity, { line: this.#line, column, rule, value, detail })
  }
}
