import fc from 'fast-check'
import { expect, test } from 'vitest'
import { weightedMean } from '#stats/numeric/sum.ts'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { clusteringEffect, weightingEffect } from './design-effect.ts'
import { nonresponseWeights, trimWeights } from './nonresponse.ts'
import { rake } from './raking.ts'

interface Apistrat {
  inputs: {
    cells: { stype: string; schwide: string; n: number; w0: number }[]
    margins: { stype: { stype: string; Freq: number }[]; schwide: { 'sch.wide': string; Freq: number }[] }
  }
  expected: { cell_total_after: { w: number }[]; unit_weight_after: { w: number }[] }
  tolerance: number
}

agreement(
  'agrees with R 4.2.2, survey: rake() of apistrat to school types and school-wide programmes',
  () => {
    const { inputs, expected, tolerance } = referenceJson<Apistrat>('methods/07_raking_apistrat.json')
    const units = inputs.cells.flatMap((cell, at) => Array.from({ length: cell.n }, () => ({ ...cell, at })))
    const raked = rake(
      units.map((unit) => unit.w0 / unit.n),
      [
        {
          category: units.map((unit) => unit.stype),
          totals: new Map(inputs.margins.stype.map((row) => [row.stype, row.Freq])),
        },
        {
          category: units.map((unit) => unit.schwide),
          totals: new Map(inputs.margins.schwide.map((row) => [row['sch.wide'], row.Freq])),
        },
      ],
      { tolerance: 1e-9 },
    )
    expect(raked.converged).toBe(true)
    for (const [at, cell] of inputs.cells.entries()) {
      const own = [...raked.weights].filter((_, unit) => units[unit]!.at === at)
      const total = own.reduce((sum, w) => sum + w, 0)
      expect(Math.abs(total - expected.cell_total_after[at]!.w)).toBeLessThan(tolerance)
      expect(Math.abs(own[0]! - expected.unit_weight_after[at]!.w)).toBeLessThan(tolerance)
      expect(own.length).toBe(cell.n)
    }
  },
)

const cells = fc.array(
  fc.record({
    sex: fc.constantFrom('f', 'm'),
    grade: fc.integer({ min: 1, max: 3 }),
    w: fc.integer({ min: 1, max: 20 }),
  }),
  { minLength: 1, maxLength: 30 },
)
const everyCell = (['f', 'm'] as const).flatMap((sex) => [1, 2, 3].map((grade) => ({ sex, grade, w: 5 })))

