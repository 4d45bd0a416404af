import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox } from '#stats/numeric/random.ts'
import { mean } from '#stats/numeric/sum.ts'
import { agreement, referenceColumns, referenceJson } from '#test/setup/reference.ts'
import { growthDesign, growthNorms, joinNorms, percentileTaus } from './growth-norms.ts'
import { growthCuts, growthPercentiles } from './growth-percentiles.ts'
import { quantileLoss } from './quantile-process.ts'

interface SgpReference {
  taus: number[]
  knots: Record<string, { knots: number[]; boundary: [number, number] }>
  rq_one_prior: { coef: number[][]; objective: number[] }
  rq_two_priors: { coef: number[][]; objective: number[] }
  basis_first_rows: Record<string, number[][]>
}

describe('agreement with other software', () => {
  agreement(
    'agrees with R 4.2.2, SGP 2.1-0.0 and quantreg 5.94 on 5,000 pupils, one and two earlier grades',
    () => {
      const data = referenceColumns('sgp-sgpdata/data.csv')
      const expected = referenceJson<SgpReference>('sgp-sgpdata/reference.json')
      const sgp = referenceColumns('sgp-sgpdata/sgp.csv')
      const [s1, s2, current] = [data.s1!, data.s2!, data.s3!].map((s) => s.map(Number)) as [
        number[],
        number[],
        number[],
      ]
      const place = new Map(sgp.ID!.map((id, at) => [id, at]))
      const column = (name: string) => data.id!.map((id) => Number(sgp[name]![place.get(id)!]))
      for (const [model, priors, order] of [
        ['rq_one_prior', [s2], 'SGP_ORDER_1'],
        ['rq_two_priors', [s2, s1], 'SGP_ORDER_2'],
      ] as const) {
        const norms = growthNorms({ current, priors })
        expect(norms.converged).toBe(true)
        expect(norms.warnings).toEqual([])
        for (const [p, name] of ['s2', 's1'].slice(0, priors.length).entries()) {
          expect(norms.conditioning[p]!.knots).toEqual(expected.knots[name]!.knots)
          expect(norms.conditioning[p]!.boundary[0]).toBeCloseTo(expected.knots[name]!.boundary[0], 9)
          expect(norms.conditioning[p]!.boundary[1]).toBeCloseTo(expected.knots[name]!.boundary[1], 9)
        }
        const { columns } = norms
        const x = growthDesign(norms.conditioning, priors, current.length, columns)
        const basis = expected.basis_first_rows
        for (const [i, row] of basis.s2!.entries()) {
          const both = [1, ...row, ...(priors.length > 1 ? basis.s1![i]! : [])]
          for (const [j, value] of both.entries()) expect(x[i * columns + j]).toBeCloseTo(value, 12)
        }
        for (const [k, tau] of expected.taus.entries()) {
          expect(norms.taus[k]).toBeCloseTo(tau, 12)
          const coefficients = norms.coefficients.subarray(k * columns, (k + 1) * columns)
          const loss = quantileLoss({ x, y: current, rows: current.length, columns }, coefficients, tau)
          expect(Math.abs(loss / expected[model].objective[k]! - 1)).toBeLessThan(1e-9)
        }
        const percentiles = growthPercentiles(norms, { current, priors })
        expect(Array.from(percentiles)).toEqual(column(order))
        if (priors.length === 1) continue
        // The package publishes whole scores.
        const cuts = growthCuts(norms, priors, [1, 35, 50, 65, 99])
        for (const [k, p] of [1, 35, 50, 65, 99].entries()) {
          const published = column(`PERCENTILE_CUT_${p}`)
          for (const [i, cut] of published.entries()) {
            expect(Math.abs(cuts[5 * i + k]! - cut)).toBeLessThanOrEqual(0.5 + 1e-6)
          }
        }
      }
    },
  )

  agreement('agrees with quantreg (Barrodale–Roberts) on 1,500 pupils of methods 6.2', () => {
    interface Expected {
      expected: {
        knots: { knots: number[]; boundary: number[] }
        mean_sgp: number
        median_sgp: number
        cor_sgp_prior1: number
        cutpoints: Record<string, number>[]
      }
    }
    const { expected } = referenceJson<Expected>('methods/06_sgp_sgpdata_grade4to6_expected.json')
    const data = referenceColumns('methods/06_sgp_sgpdata_grade4to6.csv')
    const [prior, current, sgp] = [data.prior1!, data.current!, data.sgp_1prior!].map((s) =>
      s.map(Number),
    ) as [number[], number[], number[]]
    const norms = growthNorms({ current, priors: [prior] })
    expect(norms.conditioning[0]!.knots).toEqual(expected.knots.knots)
    for (const k of [0, 1])
      expect(norms.conditioning[0]!.boundary[k]).toBeCloseTo(expected.knots.boundary[k]!, 9)
    const percentiles = growthPercentiles(norms, { current, priors: [prior] })
    const misses = sgp.map((p, i) => Math.abs(p - percentiles[i]!))
    expect(misses.filter((miss) => miss <= 1).length).toBeGreaterThanOrEqual(0.98 * sgp.length)
    expect(Math.max(...misses)).toBeLessThanOrEqual(2)
    expect(Math.abs(mean(percentiles) - expected.mean_sgp)).toBeLessThan(0.3)
    for (const cut of expected.cutpoints) {
      const cuts = growthCuts(norms, [[cut.prior1!]], [0, 25, 50, 75, 99])
      for (const [k, name] of ['q005', 'q255', 'q505', 'q755', 'q995'].entries()) {
        expect(Math.abs(cuts[k]! - cut[name]!)).toBeLessThan(1)
      }
    }
  })
})

