import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { mean, variance } from '#stats/numeric/sum.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { drawBeta, drawBinomial, drawGamma, drawNegativeBinomial, drawPoisson } from './draws.ts'
import { fan } from './fan.ts'
import { type StockCell, stockFlow } from './stock-flow.ts'
import { simulateStockFlow } from './stock-flow-simulation.ts'

agreement(
  'agrees with a stock-flow recursion computed apart: stock, leavers, retired, supply and gap of three years',
  () => {
    const { inputs, expected, tolerance } = referenceJson<{
      inputs: Record<'stock_by_5y_age' | 'wastage' | 'retirement' | 'entrants' | 'demand_index', number[]> &
        Record<'weekly_hours_demand' | 'hours_per_fte', number>
      expected: ({ stock: number[] } & Record<
        'leavers' | 'retired' | 'supply_fte' | 'demand_fte' | 'gap_fte',
        number
      >)[]
      tolerance: number
    }>('methods/04_stock_flow.json')
    const found = stockFlow({
      stock: inputs.stock_by_5y_age,
      wastage: inputs.wastage,
      retirement: inputs.retirement,
      entrants: inputs.entrants,
      demand: inputs.demand_index.map((index) => (index * inputs.weekly_hours_demand) / inputs.hours_per_fte),
    })
    expect(found.length).toBe(expected.length)
    for (const [year, row] of expected.entries()) {
      const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(tolerance)
      close(found[year]!.leavers, row.leavers)
      close(found[year]!.retired, row.retired)
      close(found[year]!.supply, row.supply_fte)
      close(found[year]!.demand, row.demand_fte)
      close(found[year]!.gap, row.gap_fte)
      for (const [band, persons] of row.stock.entries()) close(found[year]!.stock[band]!, persons)
    }
  },
)

const share = fc.double({ min: 0, max: 1, noNaN: true })
const cell: fc.Arbitrary<StockCell> = fc.integer({ min: 1, max: 6 }).chain((bands) => {
  const list = (of: fc.Arbitrary<number>) => fc.array(of, { minLength: bands, maxLength: bands })
  return fc.record({
    stock: list(fc.integer({ min: 0, max: 300 })),
    wastage: list(share),
    retirement: list(share),
    entrants: list(fc.integer({ min: 0, max: 20 })),
    demand: fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 5 }),
  })
})
const total = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0)

test('nobody is lost: stock at the end is stock at the start, less leavers and retired, plus entrants', () => {
  fc.assert(
    fc.property(cell, fc.integer({ min: 1, max: 5 }), (given, bandWidth) => {
      let before = total(given.stock)
      for (const year of stockFlow(given, bandWidth)) {
        const after = before - year.leavers - year.retired + total(given.entrants as number[])
        expect(total(year.stock)).toBeCloseTo(after, 6)
        expect(year.gap).toBeCloseTo(year.demand - year.supply, 9)
        before = total(year.stock)
      }
    }),
  )
})
test('rates that change by year, and single years of age, are followed', () => {
  const years = stockFlow(
    {
      stock: [10, 20],
      wastage: [
        [0, 0],
        [1, 1],
      ],
      retirement: [0, 0],
      entrants: [1, 0],
      demand: [0, 0],
      load: [1, 0.5],
    },
    1,
  )
  expect([...years[0]!.stock]).toEqual([1, 10])
  expect(years[0]!.retired).toBe(20)
  expect(years[0]!.supply).toBe(6)
  expect([...years[1]!.stock]).toEqual([1, 0])
  expect(years[1]!.leavers).toBe(11)
})

