import { quantile } from '#stats/numeric/quantile.ts'
import type { StockFlowDraws } from './stock-flow-simulation.ts'

/** Ends of the 95, 80 and 50 % intervals around the median. */
export const FAN = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975] as const

/** One year of simulated futures of a group of cells. */
export interface FanYear {
  /** one quantile per probability, in full-time equivalents */
  readonly quantiles: Float64Array
  /** share of futures in which more than `tolerated` of what is needed is missing */
  readonly shortageProbability: number
}

export interface FanOptions {
  /** needed − there (default), there, or needed */
  readonly of?: 'gap' | 'supply' | 'demand'
  /** default FAN */
  readonly probabilities?: readonly number[]
  /** share of demand that may be missing, default 0.05 */
  readonly tolerated?: number
}

/**
 * Intervals for a group of cells (a subject, a region, the country): cells are added up within each future
 * first, so that what they have in common is kept.
 *
 * @param chunks   draws of the same model, e.g. from several workers; order does not matter
 * @param members  numbers of the cells of the group, at least one
 * @returns        one entry per year
 * @throws         RangeError if there are no draws, chunks differ in shape, or a cell does not exist
 */
export function fan(
  chunks: readonly StockFlowDraws[],
  members: readonly number[],
  options: FanOptions = {},
): FanYear[] {
  const { of = 'gap', probabilities = FAN, tolerated = 0.05 } = options
  const { years, cells } = chunks[0] ?? { years: 0, cells: 0 }
  if (years === 0 || chunks.some((chunk) => chunk.years !== years || chunk.cells !== cells)) {
    throw new RangeError('fan requires draws of one model')
  }
  if (members.length === 0 || members.some((c) => !(Number.isInteger(c) && c >= 0 && c < cells))) {
    throw new RangeError('fan requires one or more cells of the model')
  }
  const draws = chunks.reduce((sum, chunk) => sum + chunk.draws, 0)
  return Array.from({ length: years }, (_, year) => {
    const supply = new Float64Array(draws)
    const demand = new Float64Array(draws)
    let from = 0
    for (const chunk of chunks) {
      for (const cell of members) {
        const row = (year * cells + cell) * chunk.draws
        for (let draw = 0; draw < chunk.draws; draw++) {
          supply[from + draw]! += chunk.supply[row + draw]!
          demand[from + draw]! += chunk.demand[row + draw]!
        }
      }
      from += chunk.draws
    }
    const gap = demand.map((needed, i) => needed - supply[i]!)
    const short = gap.reduce((count, missing, i) => count + (missing > tolerated * demand[i]! ? 1 : 0), 0)
    const sorted = { gap, supply, demand }[of].sort()
    return {
      quantiles: Float64Array.from(probabilities, (p) => quantile(sorted, p)),
      shortageProbability: short / draws,
    }
  })
}
