import { philox, type Random } from '#stats/numeric/random.ts'
import { drawBeta, drawBinomial, drawNegativeBinomial, fillCoins } from './draws.ts'
import { checkedCell, type StockCell } from './stock-flow.ts'

/** What is not known about the future. */
export interface StockFlowUncertainty {
  /** person-years behind each rate, as multiples of the stock of its band: rates are drawn from Beta(mN r, mN (1 − r)); default 5 */
  readonly yearsObserved?: number
  /** standard deviation of the yearly shock to wastage, on the logit scale, shared by all cells; default 0 */
  readonly wastageShock?: number
  /** entrants have variance mean + mean² / size (negative binomial); default Infinity (Poisson) */
  readonly entrantSize?: number
  /** standard deviation of the yearly relative change of demand, shared by all cells, adding up over years; default 0 */
  readonly demandShock?: number
}

export interface SimulationInput extends StockFlowUncertainty {
  /** C cells with the same bands and years */
  readonly cells: readonly StockCell[]
  /** default 5 */
  readonly bandWidth?: number
  readonly seed: number
  /** number of the first draw, default 0; a draw depends on its number only, so chunks can run in workers */
  readonly first?: number
  readonly draws: number
}

/** Simulated futures: year × cell × draw, row-major, so that the futures of one cell lie side by side. */
export interface StockFlowDraws {
  readonly seed: number
  readonly first: number
  readonly draws: number
  readonly years: number
  readonly cells: number
  /** full-time equivalents there */
  readonly supply: Float64Array
  /** full-time equivalents needed */
  readonly demand: Float64Array
}

/**
 * Monte Carlo of the stock-flow: each draw has its own true rates, yearly shocks, numbers of entrants and
 * leavers. People leave as whole persons do: the share of a band that leaves is that of as many coins as it
 * has people. Growing older, the ages of entrants and the mean are as in `stockFlow`.
 *
 * @throws  RangeError as `stockFlow`, or if cells differ in bands or years, or an uncertainty is negative
 */
export function simulateStockFlow(input: SimulationInput): StockFlowDraws {
  const { seed, first = 0, draws, bandWidth = 5 } = input
  const { yearsObserved = 5, wastageShock = 0, entrantSize = Infinity, demandShock = 0 } = input
  if (!(yearsObserved > 0 && entrantSize > 0 && wastageShock >= 0 && demandShock >= 0)) {
    throw new RangeError(
      'simulateStockFlow requires shocks of 0 or more, observed years and entrant size above 0',
    )
  }
  if (!(Number.isInteger(draws) && draws >= 1 && Number.isInteger(first) && first >= 0)) {
    throw new RangeError('simulateStockFlow requires a whole number of draws')
  }
  const plan = flat(input.cells, bandWidth)
  const { cells, bands, years, entering, load, exitOdds } = plan
  const supply = new Float64Array(years * cells * draws)
  const demand = new Float64Array(years * cells * draws)
  const stock = new Float64Array(cells * bands)
  const wastageFactor = new Float64Array(cells * bands)
  const retirementFactor = new Float64Array(cells * bands)
  const coins = new Float64Array(cells * bands)
  for (let draw = 0; draw < draws; draw++) {
    const random = philox(seed, first + draw)
    stock.set(plan.stock)
    drawFactors(random, wastageFactor, exitOdds.wastage, plan.stock, yearsObserved)
    drawFactors(random, retirementFactor, exitOdds.retirement, plan.stock, yearsObserved)
    let demandLevel = 0
    for (let year = 0; year < years; year++) {
      const shock = Math.exp(wastageShock * random.normal())
      demandLevel += demandShock * random.normal()
      const demandFactor = Math.exp(demandLevel)
      fillCoins(random, coins)
      const row = year * cells * bands
      for (let cell = 0; cell < cells; cell++) {
        const coming = drawNegativeBinomial(random, entering.total[year * cells + cell]!, entrantSize)
        let growing = 0
        let total = 0
        for (let at = cell * bands; at < (cell + 1) * bands; at++) {
          const people = stock[at]!
          const flips = people > 1 ? Math.round(people) : 1
          // Staying means neither leaving nor retiring: 1 + exit odds = (1 + leave odds) (1 + retire odds).
          const leave = exitOdds.wastage[row + at]! * wastageFactor[at]! * shock
          const retire = exitOdds.retirement[row + at]! * retirementFactor[at]!
          const odds = leave + retire + leave * retire
          const staying = people - (people * drawBinomial(random, coins[at]!, flips, odds)) / flips
          const moving = staying / bandWidth
          const next = staying - moving + growing + coming * entering.share[row + at]!
          stock[at] = next
          total += next * load[at]!
          growing = moving
        }
        const out = (year * cells + cell) * draws + draw
        supply[out] = total
        demand[out] = plan.demand[year * cells + cell]! * demandFactor
      }
    }
  }
  return { seed, first, draws, years, cells, supply, demand }
}

