import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { findJumps, findOutliers, type History, robustScore, robustSpread } from './index.ts'

/** fromLike, fromOwn and likeChange of what is found in the panel, from NumPy and SciPy. */
const EXPECTED = [
  [-28.03554013009486, -35.224964055137626, 0.0009855677598196166],
  [10.623525185361034, 10.629584403430634, 0.00922180882587309],
  [-9.395766665875625, -11.82483800575544, 0.0009855677598196166],
]

const options = { score: 3.5, least: 0.1, offset: 0, fewest: 8 }

/** 25 units over 5 years that move alike; unit 7 loses half in the last year, unit 12 gains 40 per cent in the last but one. */
const panel: History<number>[] = Array.from({ length: 25 }, (_, unit) => ({
  unit,
  group: 'all',
  points: [0, 1, 2, 3, 4].map((year) => {
    const usual = Math.round((200 + 10 * unit + 6 * Math.sin(3 * unit + 2 * year) + 2 * year) * 1000) / 1000
    const value = unit === 7 && year === 4 ? 110.5 : unit === 12 && year === 3 ? usual * 1.4 : usual
    return { year, value }
  }),
}))

test('agrees with SciPy 1.17.1 on the example of Iglewicz and Hoaglin: median_abs_deviation(x, scale="normal")', () => {
  const spread = robustSpread([2.1, 2.6, 2.4, 2.5, 2.3, 2.1, 2.3, 2.6, 8.2, 8.3])
  expect(spread.middle).toBeCloseTo(2.45, 12)
  expect(spread.spread).toBeCloseTo(0.2223903327758408, 12)
  expect(robustScore(8.3, spread, 0)).toBeCloseTo(26.30510025764713, 9)
})

test('where most are equal the mean deviation stands in for the median one, by hand: √(π/2) · 2/5', () => {
  expect(robustSpread([1, 1, 1, 1, 3]).spread).toBeCloseTo(Math.sqrt(Math.PI / 2) * 0.4, 12)
  expect(robustSpread([4, 4, 4]).spread).toBe(0)
  expect(robustScore(5, robustSpread([4, 4, 4]), 0.5)).toBe(2)
})

test('what cannot be computed is refused', () => {
  expect(() => robustSpread([])).toThrow(RangeError)
  expect(() => robustSpread([1, Number.NaN])).toThrow(RangeError)
  expect(() => robustScore(1, { middle: 0, spread: 0, n: 3 }, 0)).toThrow(RangeError)
  const zero = [{ unit: 1, group: 'a', points: [{ year: 1, value: 0 }] }]
  expect(() => findJumps(zero, options)).toThrow('above zero')
  expect(() => findOutliers(zero, options)).toThrow('above zero')
})

test('agrees with the same panel worked out with NumPy 2.4.6 and SciPy 1.17.1 (np.diff(np.log(v)), median_abs_deviation)', () => {
  const found = findJumps(panel, options)
  expect(found.map(({ unit, year }) => `${unit} ${year}`)).toEqual(['7 4', '12 3', '12 4'])
  const told = found.map(({ fromLike, fromOwn, likeChange }) => [fromLike, fromOwn, likeChange])
  for (const [at, expected] of EXPECTED.entries()) {
    for (const [nth, value] of expected.entries()) expect(told[at]![nth]).toBeCloseTo(value, 9)
  }
})

test('a figure far from like units is told with how long it has been so', () => {
  const high = (unit: number, from: number): History<number> => ({
    unit,
    group: 'all',
    points: [0, 1, 2, 3].map((year) => ({ year, value: year >= from ? 20 : 5 + 0.01 * unit })),
  })
  const units = [...Array.from({ length: 20 }, (_, unit) => high(unit, 9)), high(50, 1), high(51, 3)]
  const found = findOutliers(units, { ...options, score: 5 })
  expect(found.map(({ unit, year, yearsBefore }) => [unit, year, yearsBefore])).toEqual([
    [50, 1, 0],
    [50, 2, 1],
    [50, 3, 2],
    [51, 3, 0],
  ])
  expect(found[0]).toMatchObject({ value: 20, like: 22 })
  expect(found[0]!.likeValue).toBeGreaterThan(5)
  expect(found[0]!.likeValue).toBeLessThan(5.3)
})

