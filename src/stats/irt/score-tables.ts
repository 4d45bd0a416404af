import type { FreeParameters } from './layout.ts'
import type { Problem } from './marginal.ts'
import { scoreFunctions } from './response-functions.ts'

/** Scores (derivatives of ln P by free parameters) of every response at every node. */
export interface ScoreTables {
  /** response → where its scores begin in `table`, one run of nodes per free parameter of the item */
  readonly at: Int32Array
  readonly table: Float64Array
  /** response → item */
  readonly itemOf: Int32Array
}

export function scoreTables(problem: Problem, free: FreeParameters, values: Float64Array): ScoreTables {
  const { layout, quadrature, work } = problem
  const points = work.points
  const responses = layout.responseAt.at(-1)!
  const at = new Int32Array(responses)
  const itemOf = new Int32Array(responses)
  const parts: Float64Array[] = []
  let length = 0
  layout.curves.forEach((curve, j) => {
    const k = curve.scores.length
    const first = layout.at[j]!
    const all = new Float64Array((layout.at[j + 1]! - first) * k * points)
    scoreFunctions(
      curve,
      values,
      first,
      quadrature.nodes,
      work.probability,
      layout.responseAt[j]! * points,
      all,
      0,
    )
    const chosen = free.positions.subarray(free.blockAt[j]!, free.blockAt[j + 1]!)
    for (let c = 0; c < k; c++) {
      at[layout.responseAt[j]! + c] = length
      itemOf[layout.responseAt[j]! + c] = j
      for (const position of chosen) {
        const from = ((position - first) * k + c) * points
        parts.push(all.subarray(from, from + points))
        length += points
      }
    }
  })
  const table = new Float64Array(length)
  parts.forEach((part, k) => {
    table.set(part, k * points)
  })
  return { at, table, itemOf }
}
