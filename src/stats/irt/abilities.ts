import { normalGrid, type Quadrature } from '../numeric/quadrature.ts'
import { rowPosterior } from './expectation.ts'
import type { KnownItem } from './item.ts'
import { type ModalMethod, modalAbility } from './modal-ability.ts'
import { type Prior, STANDARD_NORMAL } from './prior-classes.ts'
import { type ScoredRows, scoredRows, unreadAnswers } from './scored-rows.ts'

export interface AbilityInput {
  /** persons × items, row by row; −1 where there is no answer */
  readonly responses: Int8Array
  readonly items: readonly KnownItem[]
  /**
   * - `eap`: mean of the posterior; error its standard deviation
   * - `map`: maximum of the posterior; error from its curvature
   * - `ml`: maximum of the likelihood; error from its curvature; infinite where nothing limits it
   * - `wle`: maximum of the likelihood times the root of the test information (Warm's estimate for all models but
   *   3pl and graded); error 1/√information; 0 ± infinite where answers
   *   tell nothing, else finite
   */
  readonly method: 'eap' | ModalMethod
  /** For `eap` and `map`; default: standard normal for all. */
  readonly prior?: Prior
  /** For `eap`; default: 61 nodes, equally spaced on −6 … 6. */
  readonly quadrature?: Quadrature
}

export interface Abilities {
  /** person → ability, logits; 0 where `ml` or `wle` have no answer to go by */
  readonly estimate: Float64Array
  /** person → standard error, infinite where nothing is known */
  readonly error: Float64Array
  /** answers with scores their item has no parameters for, read as no answer */
  readonly unread: number
}

/**
 * Ability of each person from answers to items with known parameters.
 *
 * @throws RangeError for responses that are not persons × items, items that are no items, priors that are none
 * @see    Warm (1989), Psychometrika 54, 427–450, https://doi.org/10.1007/BF02294627
 */
export function estimateAbilities(input: AbilityInput): Abilities {
  const { responses, items, method, prior = STANDARD_NORMAL } = input
  if (method !== 'eap') {
    return { ...modalAbilities(responses, items, method, prior), unread: unreadAnswers(responses, items) }
  }
  const rows = scoredRows(
    responses,
    items,
    prior,
    input.quadrature ?? normalGrid(61, -6, 6),
    'estimateAbilities',
  )
  const { patterns } = rows.work
  const moments = posteriorMeans(rows)
  const estimate = new Float64Array(rows.persons)
  const error = new Float64Array(rows.persons)
  for (let i = 0; i < rows.persons; i++) {
    const row = patterns.rowOf[i]!
    const c = rows.classes.classOf[i]!
    estimate[i] = row < 0 ? rows.classes.means[c]! : moments.mean[row]!
    error[i] = row < 0 ? Math.sqrt(rows.classes.variances[c]!) : moments.sd[row]!
  }
  return { estimate, error, unread: unreadAnswers(responses, items) }
}

/** Mean and standard deviation of the posterior of every row. */
function posteriorMeans({ work, quadrature: { nodes } }: ScoredRows) {
  const { patterns, points } = work
  const mean = new Float64Array(patterns.rowCount)
  const sd = new Float64Array(patterns.rowCount)
  const posterior = new Float64Array(points)
  for (let row = 0; row < patterns.rowCount; row++) {
    rowPosterior(work, row, 0, points, posterior)
    let first = 0
    for (let q = 0; q < points; q++) first += posterior[q]! * nodes[q]!
    let second = 0
    for (let q = 0; q < points; q++) second += posterior[q]! * (nodes[q]! - first) * (nodes[q]! - first)
    mean[row] = first
    sd[row] = Math.sqrt(second)
  }
  return { mean, sd }
}

/** Nodes on which the highest point is looked for before it is refined. */
const SCAN = normalGrid(121, -15, 15)

function modalAbilities(
  responses: Int8Array,
  items: readonly KnownItem[],
  method: ModalMethod,
  prior: Prior,
): { estimate: Float64Array; error: Float64Array } {
  const rows = scoredRows(
    responses,
    items,
    method === 'map' ? prior : STANDARD_NORMAL,
    SCAN,
    'estimateAbilities',
  )
  const { patterns } = rows.work
  // Only `map` has a prior: for the others the scan is over the likelihood itself.
  if (method !== 'map') rows.work.prior.fill(1)
  const find = modalAbility(rows, method)
  const byRow = new Float64Array(patterns.rowCount)
  const errorByRow = new Float64Array(patterns.rowCount)
  for (let row = 0; row < patterns.rowCount; row++) {
    const { estimate, error } = find(row)
    byRow[row] = estimate
    errorByRow[row] = error
  }
  const estimate = new Float64Array(rows.persons)
  const error = new Float64Array(rows.persons)
  for (let i = 0; i < rows.persons; i++) {
    const row = patterns.rowOf[i]!
    const c = rows.classes.classOf[i]!
    if (row >= 0) {
      estimate[i] = byRow[row]!
      error[i] = errorByRow[row]!
    } else {
      estimate[i] = method === 'map' ? rows.classes.means[c]! : 0
      error[i] = method === 'map' ? Math.sqrt(rows.classes.variances[c]!) : Number.POSITIVE_INFINITY
    }
  }
  return { estimate, error }
}