/** By how much the odds of a rate are off in one future. A rate of 0 or 1, or of nobody, stays as given. */
function drawFactors(
  random: Random,
  factors: Float64Array,
  odds: Float64Array,
  stock: Float64Array,
  years: number,
) {
  for (let at = 0; at < factors.length; at++) {
    const given = odds[at]!
    const size = years * stock[at]!
    if (!(given > 0 && given < Infinity && size > 0 && size < Infinity)) factors[at] = 1
    else {
      const rate = drawBeta(random, (size * given) / (1 + given), size / (1 + given))
      factors[at] = Math.min(rate / (1 - rate), 1 / Number.EPSILON) / given
    }
  }
}

/** All cells in flat tables; shares as odds; tables per year are year × cell × band. */
function flat(list: readonly StockCell[], bandWidth: number) {
  const checked = list.map((cell) => checkedCell(cell, bandWidth))
  const cells = checked.length
  const bands = checked[0]?.stock.length ?? 0
  const years = checked[0]?.demand.length ?? 0
  if (cells === 0 || checked.some((cell) => cell.stock.length !== bands || cell.demand.length !== years)) {
    throw new RangeError('simulateStockFlow requires one or more cells with the same bands and years')
  }
  const perYear = (of: (cell: (typeof checked)[number]) => Float64Array) => {
    const table = new Float64Array(years * cells * bands)
    for (const [c, cell] of checked.entries()) {
      for (let year = 0; year < years; year++) {
        table.set(of(cell).subarray(year * bands, (year + 1) * bands), (year * cells + c) * bands)
      }
    }
    return table
  }
  // A share of 1 becomes odds so high that nobody is spared, yet 0 times them stays a number.
  const odds = (shares: Float64Array) =>
    shares.map((share) => Math.min(share / (1 - share), 1 / Number.EPSILON))
  const perBand = (of: (cell: (typeof checked)[number]) => Float64Array) =>
    Float64Array.from(checked.flatMap((cell) => [...of(cell)]))
  return {
    cells,
    bands,
    years,
    stock: perBand((cell) => cell.stock),
    load: perBand((cell) => cell.load),
    exitOdds: {
      wastage: odds(perYear((cell) => cell.wastage)),
      retirement: odds(perYear((cell) => cell.retirement)),
    },
    entering: entrantsOf(
      perYear((cell) => cell.entrants),
      bands,
    ),
    demand: Float64Array.from(
      { length: years * cells },
      (_, at) => checked[at % cells]!.demand[Math.floor(at / cells)]!,
    ),
  }
}

/** Entrants as a total per year and cell and the share of it that comes into each band. */
function entrantsOf(entrants: Float64Array, bands: number) {
  const total = new Float64Array(entrants.length / bands)
  for (let at = 0; at < entrants.length; at++) total[Math.floor(at / bands)]! += entrants[at]!
  const share = entrants.map((mean, at) => (mean > 0 ? mean / total[Math.floor(at / bands)]! : 0))
  return { total, share }
}
