import { CHUNK } from './expectation.ts'
import { addExpectedScores } from './expected-scores.ts'
import { addJointScores } from './joint-scores.ts'
import type { FreeParameters } from './layout.ts'
import type { RowProblem } from './row-problem.ts'
import type { ScoreTables } from './score-tables.ts'

/** Everything needed to sum scores over rows; can be cloned to another thread. */
export interface ScoreTask {
  readonly problem: RowProblem
  readonly free: FreeParameters
  readonly values: Float64Array
  readonly tables: ScoreTables
}

/** Rows whose posteriors are kept at a time: 16 MB at 61 nodes. */
const KEPT = 512 * CHUNK

/**
 * What is lost because abilities are not seen, summed over the rows of the chunks `from` … `to` − 1: minus the
 * covariance of complete-data scores given the answers, E[s] E[s]′ − E[s s′], except for the products within one item
 * and within the population, which expected counts already hold.
 *
 * @returns free × free; only the lower triangle is filled
 */
export function missingInformation(task: ScoreTask, from: number, to: number): Float64Array {
  const size = task.free.positions.length
  const products = new Float64Array(size * size)
  const end = Math.min(task.problem.patterns.rowCount, to * CHUNK)
  for (let row = from * CHUNK; row < end; row += KEPT) {
    addJointScores(task, row, Math.min(end, row + KEPT), products)
  }
  for (let k = 0; k < products.length; k++) products[k] = -products[k]!
  addExpectedScores(task, from, to, products)
  return products
}
