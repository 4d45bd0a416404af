import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { surveyDesign } from './design.ts'
import { estimateAt } from './estimate.ts'
import { hadamard } from './hadamard.ts'
import { replicateEstimates, replicateMeans } from './replicate-estimates.ts'
import { balancedReplicates, givenReplicates, jackknife1, jackknife2, jackknifeN } from './replicates.ts'
import { surveyMean, surveyTotal } from './survey-estimates.ts'

interface Ambulances {
  inputs: { data: { arrests: number; alive: number }[]; replicate_multipliers: number[][] }
  expected: {
    ratio_alive_arrests: { est: number; se: number }
    total_alive: { est: number; se: number }
    fay05: { repweights: number[][]; ratio: { est: number; se: number } }
  }
  tolerance: number
}

agreement('agrees with R 4.2.2, survey: svrepdesign with BRR and Fay weights of the ambulance data', () => {
  const { inputs, expected, tolerance } = referenceJson<Ambulances>('methods/08_brr_levy_lemeshow.json')
  const { data } = inputs
  const base = data.map(() => 1)
  const columns = (rows: number[][]) => rows[0]!.map((_, r) => rows.map((row) => row[r]!))
  const ratioAndTotal = (w: Float64Array) => {
    const total = (of: (row: { arrests: number; alive: number }) => number) =>
      data.reduce((sum, row, at) => sum + w[at]! * of(row), 0)
    return [total((row) => row.alive) / total((row) => row.arrests), total((row) => row.alive)]
  }
  const agree = (
    found: { value: number; standardError: number },
    { est, se }: { est: number; se: number },
  ) => {
    expect(Math.abs(found.value - est)).toBeLessThan(tolerance)
    expect(Math.abs(found.standardError - se)).toBeLessThan(tolerance)
  }
  const half = columns(inputs.replicate_multipliers)
  const brr = givenReplicates({ base, weights: half, coefficients: 1 / half.length, centre: 'replicates' })
  const found = replicateEstimates(brr, ratioAndTotal)
  agree(estimateAt(found, 0), expected.ratio_alive_arrests)
  agree(estimateAt(found, 1), expected.total_alive)
  const softened = columns(expected.fay05.repweights)
  const coefficients = 1 / (softened.length * 0.25)
  const fay = givenReplicates({ base, weights: softened, coefficients, centre: 'replicates' })
  agree(estimateAt(replicateEstimates(fay, ratioAndTotal), 0), expected.fay05.ratio)
})

test('every Hadamard matrix to order 100 has orthogonal rows and a first row and column of +1', () => {
  for (let least = 1; least <= 100; least++) {
    const { order, entries } = hadamard(least)
    expect(order).toBeGreaterThanOrEqual(least)
    expect(order).toBeLessThanOrEqual(least + 12)
    for (let a = 0; a < order; a++) {
      expect(entries[a]).toBe(1)
      expect(entries[a * order]).toBe(1)
      for (let b = 0; b < a; b++) {
        let product = 0
        for (let c = 0; c < order; c++) product += entries[a * order + c]! * entries[b * order + c]!
        expect(product).toBe(0)
      }
    }
  }
  expect(hadamard(80).order).toBe(80)
})

/** Zones of two schools with a few pupils each. */
function paired(zones: number, seed: number) {
  const random = philox(seed)
  const rows = Array.from({ length: zones }, (_, zone) =>
    [0, 1].flatMap((half) =>
      Array.from({ length: 1 + random.integer(4) }, () => ({
        zone,
        half,
        w: 1 + random.integer(5),
        y: random.normal(),
      })),
    ),
  ).flat()
  return {
    weights: rows.map((row) => row.w),
    zones: rows.map((row) => row.zone),
    halves: rows.map((row) => row.half),
    y: rows.map((row) => row.y),
  }
}
const cases = fc.tuple(fc.integer({ min: 2, max: 12 }), fc.nat(10_000))

test('for a total every replicate method gives the linearised error: they differ only where curves begin', () => {
  fc.assert(
    fc.property(cases, ([zones, seed]) => {
      const data = paired(zones, seed)
      const design = surveyDesign({ weights: data.weights, strata: data.zones, clusters: data.halves })
      const expected = surveyTotal(design, data.y).standardError
      const total = (w: Float64Array) => [w.reduce((sum, x, at) => sum + x * data.y[at]!, 0)]
      for (const replicates of [
        jackknifeN(design),
        jackknife2(data),
        jackknife2(data, true),
        balancedReplicates(data),
        balancedReplicates({ ...data, fay: 0.5 }),
        balancedReplicates({ ...data, fay: 0.3, least: 40 }),
      ]) {
        expect(estimateAt(replicateEstimates(replicates, total), 0).standardError).toBeCloseTo(expected, 9)
      }
    }),
  )
})
test('the jackknife of the mean of a simple random sample is its textbook error, with correction where there is one', () => {
  const y = [3, 7, 8, 12, 20]
  const weights = [2, 2, 2, 2, 2]
  for (const design of [
    surveyDesign({ weights }),
    surveyDesign({ weights, clustersInPopulation: [10, 10, 10, 10, 10] }),
  ]) {
    const found = estimateAt(replicateMeans(jackknife1(design), [y]), 0)
    expect(found.standardError).toBeCloseTo(surveyMean(design, y).standardError, 12)
    expect(found.degreesOfFreedom).toBe(4)
  }
})
test('several statistics at once carry their covariance: the error of a difference is that of the difference', () => {
  const data = paired(6, 3)
  const other = data.y.map((y, at) => y + (at % 3))
  const replicates = balancedReplicates(data)
  const both = replicateMeans(replicates, [data.y, other])
  const difference = replicateMeans(replicates, [data.y.map((y, at) => y - other[at]!)])
  const [vv, vu, uv, uu] = both.covariance
  expect(vu).toBe(uv)
  expect(vv! + uu! - 2 * vu!).toBeCloseTo(difference.covariance[0]!, 12)
})
test('a zone with one half, a second stratum in JK1, a wild factor and statistics that are not numbers are refused', () => {
  expect(() => jackknife2({ weights: [1, 1], zones: [1, 1], halves: [0, 0] })).toThrow(
    /both halves in every zone/,
  )
  expect(() => jackknife2({ weights: [1, 1], zones: [1, 1], halves: [0, 2] })).toThrow(/halves 0 or 1/)
  expect(() => jackknife1(surveyDesign({ weights: [1, 1, 1, 1], strata: [1, 1, 2, 2] }))).toThrow(
    /one stratum/,
  )
  expect(() => balancedReplicates({ ...paired(2, 1), fay: 1 })).toThrow(/factor from 0 to below 1/)
  expect(() => hadamard(0)).toThrow(RangeError)
  const replicates = balancedReplicates(paired(2, 1))
  expect(() => replicateEstimates(replicates, () => [Number.NaN])).toThrow(/finite numbers/)
  let calls = 0
  expect(() => replicateEstimates(replicates, () => (calls++ === 0 ? [1] : [1, 2]))).toThrow(/as many/)
  expect(() => givenReplicates({ base: [1, 1], weights: [[1, 1]], coefficients: 1 })).toThrow(
    /two or more replicates/,
  )
})
