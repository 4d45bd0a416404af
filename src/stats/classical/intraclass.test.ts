import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreement, referenceJson } from '#test/setup/reference.ts'
import { intraclassCorrelation } from './intraclass.ts'

interface IccReference {
  inputs: { targets_by_judges: number[][] }
  expected: {
    type: string
    ICC: number
    F: number
    df1: number
    df2: number
    'lower bound': number
    'upper bound': number
  }[]
}

describe('intraclass correlation', () => {
  agreement('agrees with Shrout & Fleiss 1979, tables 2 and 4, and their intervals (methods/11_icc)', () => {
    const { inputs, expected } = referenceJson<IccReference>('methods/11_icc_shrout_fleiss.json')
    const icc = intraclassCorrelation(inputs.targets_by_judges)
    const ours = {
      ICC1: icc.oneWay.single,
      ICC2: icc.random.single,
      ICC3: icc.fixed.single,
      ICC1k: icc.oneWay.average,
      ICC2k: icc.random.average,
      ICC3k: icc.fixed.average,
    }
    expect(expected).toHaveLength(6)
    for (const row of expected) {
      const one = ours[row.type as keyof typeof ours]
      expect(one.value).toBeCloseTo(row.ICC, 9)
      expect(one.f).toBeCloseTo(row.F, 8)
      expect([one.df1, one.df2]).toEqual([row.df1, row.df2])
      expect(one.low).toBeCloseTo(row['lower bound'], 7)
      expect(one.high).toBeCloseTo(row['upper bound'], 7)
    }
  })

  const ratings = fc.array(fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 3, maxLength: 3 }), {
    minLength: 4,
    maxLength: 8,
  })

  test('where raters are fixed, a stricter rater changes nothing; stretching the scale changes nothing anywhere', () => {
    fc.assert(
      fc.property(ratings, fc.integer({ min: -5, max: 5 }), (rows, shift) => {
        let icc: ReturnType<typeof intraclassCorrelation>
        try {
          icc = intraclassCorrelation(rows)
        } catch (refused) {
          expect(refused).toBeInstanceOf(RangeError)
          return
        }
        const alike = (one: number | null, other: number | null) => {
          if (one === null || other === null) expect(one).toBe(other)
          else expect(Math.abs(one - other)).toBeLessThan(1e-8 * (1 + Math.abs(one)))
        }
        const stricter = intraclassCorrelation(rows.map(([a, b, c]) => [a! + shift, b!, c!]))
        alike(stricter.fixed.single.value, icc.fixed.single.value)
        const stretched = intraclassCorrelation(rows.map((row) => row.map((x) => 10 * x - 7)))
        alike(stretched.random.average.value, icc.random.average.value)
        alike(stretched.random.single.value, icc.random.single.value)
        alike(stretched.oneWay.single.low, icc.oneWay.single.low)
        for (const kind of Object.values(icc).flatMap((pair) => [pair.single, pair.average])) {
          for (const value of Object.values(kind)) expect(value === null || Number.isFinite(value)).toBe(true)
        }
      }),
    )
  })

  test('targets that do not differ have no reliability of averages, and say so', () => {
    const icc = intraclassCorrelation([
      [1, 2],
      [2, 1],
      [1, 2],
    ])
    expect(icc.fixed.single.value).toBe(-1)
    expect(icc.fixed.average.value).toBeNull()
    expect(icc.oneWay.average.value).toBeNull()
  })

  test('gaps, single rows and raters without any disagreement are refused', () => {
    expect(() => intraclassCorrelation([[1, 2]])).toThrow(RangeError)
    expect(() => intraclassCorrelation([[1, 2], [3]])).toThrow(RangeError)
    expect(() =>
      intraclassCorrelation([
        [1, Number.NaN],
        [3, 4],
      ]),
    ).toThrow(RangeError)
    expect(() =>
      intraclassCorrelation([
        [1, 1],
        [4, 4],
        [2, 2],
      ]),
    ).toThrow('differ')
    expect(() =>
      intraclassCorrelation([
        [3, 3],
        [3, 3],
      ]),
    ).toThrow('differ')
    expect(() =>
      intraclassCorrelation(
        [
          [1, 2],
          [4, 3],
        ],
        1,
      ),
    ).toThrow('level')
  })
})