test('what happens to all like units is no jump, and what a unit does every year is none either', () => {
  const all = Array.from({ length: 12 }, (_, unit) => ({
    unit,
    group: 'reformed',
    points: [0, 1, 2].map((year) => ({ year, value: year === 2 ? 50 + unit : 100 + 2 * unit })),
  }))
  expect(findJumps(all, options)).toEqual([])
  const restless = {
    unit: 99,
    group: 'all',
    points: [0, 1, 2, 3, 4].map((year) => ({ year, value: year % 2 ? 300 : 100 })),
  }
  const jumps = findJumps([...panel.filter(({ unit }) => unit !== 7 && unit !== 12), restless], options)
  // Its first change is a surprise, and so is the way back; after that it is known.
  expect(jumps.filter(({ unit, year }) => unit === 99 && year > 3)).toEqual([])
})

test('a year that is missing is no jump, and too few like units say nothing', () => {
  const gap = { unit: 1, group: 'all', points: [0, 3].map((year) => ({ year, value: year ? 900 : 100 })) }
  expect(
    findJumps([...panel, gap], options).filter(({ unit, value }) => unit === 1 && value === 900),
  ).toEqual([])
  expect(findJumps(panel.slice(5, 10), options)).toEqual([])
})

test('of twenty planted jumps among 400 units of chance all are found, and false alarms stay under half a per cent', () => {
  for (const seed of [1, 2, 3]) {
    const draw = philox(seed)
    const uniform = () => draw.uniform()
    const normal = () => draw.normal()
    const units = Array.from({ length: 400 }, (_, unit): History<number> => {
      let size = 40 * Math.exp(1.2 * normal() ** 2 * 0.5 + uniform())
      return {
        unit,
        group: size < 120 ? 'small' : 'large',
        points: [0, 1, 2, 3, 4, 5].map((year) => {
          // demography, and chance that is larger in small schools
          size *= Math.exp(-0.01 + normal() * (0.02 + 0.4 / Math.sqrt(size) / 2))
          return { year, value: Math.max(1, Math.round(size)) }
        }),
      }
    })
    const planted = Array.from({ length: 20 }, (_, at) => ({
      unit: at * 20 + 3,
      year: 3 + (at % 3),
      times: at % 2 ? 2 : 0.5,
    }))
    const country = units.map((each) => {
      const jump = planted.find(({ unit }) => unit === each.unit)
      if (!jump) return each
      const points = each.points.map(({ year, value }) => ({
        year,
        value: year >= jump.year ? Math.max(1, Math.round(value * jump.times)) : value,
      }))
      return { ...each, points }
    })
    const found = findJumps(country, { ...options, offset: 0.5 })
    const key = ({ unit, year }: { unit: number; year: number }) => `${unit} ${year}`
    const keys = new Set(found.map(key))
    expect(planted.filter((each) => !keys.has(key(each)))).toEqual([])
    const real = new Set(planted.map(key))
    expect(found.filter((each) => !real.has(key(each))).length / (400 * 5)).toBeLessThan(0.005)
  }
})

test('neither the unit of measurement nor the order of the units changes what is found', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 1000, noNaN: true }), (times) => {
      const scaled = panel.map((each) => ({
        ...each,
        points: each.points.map(({ year, value }) => ({ year, value: value * times })),
      }))
      const [plain, moved] = [findJumps(panel, options), findJumps(scaled.toReversed(), options).toReversed()]
      const key = ({ unit, year }: { unit: number; year: number }) => `${unit} ${year}`
      expect(moved.map(key).toSorted()).toEqual(plain.map(key).toSorted())
    }),
    { numRuns: 30 },
  )
})