const town: StockCell = {
  stock: [12, 30, 45, 20],
  wastage: [0.12, 0.06, 0.04, 0.1],
  retirement: [0, 0, 0, 0.3],
  entrants: [4, 1, 0, 0],
  demand: [100, 98, 96, 94, 92],
}
test('with known rates the mean of the futures is the projection', () => {
  const draws = 4000
  const { supply, years } = simulateStockFlow({ cells: [town], seed: 5, draws, yearsObserved: Infinity })
  for (const [year, { supply: expected }] of stockFlow(town).entries()) {
    const futures = supply.subarray(year * draws, (year + 1) * draws)
    const error = Math.sqrt(variance(futures) / draws)
    expect(Math.abs(mean(futures) - expected)).toBeLessThan(4 * error)
    expect(futures.every((x) => x >= 0)).toBe(true)
  }
  expect(years).toBe(5)
})
test('one year of leaving varies as that many coins do', () => {
  const lonely = { stock: [40], wastage: [0.25], retirement: [0], entrants: [0], demand: [1] }
  const { supply } = simulateStockFlow({
    cells: [lonely],
    seed: 9,
    draws: 20_000,
    yearsObserved: Infinity,
    bandWidth: 1e9,
  })
  expect(mean(supply)).toBeCloseTo(30, 0)
  expect(variance(supply) / (40 * 0.25 * 0.75)).toBeCloseTo(1, 1)
})
test('a future depends on its number and the seed, not on the chunk it was computed in', () => {
  const input = { cells: [town, town], seed: 3, wastageShock: 0.2, entrantSize: 10, demandShock: 0.02 }
  const whole = simulateStockFlow({ ...input, draws: 10 })
  const chunks = [
    simulateStockFlow({ ...input, draws: 4 }),
    simulateStockFlow({ ...input, first: 4, draws: 6 }),
  ]
  expect(fan(chunks, [0, 1])).toEqual(fan([whole], [0, 1]))
  expect(fan([simulateStockFlow({ ...input, seed: 4, draws: 10 })], [0])).not.toEqual(fan([whole], [0]))
})
test('every source of doubt widens the interval, and intervals contain each other', () => {
  const width = (uncertainty: object) => {
    const draws = simulateStockFlow({
      cells: [town],
      seed: 1,
      draws: 2000,
      yearsObserved: Infinity,
      ...uncertainty,
    })
    const { quantiles: gap } = fan([draws], [0]).at(-1)!
    for (let at = 1; at < gap.length; at++) expect(gap[at]!).toBeGreaterThanOrEqual(gap[at - 1]!)
    return gap[6]! - gap[0]!
  }
  const known = width({})
  for (const doubt of [
    { yearsObserved: 1 },
    { wastageShock: 0.5 },
    { entrantSize: 2 },
    { demandShock: 0.05 },
  ]) {
    expect(width(doubt)).toBeGreaterThan(1.1 * known)
  }
})
test('the chance of a shortage is the share of futures that miss more than is tolerated', () => {
  const sure = { stock: [100], wastage: [0], retirement: [0], entrants: [0], demand: [100, 150] }
  const draws = simulateStockFlow({ cells: [sure], seed: 1, draws: 20, bandWidth: 1e12 })
  const [calm, short] = fan([draws], [0])
  expect(calm!.shortageProbability).toBe(0)
  expect(short!.shortageProbability).toBe(1)
  expect(short!.quantiles[3]).toBeCloseTo(50, 6)
  expect(fan([draws], [0], { of: 'demand', probabilities: [0.5] }).map((year) => year.quantiles[0])).toEqual([
    100, 150,
  ])
  expect(fan([draws], [0], { of: 'supply' })[0]!.quantiles[0]).toBeCloseTo(100, 6)
})
test('drawn numbers have the mean and variance of their distribution', () => {
  const random = philox(77)
  const n = 40_000
  const check = (draw: () => number, expectedMean: number, expectedVariance: number) => {
    const xs = Float64Array.from({ length: n }, draw)
    expect(Math.abs(mean(xs) - expectedMean)).toBeLessThan(5 * Math.sqrt(expectedVariance / n))
    expect(Math.abs(variance(xs) / expectedVariance - 1)).toBeLessThan(0.06)
  }
  for (const shape of [0.4, 1, 7.5, 300]) check(() => drawGamma(random, shape), shape, shape)
  for (const [a, b] of [
    [3, 40],
    [40, 3],
    [0.5, 2],
    [1.2, 1.2],
    [300, 900],
  ] as const) {
    check(() => drawBeta(random, a, b), a / (a + b), (a * b) / ((a + b) ** 2 * (a + b + 1)))
  }
  for (const lambda of [0.3, 5, 39, 90]) check(() => drawPoisson(random, lambda), lambda, lambda)
  for (const [m, size] of [
    [0.5, 2],
    [12, 20],
    [90, 5],
  ] as const) {
    check(() => drawNegativeBinomial(random, m, size), m, m + m ** 2 / size)
  }
  for (const [trials, p] of [
    [1, 0.5],
    [25, 0.04],
    [25, 0.97],
    [500, 0.3],
    [2000, 0.01],
  ] as const) {
    check(() => drawBinomial(random, random.uniform(), trials, p / (1 - p)), trials * p, trials * p * (1 - p))
  }
  expect(drawPoisson(random, 0)).toBe(0)
  expect(drawBinomial(random, 0.5, 10, 0)).toBe(0)
  expect(drawBinomial(random, 0.5, 10, Infinity)).toBe(10)
})
test('shares above 1, negative stock, missing years, cells of different shape and no draws are refused', () => {
  expect(() => stockFlow({ ...town, wastage: [2, 0, 0, 0] })).toThrow(/wastage/)
  expect(() => stockFlow({ ...town, stock: [-1, 0, 0, 0] })).toThrow(/a stock/)
  expect(() => stockFlow({ ...town, entrants: [[1, 1, 1, 1]] })).toThrow(/every year/)
  expect(() => stockFlow(town, 0)).toThrow(/bands of 1 or more years/)
  expect(() => simulateStockFlow({ cells: [], seed: 1, draws: 1 })).toThrow(/one or more cells/)
  expect(() => simulateStockFlow({ cells: [town, { ...town, demand: [1] }], seed: 1, draws: 1 })).toThrow(
    /same bands and years/,
  )
  expect(() => simulateStockFlow({ cells: [town], seed: 1, draws: 0 })).toThrow(/number of draws/)
  expect(() => simulateStockFlow({ cells: [town], seed: 1, draws: 1, wastageShock: -1 })).toThrow(
    /shocks of 0 or more/,
  )
  expect(() => fan([], [0])).toThrow(/draws of one model/)
  expect(() => fan([simulateStockFlow({ cells: [town], seed: 1, draws: 1 })], [1])).toThrow(
    /cells of the model/,
  )
  expect(() => drawGamma(philox(1), 0)).toThrow(RangeError)
  expect(() => drawBeta(philox(1), 0, 1)).toThrow(/parameters above 0/)
  expect(() => drawPoisson(philox(1), -1)).toThrow(RangeError)
  expect(() => drawNegativeBinomial(philox(1), 1, 0)).toThrow(RangeError)
})