/** n persons whose scores follow one another, whole points. */
function persons(n: number, seed: number, spread = 60) {
  const random = philox(seed)
  const prior = new Float64Array(n)
  const current = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const ability = random.normal()
    prior[i] = Math.round(500 + spread * (ability + 0.4 * random.normal()))
    current[i] = Math.round(540 + spread * (ability + 0.1 * ability * ability + 0.4 * random.normal()))
  }
  return { current, priors: [prior] }
}

describe('laws', () => {
  test('percentiles are spread evenly, at every starting point', () => {
    const scores = persons(4000, 1)
    const percentiles = growthPercentiles(growthNorms(scores), scores)
    const low = Array.from(percentiles).filter((_, i) => scores.priors[0]![i]! < 470)
    const high = Array.from(percentiles).filter((_, i) => scores.priors[0]![i]! > 530)
    for (const part of [percentiles, low, high]) {
      expect(mean(part)).toBeGreaterThan(48)
      expect(mean(part)).toBeLessThan(52)
      const third = Array.from(part).filter((p) => p <= 33).length / part.length
      expect(Math.abs(third - 0.33)).toBeLessThan(0.025)
    }
  })

  test('a higher score never means a lower percentile, nor a higher percentile a lower score', () => {
    const scores = persons(1500, 2)
    const norms = growthNorms(scores)
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 700 }), fc.integer({ min: 300, max: 760 }), (prior, score) => {
        const two = { current: [score, score + 5], priors: [[prior, prior]] }
        const [lower, higher] = growthPercentiles(norms, two)
        expect(higher).toBeGreaterThanOrEqual(lower!)
        const cuts = growthCuts(
          norms,
          [[prior]],
          percentileTaus.map((_, k) => k),
        )
        expect(Array.from(cuts)).toEqual(Array.from(cuts).sort((a, b) => a - b))
        expect(cuts.every(Number.isFinite)).toBe(true)
      }),
    )
  })

  test('they do not depend on the order of persons, nor on who computes which half', () => {
    const scores = persons(1200, 3)
    const norms = growthNorms(scores)
    const order = Array.from({ length: 1200 }, (_, i) => (i * 7) % 1200)
    const turned = (s: Float64Array) => Float64Array.from(order, (i) => s[i]!)
    expect(growthNorms({ current: turned(scores.current), priors: scores.priors.map(turned) })).toEqual(norms)
    const halves = [
      growthNorms(scores, percentileTaus.slice(50)),
      growthNorms(scores, percentileTaus.slice(0, 50)),
    ]
    expect(joinNorms(halves)).toEqual(norms)
  })

  test('they stay the same when all scores are shifted and stretched', () => {
    const scores = persons(1000, 4)
    const percentiles = growthPercentiles(growthNorms(scores), scores)
    const moved = {
      current: scores.current.map((s) => 4 * s - 1000),
      priors: scores.priors.map((prior) => prior.map((s) => 2 * s + 64)),
    }
    expect(growthPercentiles(growthNorms(moved), moved)).toEqual(percentiles)
  })

  test('a test of three marks still has percentiles: those among pupils with the same earlier mark', () => {
    const random = philox(5)
    const prior = Array.from({ length: 900 }, (_, i) => i % 3)
    const current = prior.map((mark) => mark + random.normal())
    const norms = growthNorms({ current, priors: [prior] })
    expect(norms.warnings.join()).toMatch(/few values/)
    const percentiles = growthPercentiles(norms, { current, priors: [prior] })
    for (const mark of [0, 1, 2]) {
      const own = current.map((_, i) => i).filter((i) => prior[i] === mark)
      const rising = own.map((i) => current[i]!).sort((a, b) => a - b)
      for (const i of own) {
        const rank = (100 * (rising.indexOf(current[i]!) + 0.5)) / own.length
        expect(Math.abs(percentiles[i]! - rank)).toBeLessThanOrEqual(1)
      }
    }
  })

  test('whether a quantile passes through a score or below it is not decided by digits nobody measured', () => {
    // In a small group many quantiles pass exactly through one person.
    const scores = persons(180, 8)
    const percentiles = growthPercentiles(growthNorms(scores), scores)
    const random = philox(9)
    const jitter = (s: number) => s + 2e-6 * (random.uniform() - 0.5)
    const near = { current: scores.current.map(jitter), priors: scores.priors.map((p) => p.map(jitter)) }
    expect(growthPercentiles(growthNorms(near), near)).toEqual(percentiles)
  })

  test('a starting score beyond all that were seen counts as one a tenth of the range outside', () => {
    const scores = persons(1000, 6)
    const norms = growthNorms(scores)
    const [low, high] = norms.conditioning[0]!.boundary
    const at = (prior: number) => Array.from(growthCuts(norms, [[prior]], [10, 50, 90]))
    expect(at(low - 500)).toEqual(at(low))
    expect(at(high + 500)).toEqual(at(high))
  })
})

