import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { krippendorffAlpha } from './krippendorff.ts'

const gap = Number.NaN
// Krippendorff (2011), four observers, twelve units; printed there: nominal .743, ordinal .815, interval .849
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, gap, gap, gap],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, gap, 3],
  [gap, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, gap],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, gap],
]
const units = observers[0]!.map((_, unit) => observers.map((row) => row[unit]!))

describe('alpha of observers with gaps', () => {
  test('is the one printed in Krippendorff (2011) for twelve units and four observers', () => {
    expect(krippendorffAlpha(units, 'nominal').alpha).toBeCloseTo(0.743, 3)
    expect(krippendorffAlpha(units, 'ordinal').alpha).toBeCloseTo(0.815, 3)
    expect(krippendorffAlpha(units, 'interval').alpha).toBeCloseTo(0.849, 3)
    expect(krippendorffAlpha(units, 'nominal')).toMatchObject({ units: 11, ratings: 40 })
  })

  test('does not depend on the order of units and observers; ordinal alpha not on the spacing of levels', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }), { minLength: 2 }),
        (rows) => {
          const one = krippendorffAlpha(rows, 'ordinal')
          const other = krippendorffAlpha(
            rows.map((row) => row.map((x) => x ** 3).reverse()).reverse(),
            'ordinal',
          )
          if (one.alpha === null) expect(other.alpha).toBeNull()
          else expect(other.alpha).toBeCloseTo(one.alpha, 10)
        },
      ),
    )
  })

  test('is undefined where all ratings are the same, and refused where nothing was rated twice', () => {
    expect(
      krippendorffAlpha(
        [
          [2, 2],
          [2, 2],
        ],
        'interval',
      ).alpha,
    ).toBeNull()
    expect(() =>
      krippendorffAlpha(
        [
          [1, gap],
          [gap, 2],
        ],
        'nominal',
      ),
    ).toThrow('twice')
    expect(() => krippendorffAlpha([[1, Number.POSITIVE_INFINITY]], 'nominal')).toThrow(RangeError)
  })
})
