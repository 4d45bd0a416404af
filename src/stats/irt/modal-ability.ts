import { abilityDerivatives, newAbilityDerivatives } from './ability-derivatives.ts'
import { rowPosterior } from './expectation.ts'
import type { ScoredRows } from './scored-rows.ts'

export type ModalMethod = 'map' | 'ml' | 'wle'

/** Where less than this is known about ability, a likelihood that still rises has no maximum. */
const UNKNOWN = 1e-9

/** What is maximised, at one ability. */
interface Slope {
  /** first derivative; the maximum is where it falls through 0 */
  readonly slope: number
  /** minus the second derivative, or the information for `wle` */
  readonly curvature: number
}

/**
 * A function from a row to the ability where its posterior, likelihood or weighted likelihood is highest. The highest
 * node of a scan is refined by Newton steps kept between the ends of a bracket.
 */
export function modalAbility(
  rows: ScoredRows,
  method: ModalMethod,
): (row: number) => { estimate: number; error: number } {
  const { work, quadrature } = rows
  const { nodes } = quadrature
  const height = new Float64Array(work.points)
  const informationTable = method === 'wle' ? informationOfItems(rows) : undefined
  const items = rows.test.layout.curves.length
  return (row) => {
    rowPosterior(work, row, 0, work.points, height)
    if (informationTable !== undefined) {
      for (let q = 0; q < work.points; q++) {
        let information = 0
        for (let j = 0; j < items; j++) {
          if (work.patterns.answer[row * items + j]! >= 0)
            information += informationTable[j * work.points + q]!
        }
        height[q]! *= Math.sqrt(information)
      }
    }
    let best = 0
    for (let q = 1; q < work.points; q++) if (height[q]! > height[best]!) best = q
    // Where answers tell nothing at all, as of an item far beyond everybody, a weighted likelihood has no maximum either.
    const unlimited = method === 'wle' ? 0 : Number.POSITIVE_INFINITY
    return refine((theta) => slopeAt(rows, method, row, theta), nodes, best, unlimited)
  }
}

/** @param unlimited  how far out the estimate is where no maximum can be found: infinite, or 0 for nothing known */
function refine(slopeOf: (theta: number) => Slope, nodes: Float64Array, best: number, unlimited: number) {
  const here = slopeOf(nodes[best]!)
  const direction = here.slope >= 0 ? 1 : -1
  let width = nodes[1]! - nodes[0]!
  let inner = nodes[best]!
  let outer = inner + direction * width
  // From the highest node outwards until the slope turns or vanishes; the width doubles, so this ends soon.
  for (let end = slopeOf(outer); end.slope * direction >= 0; end = slopeOf(outer)) {
    if (Math.abs(end.curvature) < UNKNOWN) {
      return { estimate: unlimited === 0 ? 0 : direction * unlimited, error: Number.POSITIVE_INFINITY }
    }
    inner = outer
    width *= 2
    outer += direction * width
  }
  let low = Math.min(inner, outer)
  let high = Math.max(inner, outer)
  let theta = (low + high) / 2
  let at = slopeOf(theta)
  for (let step = 0; step < 100; step++) {
    if (at.slope > 0) low = theta
    else high = theta
    const newton = at.curvature > 0 ? theta + at.slope / at.curvature : low
    const next = newton > low && newton < high ? newton : (low + high) / 2
    const moved = Math.abs(next - theta)
    theta = next
    at = slopeOf(theta)
    if (moved < 1e-11) break
  }
  // Far out the curvature can vanish in rounding: then nothing is known.
  return { estimate: theta, error: at.curvature > 0 ? 1 / Math.sqrt(at.curvature) : Number.POSITIVE_INFINITY }
}

function slopeAt(
  { test, work, classes }: ScoredRows,
  method: ModalMethod,
  row: number,
  theta: number,
): Slope {
  const { layout, values } = test
  const items = layout.curves.length
  let slope = 0
  let curvature = 0
  let information = 0
  let change = 0
  for (let j = 0; j < items; j++) {
    const x = work.patterns.answer[row * items + j]!
    if (x < 0) continue
    const curve = layout.curves[j]!
    const at = roomFor(curve.scores.length)
    abilityDerivatives(curve, values, layout.at[j]!, theta, at)
    slope += at.first[x]!
    curvature -= at.second[x]!
    if (method !== 'wle') continue
    for (let c = 0; c < curve.scores.length; c++) {
      const d = at.first[c]!
      information += at.p[c]! * d * d
      change += at.p[c]! * d * (d * d + 2 * at.second[c]!)
    }
  }
  if (method === 'map') {
    const c = work.patterns.priorClass[row]!
    const variance = classes.variances[c]!
    return { slope: slope - (theta - classes.means[c]!) / variance, curvature: curvature + 1 / variance }
  }
  if (method === 'ml') return { slope, curvature }
  return { slope: slope + (information > 0 ? change / (2 * information) : 0), curvature: information }
}

const rooms: ReturnType<typeof newAbilityDerivatives>[] = []

function roomFor(scores: number): ReturnType<typeof newAbilityDerivatives> {
  rooms[scores] ??= newAbilityDerivatives(scores)
  return rooms[scores]
}

/** Information of every item at every node: items × nodes. */
function informationOfItems({ test: { layout, values }, quadrature: { nodes } }: ScoredRows): Float64Array {
  const table = new Float64Array(layout.curves.length * nodes.length)
  layout.curves.forEach((curve, j) => {
    const at = newAbilityDerivatives(curve.scores.length)
    nodes.forEach((theta, q) => {
      abilityDerivatives(curve, values, layout.at[j]!, theta, at)
      let information = 0
      for (let c = 0; c < curve.scores.length; c++) information += at.p[c]! * at.first[c]! * at.first[c]!
      table[j * nodes.length + q] = information
    })
  })
  return table
}
