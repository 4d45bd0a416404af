import type { Quadrature } from '../numeric/quadrature.ts'
import type { Expectation } from './expectation.ts'
import type { JointPatterns } from './joint-patterns.ts'
import type { Layout } from './layout.ts'
import type { Population } from './population.ts'

/** What sums over rows need: numbers only, so that it can be given to another thread. */
export interface RowProblem {
  readonly layout: Layout
  readonly quadrature: Quadrature
  readonly population: Population
  readonly patterns: JointPatterns
  readonly work: Expectation
}

/** People of a class, and sums of their ability minus the mean and of its square. */
export function classMoments(
  { classCounts, points }: Expectation,
  nodes: Float64Array,
  c: number,
  mean: number,
): { people: number; first: number; second: number } {
  let people = 0
  let first = 0
  let second = 0
  for (let q = 0; q < points; q++) {
    const r = classCounts[c * points + q]!
    const apart = nodes[q]! - mean
    people += r
    first += r * apart
    second += r * apart * apart
  }
  return { people, first, second }
}
