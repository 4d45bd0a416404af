import type { Batch, File, Row } from '../contract.ts'
import type { Plan } from '../size.ts'
import { ClassFaults } from './classes.ts'
import { LearnerFaults } from './learners.ts'
import { type Handler, type Handlers, Ledger } from './ledger.ts'
import { MoneyFaults } from './money.ts'
import { RecordFaults } from './records.ts'
import { ResultFaults } from './results.ts'
import { SchoolFaults } from './schools.ts'
import { StaffFaults } from './staff.ts'

/**
 * Plants faults into the rows of a country, as they pass: those that the import takes and the checks of the bank have to find
 * (docs/checks.md). What was planted is told as `planted_errors`. Nothing else moves: no number is drawn.
 */
export function* plantErrors(country: Iterable<Batch>, plan: Plan): Generator<Batch> {
  const ledger = new Ledger(plan)
  const schools = new SchoolFaults(ledger)
  const classes = new ClassFaults(ledger, schools, plan.lastYear)
  const all: readonly Handlers[] = [
    schools.handlers,
    classes.handlers,
    new LearnerFaults(ledger, classes, plan.lastYear).handlers,
    new ResultFaults(ledger, plan.lastYear).handlers,
    new RecordFaults(ledger, plan.lastYear).handlers,
    new MoneyFaults(ledger, schools, plan.lastYear).handlers,
    new StaffFaults(ledger, schools).handlers,
  ]
  for (const batch of country) {
    let rows = batch.rows as readonly Row<File>[]
    for (const handlers of all) {
      const handler = handlers[batch.file] as Handler<File> | undefined
      if (handler) rows = passed(rows, handler)
    }
    if (rows.length > 0) yield { file: batch.file, rows } as unknown as Batch
  }
  yield* ledger.truths()
}

/** What becomes of the rows; most of them are passed on as they are. */
function passed(rows: readonly Row<File>[], handler: Handler<File>): readonly Row<File>[] {
  const all: Row<File>[] = []
  for (const row of rows) {
    const now = handler(row)
    if (isSeveral(now)) all.push(...now)
    else all.push(now)
  }
  return all
}

const isSeveral = (now: Row<File> | readonly Row<File>[]): now is readonly Row<File>[] => Array.isArray(now)