test('raked weights meet every margin, and the odds ratios between cells stay as they were', () => {
  fc.assert(
    fc.property(
      cells,
      fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 5, maxLength: 5 }),
      (drawn, numbers) => {
        const units = drawn.concat(everyCell)
        const [f, m, a, b, c] = numbers.map((x) => x / 100)
        const share = f! + m!
        const grades = a! + b! + c!
        const margins = [
          {
            category: units.map((u) => u.sex),
            totals: new Map([
              ['f', (1000 * f!) / share],
              ['m', (1000 * m!) / share],
            ]),
          },
          {
            category: units.map((u) => u.grade),
            totals: new Map([
              [1, (1000 * a!) / grades],
              [2, (1000 * b!) / grades],
              [3, (1000 * c!) / grades],
            ]),
          },
        ]
        const { weights, converged, deviation } = rake(
          units.map((u) => u.w),
          margins,
        )
        expect(converged).toBe(true)
        expect(deviation).toBeLessThanOrEqual(1e-6)
        const before = (sex: string, grade: number) =>
          units.reduce((sum, u) => sum + (u.sex === sex && u.grade === grade ? u.w : 0), 0)
        const after = (sex: string, grade: number) =>
          units.reduce((sum, u, at) => sum + (u.sex === sex && u.grade === grade ? weights[at]! : 0), 0)
        const odds = (of: typeof before) => (of('f', 1) * of('m', 2)) / (of('f', 2) * of('m', 1))
        expect(Math.abs(odds(after) / odds(before) - 1)).toBeLessThan(1e-9)
      },
    ),
    { numRuns: 50 },
  )
})
test('limits hold at the end, and margins out of reach are reported, not forced', () => {
  const units = [...everyCell, ...everyCell]
  const totals = new Map([
    ['f', 95],
    ['m', 5],
  ])
  const raked = rake(
    units.map((u) => u.w),
    [{ category: units.map((u) => u.sex), totals }],
    {
      limits: { low: 0.3, high: 3 },
    },
  )
  expect(raked.converged).toBe(false)
  expect(raked.passes).toBe(200)
  expect(raked.deviation).toBeGreaterThan(0.1)
  expect(raked.limited).toBeGreaterThan(0)
  const easy = rake(
    units.map((u) => u.w),
    [
      {
        category: units.map((u) => u.sex),
        totals: new Map([
          ['f', 60],
          ['m', 40],
        ]),
      },
    ],
    {
      limits: { low: 0.3, high: 3 },
    },
  )
  expect(easy.converged).toBe(true)
})
test('nonresponse weights carry every unit asked: the sum of each cell stays', () => {
  fc.assert(
    fc.property(cells, fc.infiniteStream(fc.boolean()), (drawn, answers) => {
      const units = drawn.concat(everyCell)
      const answered = units.map((_, at) => (at >= drawn.length ? true : answers.next().value))
      const { weights, cells: report } = nonresponseWeights({
        weights: units.map((u) => u.w),
        answered,
        cells: units.map((u) => `${u.sex}${u.grade}`),
      })
      for (const { cell, rate } of report) {
        const asked = units.reduce((sum, u) => sum + (`${u.sex}${u.grade}` === cell ? u.w : 0), 0)
        const now = units.reduce((sum, u, at) => sum + (`${u.sex}${u.grade}` === cell ? weights[at]! : 0), 0)
        expect(now).toBeCloseTo(asked, 9)
        expect(rate).toBeGreaterThan(0)
        expect(rate).toBeLessThanOrEqual(1)
      }
      for (const [at, given] of answered.entries()) if (!given) expect(weights[at]).toBe(0)
    }),
  )
})
test('thin cells are joined within their coarser cell, and with all of it when they stay thin', () => {
  const cell = ['a', 'a', 'a', 'a', 'b', 'b', 'c', 'c', 'd', 'd']
  const region = ['N', 'N', 'N', 'N', 'N', 'N', 'N', 'N', 'S', 'S']
  const answered = [1, 1, 1, 0, 1, 0, 1, 0, 1, 0]
  const { weights, cells: report } = nonresponseWeights({
    weights: new Array(10).fill(1),
    answered,
    cells: cell,
    coarser: region,
    least: 2,
  })
  expect(report.map((row) => row.cell)).toEqual(['a', 'rest of N', 'all of S'])
  expect(report.map((row) => row.joined)).toEqual([false, true, true])
  expect(weights[0]).toBeCloseTo(4 / 3, 12)
  expect(weights[4]).toBe(2)
  expect(weights[8]).toBe(2)
})
test('trimmed weights stay within their limits and keep their sum', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 3, maxLength: 40 }), (weights) => {
      const sorted = weights.toSorted((a, b) => a - b)
      const median =
        (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2
      const { weights: trimmed, converged } = trimWeights(weights)
      for (const w of trimmed) {
        expect(w).toBeLessThanOrEqual(3 * median * (1 + 1e-9))
        expect(w).toBeGreaterThanOrEqual(0.3 * median * (1 - 1e-9))
      }
      const before = weights.reduce((sum, w) => sum + w, 0)
      const after = trimmed.reduce((sum, w) => sum + w, 0)
      if (converged) expect(after).toBeCloseTo(before, 6)
    }),
  )
})
test('agrees with a case worked by hand: weights 1, 1, 1, 3 cost a third; 20 pupils at ρ = 0.15 cost 3.85', () => {
  expect(weightingEffect([1, 1, 1, 3])).toBeCloseTo((4 * 12) / 36, 12)
  expect(weightingEffect([7, 7, 7])).toBe(1)
  expect(clusteringEffect(20, 0.15)).toBeCloseTo(3.85, 12)
  expect(weightedMean([1, 2], [1, 1])).toBe(1.5)
})
test('categories without total or without units, contradicting margins and cells without answers are refused', () => {
  const of = (category: string[], totals: [string, number][]) => ({ category, totals: new Map(totals) })
  expect(() => rake([1, 1], [of(['a', 'b'], [['a', 2]])])).toThrow(/a total for category b/)
  expect(() =>
    rake(
      [1, 1],
      [
        of(
          ['a', 'a'],
          [
            ['a', 2],
            ['b', 1],
          ],
        ),
      ],
    ),
  ).toThrow(/units with weight in category b/)
  expect(() => rake([1, 1], [of(['a', 'a'], [['a', 2]]), of(['a', 'a'], [['a', 3]])])).toThrow(/same sum/)
  expect(() => rake([1, 1], [])).toThrow(/at least one margin/)
  expect(() => rake([1, 1], [of(['a', 'a'], [['a', -2]])])).toThrow(/totals of 0 or more/)
  expect(() => nonresponseWeights({ weights: [1, 1], answered: [1, 0], cells: ['a', 'b'] })).toThrow(
    /join cell b/,
  )
  expect(() => trimWeights([1, 1], { low: 2, high: 3 })).toThrow(/limits around 1/)
  expect(() => clusteringEffect(0.5, 0.1)).toThrow(RangeError)
})
