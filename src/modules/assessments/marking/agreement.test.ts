import { expect, test } from 'vitest'
import {
  agreementByItem,
  agreementOf,
  agreementOfMarker,
  driftOf,
  type MarkPair,
  suggestionRecords,
} from './agreement.ts'

const pair = (points: number, otherPoints: number, more: Partial<MarkPair> = {}): MarkPair => ({
  item: 'RP6-010',
  most: 2,
  marker: 'anna',
  ofControl: false,
  isFirst: true,
  points,
  otherPoints,
  settled: otherPoints,
  at: '2027-05-01T08:00:00Z',
  ...more,
})

test('agreement of a table worked by hand: 8 of 10 the same, quadratic kappa 0.6923, the first gives 0.2 less', () => {
  // Rows 0: 3 0 0, 1: 0 3 2, 2: 0 0 2. Disagreement weighted 1/4: observed 0.05; expected from margins 3,5,2 and 3,3,4: 0.1625.
  const pairs = [
    ...Array.from({ length: 3 }, () => pair(0, 0)),
    ...Array.from({ length: 3 }, () => pair(1, 1)),
    ...Array.from({ length: 2 }, () => pair(1, 2)),
    ...Array.from({ length: 2 }, () => pair(2, 2)),
  ]
  const found = agreementOf(pairs)
  expect(found).toMatchObject({ n: 10, exact: 0.8 })
  expect(found.bias).toBeCloseTo(-0.2, 12)
  const expected = (0.25 * (3 * 3 + 5 * 3 + 5 * 4 + 2 * 3) + 1 * (3 * 4 + 2 * 3)) / 100
  expect(found.kappa).toBeCloseTo(1 - 0.05 / expected, 12)
  expect(found.kappaLow!).toBeLessThan(found.kappa!)
  // Wilson, 8 of 10: Newcombe (1998) gives 0.4902 to 0.9433.
  expect(found.exactLow).toBeCloseTo(0.4902, 4)
  expect(found.exactHigh).toBeCloseTo(0.9433, 4)
})

test('nothing is told of no pairs, and no kappa where all got the same', () => {
  expect(agreementOf([])).toMatchObject({ n: 0, exact: null, kappa: null })
  expect(agreementOf([pair(1, 1), pair(1, 1)])).toMatchObject({ n: 2, exact: 1, kappa: null, kappaLow: null })
})

test('a pair counts once for its item, once for each of its markers, and a control for neither item nor pair', () => {
  const pairs = [
    pair(1, 2),
    pair(2, 1, { marker: 'berta', isFirst: false, settled: 2 }),
    pair(2, 2, { ofControl: true, isFirst: false }),
  ]
  expect(agreementByItem(pairs)).toMatchObject([{ item: 'RP6-010', between: { n: 1 } }])
  expect(agreementOfMarker('anna', pairs)).toMatchObject({
    between: { n: 1, bias: -1 },
    controls: { n: 1, exact: 1 },
  })
  expect(agreementOfMarker('berta', pairs)).toMatchObject({ between: { n: 1, bias: 1 }, controls: { n: 0 } })
})

test('the watch gathers what lasts and rings in its direction; a marker as good as the others is left alone', () => {
  const usual = new Map([['RP6-010', 0.5]])
  const marks = (deviations: number[]) => deviations.map((by) => pair(1 + by, 1, { settled: 1 }))
  // By hand: each −1 is z = −2, severity grows by 1.5 a step: 1.5, 3, 4.5 > 4.
  const severe = driftOf(marks([-1, -1, -1]), usual)
  expect(severe.steps.map(({ low }) => low)).toEqual([1.5, 3, 4.5])
  expect(severe.alarm).toBe('severe')
  expect(driftOf(marks([1, 1, 1, 1]), usual).alarm).toBe('generous')
  expect(driftOf(marks([-1, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0]), usual).alarm).toBeNull()
  expect(driftOf([pair(0, 2, { settled: null })], usual).steps).toEqual([])
})

test('suggestions are held against people by item and suggester', () => {
  const counts = [
    { item: 'A', suggester: 'nearest', most: 1, suggested: 0, given: 0, n: 40 },
    { item: 'A', suggester: 'nearest', most: 1, suggested: 1, given: 1, n: 40 },
    { item: 'A', suggester: 'nearest', most: 1, suggested: 1, given: 0, n: 20 },
    { item: 'B', suggester: 'nearest', most: 1, suggested: 1, given: 1, n: 1 },
  ]
  const [a, b] = suggestionRecords(counts)
  expect(a).toMatchObject({ item: 'A', n: 100, exact: 0.8 })
  // Chance: 0.4 · 0.6 + 0.6 · 0.4 = 0.48; (0.8 − 0.48) / 0.52.
  expect(a!.kappa).toBeCloseTo(0.32 / 0.52, 12)
  expect(b).toMatchObject({ item: 'B', n: 1, exact: 1, kappa: null })
})
