import { expect, test } from 'vitest'
import { philox } from '../numeric/random.ts'
import { surveyDesign, surveyRatio } from '../survey/index.ts'
import {
  addRatios,
  type RatioSums,
  ratioDifference,
  ratioDifferenceFromWhole,
  ratioOf,
  subtractRatios,
} from './ratio.ts'

const sumsOf = (rows: readonly (readonly [y: number, w: number])[]): RatioSums => {
  const total = (of: (y: number, w: number) => number) => rows.reduce((sum, [y, w]) => sum + of(y, w), 0)
  return {
    rows: rows.length,
    y: total((y) => y),
    w: total((_, w) => w),
    yy: total((y) => y * y),
    ww: total((_, w) => w * w),
    wy: total((y, w) => y * w),
  }
}
const random = philox(7)
const schools = Array.from({ length: 40 }, () => {
  const rates = 2 + 30 * random.uniform()
  return [rates * (8 + 6 * random.uniform()), rates] as const
})

test('a case worked by hand: 10 pupils to 1 rate and 30 to 2 make 40/3; residuals ∓10/3', () => {
  const { value, standardError } = ratioOf(sumsOf([[10, 1], [30, 2]])) // biome-ignore format: rows
  expect(value).toBeCloseTo(40 / 3, 12)
  expect(standardError).toBeCloseTo(Math.sqrt(2 * 2 * (10 / 3) ** 2) / 3, 12)
})

test('agrees with the ratio of the survey tools, which was checked against R’s svyratio', () => {
  const design = surveyDesign({ weights: new Float64Array(schools.length).fill(1) })
  const expected = surveyRatio(
    design,
    schools.map(([y]) => y),
    schools.map(([, w]) => w),
  )
  const found = ratioOf(sumsOf(schools))
  expect(found.value).toBeCloseTo(expected.value, 12)
  expect(found.standardError).toBeCloseTo(expected.standardError, 12)
})

test('a whole taken apart gives its rest, and the difference from it the difference of part and rest', () => {
  const [part, rest] = [sumsOf(schools.slice(0, 12)), sumsOf(schools.slice(12))]
  const whole = addRatios(part, rest)
  const taken = subtractRatios(whole, part)
  for (const key of Object.keys(rest) as (keyof RatioSums)[]) expect(taken[key]).toBeCloseTo(rest[key], 6)
  const fromRest = ratioDifference(part, rest)
  const fromWhole = ratioDifferenceFromWhole(part, whole)
  const share = rest.w / whole.w
  expect(fromWhole.value).toBeCloseTo(part.y / part.w - whole.y / whole.w, 10)
  expect(fromWhole.standardError).toBeCloseTo(share * fromRest.standardError!, 8)
  expect(fromWhole.clear).toBe(fromRest.clear)
})

test('says why there is no interval: one row, rows all alike, nothing to divide by, the part is the whole', () => {
  expect(ratioOf(sumsOf([[10, 2]]))).toMatchObject({ value: 5, standardError: null, absent: 'single' })
  const alike = sumsOf([[1, 3], [2, 6], [0.1, 0.3]]) // biome-ignore format: rows
  expect(ratioOf(alike)).toMatchObject({ absent: 'constant' })
  expect(ratioOf(sumsOf([[10, 0]]))).toMatchObject({ value: null, absent: 'empty' })
  expect(ratioDifferenceFromWhole(alike, alike)).toMatchObject({ value: 0, absent: 'whole' })
  expect(() => subtractRatios(sumsOf([[1, 1]]), alike)).toThrow(RangeError)
})

test('the interval holds the true ratio nineteen times out of twenty', () => {
  const chance = philox(11)
  let held = 0
  for (let round = 0; round < 2000; round++) {
    const rows = Array.from({ length: 30 }, () => {
      const w = 1 + 4 * chance.uniform()
      return [w * 10 * (0.5 + chance.uniform()), w] as const
    })
    const { low, high } = ratioOf(sumsOf(rows))
    if (low! <= 10 && 10 <= high!) held += 1
  }
  expect(held / 2000).toBeGreaterThan(0.935)
  expect(held / 2000).toBeLessThan(0.965)
})
