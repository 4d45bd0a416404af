import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adjustedGains, bandOf } from './adjusted-gain.ts'
import { gain, gainInMonths, meanGains } from './gain.ts'
import { groupMeans } from './group-means.ts'

const scores = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 8, maxLength: 60 })

describe('gain on a common scale', () => {
  test('errors of two measurements and of the link add up as squares', () => {
    const first = { estimate: 500, standardError: 30 }
    const second = { estimate: 540, standardError: 40 }
    expect(gain(first, second)).toEqual({ estimate: 40, standardError: 50 })
    expect(gain(first, second, 120)).toEqual({ estimate: 40, standardError: 130 })
  })

  test('the error of the link does not shrink with the number of persons', () => {
    const gains = Float64Array.from({ length: 10_000 }, (_, i) => 40 + (i % 2 === 0 ? 30 : -30))
    const [state] = meanGains(gains, new Int32Array(10_000), 1, { linkingError: 4 })
    expect(state!.mean).toBe(40)
    expect(state!.standardError).toBeCloseTo(0.3, 3)
    expect(state!.totalError).toBeCloseTo(Math.hypot(0.3, 4), 3)
  })

  test('months are counted in the yearly gain of the country, with its error', () => {
    const months = gainInMonths({ estimate: 20, standardError: 5 }, { estimate: 40, standardError: 2 })
    expect(months.estimate).toBe(6)
    expect(months.standardError).toBeCloseTo((12 * Math.hypot(5, 0.5 * 2)) / 40, 12)
  })

  test('a person who moved counts in both groups by the share of time', () => {
    // Worked by hand: (10 + ½ · 40) / 1.5 = 20 and (½ · 40 + 50 + 60) / 2.5 = 52.
    const means = groupMeans([10, 40, 40, 50, 60], [0, 0, 1, 1, 1], 2, [1, 0.5, 0.5, 1, 1])
    expect(means[0]!.mean).toBeCloseTo(20, 12)
    expect(means[1]!.mean).toBeCloseTo(52, 12)
  })

  test('equal shares give mean and standard deviation / √n', () => {
    const [group] = groupMeans([1, 2, 3, 4, 10], [0, 0, 0, 0, 0], 1)
    expect(group!.mean).toBe(4)
    expect(group!.standardError).toBeCloseTo(Math.sqrt(12.5 / 5), 12)
  })

  test('no person has no mean, one person a mean without an error', () => {
    const [one, none] = meanGains([7], [0], 2, { linkingError: 1 })
    expect(one).toEqual({ count: 1, mean: 7, standardError: null, totalError: null })
    expect(none).toEqual({ count: 0, mean: null, standardError: null, totalError: null })
  })

  test('means do not depend on the order of persons', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2 }), (values) => {
        const group = values.map((_, i) => i % 2)
        const turned = groupMeans([...values].reverse(), [...group].reverse(), 2)
        expect(turned).toEqual(groupMeans(values, group, 2))
      }),
    )
  })

  test.each([
    [
      'an estimate that is not finite',
      () => gain({ estimate: Number.NaN, standardError: 1 }, { estimate: 1, standardError: 1 }),
    ],
    ['a negative error', () => gain({ estimate: 1, standardError: -1 }, { estimate: 1, standardError: 1 })],
    ['a negative linking error', () => meanGains([1], [0], 1, { linkingError: -1 })],
    ['a group that is not numbered', () => meanGains([1], [1], 1)],
    ['a share above 1', () => groupMeans([1], [0], 1, [1.5])],
    ['values that are not finite', () => groupMeans([Number.NaN], [0], 1)],
    [
      'months of a country that does not clearly gain',
      () => gainInMonths({ estimate: 1, standardError: 1 }, { estimate: 1, standardError: 1 }),
    ],
  ])('%s is refused', (_, call) => {
    expect(call).toThrow(RangeError)
  })
})

describe('gain adjusted by prior group', () => {
  test('a case worked by hand: two prior groups, residuals to their means', () => {
    const { priorGroups, residuals, spread, groups } = adjustedGains(
      [10, 14, 20, 24],
      [1, 1, 5, 6],
      [0, 1, 0, 1],
      2,
      2,
    )
    expect(priorGroups).toEqual([
      { low: 1, high: 1, count: 2, expected: 12 },
      { low: 5, high: 6, count: 2, expected: 22 },
    ])
    expect(Array.from(residuals)).toEqual([-2, 2, -2, 2])
    expect(spread).toBeCloseTo(Math.sqrt(16 / 2), 12)
    expect(groups[0]!.mean).toBe(-2)
    expect(groups[1]!.standardError).toBeCloseTo(2, 12)
    expect(groups[1]!.low).toBeCloseTo(2 - 1.96 * 2, 12)
  })

  test('residuals sum to 0 within every prior group, and persons with one score share a group', () => {
    fc.assert(
      fc.property(scores, (prior) => {
        const current = prior.map((p, i) => p + ((i * 37) % 11))
        const { priorGroups, residuals } = adjustedGains(
          current,
          prior,
          prior.map(() => 0),
          1,
          5,
        )
        expect(priorGroups.reduce((n, g) => n + g.count, 0)).toBe(prior.length)
        for (const { low, high, count } of priorGroups) {
          const own = prior.map((_, i) => i).filter((i) => prior[i]! >= low && prior[i]! <= high)
          expect(own.length).toBe(count)
          expect(count).toBeGreaterThanOrEqual(2)
          expect(own.reduce((total, i) => total + residuals[i]!, 0)).toBeCloseTo(0, 9)
        }
      }),
    )
  })

  test('a group without persons has no gain', () => {
    const { groups } = adjustedGains([1, 2, 3, 4], [1, 2, 3, 4], [0, 0, 0, 0], 2)
    expect(groups[1]).toEqual({ count: 0, mean: null, standardError: null, low: null, high: null })
  })

  test.each([
    [{ difference: 0.6, low: 0.3, high: 0.9 }, 'well above'],
    [{ difference: 0.6, low: -0.1, high: 1.3 }, 'close'],
    [{ difference: 0.3, low: 0.1, high: 0.5 }, 'above'],
    [{ difference: 0.1, low: 0.05, high: 0.15 }, 'close'],
    [{ difference: -0.3, low: -0.5, high: -0.1 }, 'below'],
    [{ difference: -0.7, low: -0.9, high: -0.5 }, 'well below'],
  ] as const)('%o is %s', (difference, word) => {
    expect(bandOf(difference)).toBe(word)
  })

  test('scores missing, not finite or too few are refused, and an interval that does not hold its estimate', () => {
    expect(() => adjustedGains([1, 2, 3], [1, 2, 3], [0, 0, 0], 1)).toThrow(RangeError)
    expect(() => adjustedGains([1, 2, 3, 4], [1, 2, 3], [0, 0, 0, 0], 1)).toThrow(RangeError)
    expect(() => adjustedGains([1, 2, 3, Number.NaN], [1, 2, 3, 4], [0, 0, 0, 0], 1)).toThrow(RangeError)
    expect(() => bandOf({ difference: 1, low: 2, high: 3 })).toThrow(RangeError)
  })
})
