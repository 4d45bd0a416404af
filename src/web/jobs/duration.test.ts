import { expect, test } from 'vitest'
import { duration } from './duration.ts'

test.each([
  [0, '0 s'],
  [12_400, '12 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [3_599_600, '1 h'],
  [3_725_000, '1 h 2 min'],
  [7_200_000, '2 h'],
])('%i ms are %s', (ms, said) => {
  expect(duration(ms).replaceAll('\u00a0', ' ')).toBe(said)
})