describe('what is refused', () => {
  const scores = persons(200, 7)
  const norms = growthNorms(scores)

  test.each([
    ['too few persons', persons(99, 1)],
    ['no earlier score', { current: scores.current, priors: [] }],
    ['an earlier score that is missing', { current: scores.current, priors: [scores.priors[0]!.slice(1)] }],
    ['a score that is not finite', { ...scores, current: scores.current.with(3, Number.NaN) }],
    ['a current score that is always the same', { ...scores, current: new Float64Array(200).fill(7) }],
    ['an earlier score that is always the same', { ...scores, priors: [new Float64Array(200).fill(7)] }],
  ])('%s', (_, bad) => {
    expect(() => growthNorms(bad)).toThrow(RangeError)
  })

  test('percentiles from norms of fewer quantiles, or of other scores', () => {
    expect(() => growthPercentiles(growthNorms(scores, [0.5]), scores)).toThrow(/hundred/)
    expect(() => growthPercentiles(norms, { current: [500], priors: [[500], [500]] })).toThrow(RangeError)
    expect(() => growthPercentiles(norms, { current: [Number.NaN], priors: [[500]] })).toThrow(RangeError)
    expect(() => growthCuts(norms, [[500]], [100])).toThrow(RangeError)
    expect(() => growthNorms(scores, [0.5, 0.5])).toThrow(RangeError)
    expect(() => joinNorms([norms, norms])).toThrow(RangeError)
    expect(() => joinNorms([])).toThrow(RangeError)
  })

  test('not few persons: their norms carry a warning', () => {
    expect(norms.warnings).toEqual(['norms of 200 persons are rough: 1,000 are wanted'])
  })
})
