import { expect, test } from 'vitest'
import type { Indicator } from '#modules/indicators/index.ts'
import { meanOf, momentsOf } from '#stats/describe/index.ts'
import { pooledOf } from './pooled.ts'
import type { VisibleCell } from './visible.ts'

const about = { between: null, ofPeople: undefined } as Partial<Indicator>
const indicator = (kind: Indicator['kind'], more: Partial<Indicator> = {}) =>
  ({ ...about, kind, ...more }) as Indicator
/** One year of a unit, as somebody may see it. */
const year = (more: Partial<VisibleCell>): VisibleCell[] => [
  { breakdown: '-', category: '-', subject: '-', absent: null, ...more } as VisibleCell,
]
const of = (values: readonly number[]) =>
  year({
    n: values.length,
    sumY: values.reduce((a, b) => a + b, 0),
    sumYY: values.reduce((a, b) => a + b * b, 0),
    sumW: null,
  })

test('three years of very different size: everybody counts the same, not every year', () => {
  const [small, large, other] = [[9, 9], [1, 2, 3, 2, 1, 2, 3, 2], [4, 6]] // biome-ignore format: years
  const pooled = pooledOf(
    indicator('mean'),
    '-',
    [small, large, other].map((values) => of(values!)),
  )
  const all = meanOf(momentsOf([...small!, ...large!, ...other!]))
  expect(pooled).toEqual({ n: 12, value: all.mean, se: all.standardError, low: all.low, high: all.high })
  const meanOfMeans = (9 + 2 + 5) / 3
  expect(pooled!.value).not.toBeCloseTo(meanOfMeans, 1)
})

test('a share is all hits to all people; a count is the mean of the years', () => {
  const years = [year({ n: 10, sumY: 1 }), year({ n: 30, sumY: 9 }), year({ n: 20, sumY: 2 })]
  expect(pooledOf(indicator('share'), '-', years)).toMatchObject({ n: 60, value: 0.2 })
  expect(pooledOf(indicator('count'), '-', years)).toMatchObject({ n: 60, value: 20, low: null })
})

test('a ratio is the sum of all years to the sum of all years; of amounts nobody is behind it', () => {
  const one = (y: number, w: number) =>
    year({ n: y, facts: 1, sumY: y, sumW: w, sumYY: y * y, sumWW: w * w, sumWY: y * w })
  const years = [one(100, 10), one(120, 10), one(90, 11)]
  expect(pooledOf(indicator('ratio'), '-', years)).toMatchObject({ n: 310, value: 10 })
  expect(pooledOf(indicator('ratio', { ofPeople: false }), '-', years)!.n).toBeNull()
})

test('a gap is that of everybody in both groups over the years', () => {
  const gap = indicator('gap', { between: { breakdown: 'sex', first: 'female', second: 'male' } })
  const both = (girls: readonly number[], boys: readonly number[]) => [
    { ...of(girls)[0]!, breakdown: 'sex', category: 'female' } as VisibleCell,
    { ...of(boys)[0]!, breakdown: 'sex', category: 'male' } as VisibleCell,
  ]
  const pooled = pooledOf(gap, '-', [both([5, 7], [4]), both([6], [2, 4]), both([8, 6], [5, 5])])
  expect(pooled).toMatchObject({ n: 10 })
  expect(pooled!.value).toBeCloseTo(32 / 5 - 20 / 5, 12)
})

test('where one of the years is not told there is no figure of the three', () => {
  const hidden = year({ n: null, sumY: null, sumYY: null, sumW: null, absent: 'too_few' })
  for (const kind of ['mean', 'share', 'count', 'ratio'] as const) {
    expect(pooledOf(indicator(kind), '-', [of([1, 2]), hidden, of([3, 4])])).toBeNull()
  }
})
